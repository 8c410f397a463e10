import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from 'webex-wholesale-simulator';
import { isNodePinned, root } from '../../tools/setup/paths.mjs';
import { type Run, runCommand } from '../acceptance/harness/run';
import { baseEnvironment } from '../acceptance/harness/workspace';
import { ADDRESS, EXTERNAL_ID, PROVISIONING_ID } from '../samples/cisco';

const PROGRAM = `const { CustomerOrg, User } = require('pulumi-webex-wholesale');
const customer = new CustomerOrg('johns-pizza', {
  provisioningId: '${PROVISIONING_ID}',
  externalId: '${EXTERNAL_ID}',
  name: "John's Pizza",
  primaryEmail: 'john.anderson@acme.com',
  address: ${JSON.stringify(ADDRESS)},
  packages: ['webex_meetings'],
});
const alice = new User('alice', {
  customerId: customer.id,
  email: 'alice.anderson@acme.com',
  firstName: 'Alice',
  lastName: 'Anderson',
  package: 'webex_meetings',
});
exports.versions = { node: process.versions.node, sdk: require('@pulumi/pulumi/package.json').version };
exports.personId = alice.personId;
`;

/** The lowest version of a range such as `^3.216.0` or `>=22.19`. */
const lowest = (range: string): string => [...range.replace(/^\D+/, '').split('.'), '0'].slice(0, 3).join('.');

describe('the oldest Pulumi SDK and Node.js that the package allows', () => {
  let folder: string;
  let simulator: Simulator;
  let env: NodeJS.ProcessEnv;
  let oldest: { sdk: string; node: string };

  beforeAll(async () => {
    const manifest = JSON.parse(await readFile(path.join(root, 'provider', 'package.json'), 'utf8')) as {
      peerDependencies: Record<string, string>;
      engines: { node: string };
    };
    oldest = { sdk: lowest(manifest.peerDependencies['@pulumi/pulumi'] ?? ''), node: lowest(manifest.engines.node) };
    folder = await mkdtemp(path.join(tmpdir(), 'webex-wholesale-'));
    simulator = await startSimulator({ provisioningSeconds: 0.2 });
    env = {
      ...(await baseEnvironment(folder)),
      WEBEX_BASE_URL: simulator.baseUrl,
      WEBEX_ACCESS_TOKEN: simulator.token,
    };
    await install();
  }, 300_000);
  afterAll(async () => {
    await simulator.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function install(): Promise<void> {
    const npm = async (args: string[], cwd: string) =>
      (await runCommand('npm', args, { cwd, env, timeoutSeconds: 240 })).ok().stdout.trim();
    const archive = await npm(['pack', '--silent', '--pack-destination', folder], path.join(root, 'provider'));
    await mkdir(path.join(folder, 'backend'));
    await writeFile(path.join(folder, 'package.json'), '{ "name": "program", "private": true }');
    await writeFile(path.join(folder, 'index.js'), PROGRAM);
    const runtime = '{ name: nodejs, options: { typescript: false } }';
    await writeFile(path.join(folder, 'Pulumi.yaml'), `name: program\nruntime: ${runtime}\n`);
    // The package that holds Node.js itself, where there is one for the platform.
    const node = `node-${process.platform}-${process.arch}`;
    const packages = [
      `./${archive}`,
      `@pulumi/pulumi@${oldest.sdk}`,
      ...(isNodePinned ? [`${node}@${oldest.node}`] : []),
    ];
    await npm(['install', '--no-audit', '--no-fund', '--ignore-scripts', ...packages], folder);
    const bin = path.join(folder, 'node_modules', node, 'bin');
    if (isNodePinned) env.PATH = [bin, env.PATH].join(path.delimiter);
  }

  const pulumi = (...args: string[]): Promise<Run> =>
    runCommand('pulumi', [...args, '--non-interactive', '--color=never'], { cwd: folder, env, timeoutSeconds: 240 });

  it('create, show a change made elsewhere, undo it, and delete', async () => {
    (await pulumi('stack', 'init', 'test')).ok();
    (await pulumi('up', '--yes')).ok();
    const outputs = JSON.parse((await pulumi('stack', 'output', '--json')).ok().stdout) as {
      versions: { node: string; sdk: string };
      personId: string;
    };
    expect(outputs.versions).toEqual({ ...oldest, ...(!isNodePinned && { node: process.versions.node }) });
    expect((await pulumi('preview', '--expect-no-changes')).ok().changes).toEqual({ unchanged: 3 });

    await rename(outputs.personId, 'Alicia');
    expect((await pulumi('refresh', '--yes', '--skip-preview')).ok().changes).toMatchObject({ updated: 1 });
    const shown = (await pulumi('preview', '--diff')).ok();
    expect(shown.stdout).toMatch(/firstName\s*: "Alicia" => "Alice"/);
    expect((await pulumi('up', '--yes', '--skip-preview')).ok().changes).toMatchObject({ updated: 1 });
    expect((await pulumi('destroy', '--yes', '--skip-preview')).ok().changes).toEqual({ deleted: 3 });
  });

  /** Gives a person another first name, as an administrator in Control Hub would. */
  async function rename(personId: string, firstName: string): Promise<void> {
    const url = `${simulator.baseUrl}/people/${personId}`;
    const headers = { authorization: `Bearer ${simulator.token}`, 'content-type': 'application/json' };
    const person = (await (await fetch(url, { headers })).json()) as Record<string, unknown>;
    const { created, lastModified, status, invitePending, type, loginEnabled, phoneNumbers, ...rest } = person;
    const body = JSON.stringify({ ...rest, phoneNumbers, firstName, displayName: `${firstName} Anderson` });
    expect((await fetch(url, { method: 'PUT', headers, body })).status).toBe(200);
  }
});
