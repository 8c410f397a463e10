import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pinnedNode, root } from '../../tools/setup/paths.mjs';
import { pulumiFolder } from '../../tools/setup/pulumi-cli.mjs';
import { type Run, runCommand } from './harness/run';

const PROGRAM = `import { CustomerOrg, User } from 'pulumi-webex-wholesale';

const address = { addressLine1: '771 Alder Drive', city: 'Milpitas', stateOrProvince: 'CA', zipOrPostalCode: '95035', country: 'US' };
const customer = new CustomerOrg('johns-pizza', {
  provisioningId: 'ZjViMzYxODctYzhkZC00NzI3LThiMmYtZjljNDQ3ZjI5MDQ2',
  externalId: 'c1677a16-557a-4fb4-b48f-24adde57ec99',
  name: "John's Pizza",
  primaryEmail: 'john.anderson@acme.com',
  address,
  packages: ['webex_meetings'],
});
const alice = new User('alice', {
  customerId: customer.id,
  email: 'alice.anderson@acme.com',
  firstName: 'Alice',
  lastName: 'Anderson',
  package: 'webex_meetings',
});
export const ids = { organization: customer.orgId, person: alice.personId };
`;

/** What a package must hold besides the compiled code, and what must never be in one. */
const ALWAYS = ['LICENSE', 'README.md', 'package.json'];
const NEVER = /(^|\/)(test|node_modules|\.state)\/|\.test\.|\.tsbuildinfo$|^(?!dist\/).*\.ts$/;

describe('the packages, as npm packs them', () => {
  let folder: string;
  const tarballs: string[] = [];
  const npm = (args: string[], cwd: string) =>
    runCommand('npm', args, { cwd, env: environment(), timeoutSeconds: 240 }).then((run) => run.ok());
  const environment = (): NodeJS.ProcessEnv => {
    const inherited = Object.entries(process.env).filter(([name]) => !/^(PULUMI|WEBEX|npm_)/i.test(name));
    return { ...Object.fromEntries(inherited), ...pulumiEnvironment };
  };
  const pulumiEnvironment: NodeJS.ProcessEnv = {};

  beforeAll(async () => {
    // Outside the repository, so that nothing of it is found by walking up.
    folder = await mkdtemp(path.join(tmpdir(), 'webex-wholesale-'));
    Object.assign(pulumiEnvironment, {
      PATH: [path.dirname(pinnedNode), await pulumiFolder(), process.env.PATH].join(path.delimiter),
      PULUMI_HOME: path.join(root, '.state', 'test-pulumi-home'),
      PULUMI_BACKEND_URL: `file://${path.join(folder, 'backend')}`,
      PULUMI_CONFIG_PASSPHRASE: 'protects-nothing',
      PULUMI_SKIP_UPDATE_CHECK: 'true',
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
    });
    await mkdir(path.join(folder, 'backend'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(['provider', 'simulator'])(
    '%s holds its compiled code, README and LICENSE, and nothing else',
    async (name) => {
      const packed = await npm(['pack', '--json', '--pack-destination', folder], path.join(root, name));
      const [report] = JSON.parse(packed.stdout) as [{ filename: string; files: { path: string }[] }];
      tarballs.push(path.join(folder, report.filename));
      const files = report.files.map((file) => file.path);
      expect(files).toEqual(expect.arrayContaining(ALWAYS));
      expect(files.filter((file) => NEVER.test(file))).toEqual([]);
      const manifest = JSON.parse(await readFile(path.join(root, name, 'package.json'), 'utf8')) as { exports: object };
      for (const entry of Object.values(manifest.exports).flatMap((target) => Object.values(target as object))) {
        if (typeof entry === 'string' && entry.length > 1) expect(files).toContain(entry.replace('./', ''));
      }
    },
  );

  it('give a small program in an empty folder its first customer, twice the same, and take it away', async () => {
    await writeFile(path.join(folder, 'package.json'), '{ "name": "program", "private": true }');
    const plugins = ['@pulumi/pulumi@^3.204.0', 'typescript@^6.0.0', '@types/node@^24.0.0'];
    await npm(['install', '--prefer-offline', '--no-audit', '--no-fund', ...plugins, ...tarballs], folder);
    await writeFile(path.join(folder, 'Pulumi.yaml'), 'name: program\nruntime: nodejs\n');
    await writeFile(path.join(folder, 'index.ts'), PROGRAM);
    const strict = { strict: true, module: 'nodenext', target: 'es2022', skipLibCheck: false, noEmit: true };
    await writeFile(
      path.join(folder, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: strict, files: ['index.ts'] }),
    );

    const installed = path.join(folder, 'node_modules', 'pulumi-webex-wholesale');
    expect(await typesThatName(path.join(installed, 'dist'), ['index.d.ts', 'packages.d.ts'], /zod|undici/)).toEqual(
      [],
    );

    // One simulator for all commands: its data is a file.
    const pulumi = (...args: string[]): Promise<Run> => {
      const simulator = path.join(folder, 'node_modules', '.bin', 'webex-wholesale-simulator');
      const options = ['exec', '--database', path.join(folder, 'simulator.db'), '--'];
      const command = [...options, 'pulumi', ...args, '--non-interactive', '--color=never'];
      return runCommand(simulator, command, { cwd: folder, env: environment(), timeoutSeconds: 240 });
    };
    (await pulumi('stack', 'init', 'test')).ok();
    expect((await pulumi('up', '--yes', '--stack', 'test')).ok().stdout).toMatch(/\+ 3 created/);
    const ids = JSON.parse((await pulumi('stack', 'output', 'ids', '--json', '--stack', 'test')).ok().stdout) as object;
    expect(Object.values(ids).map((id) => Buffer.from(String(id), 'base64').toString())).toEqual([
      expect.stringMatching(/^ciscospark:\/\/us\/ORGANIZATION\//),
      expect.stringMatching(/^ciscospark:\/\/us\/PEOPLE\//),
    ]);
    expect((await pulumi('up', '--yes', '--skip-preview', '--stack', 'test')).ok().changes).toEqual({ unchanged: 3 });
    expect((await pulumi('destroy', '--yes', '--skip-preview', '--stack', 'test')).ok().stdout).toMatch(/- 3 deleted/);
  }, 300_000);
});

/** Type declarations that a program loads, starting at these, whose imports match. */
async function typesThatName(folder: string, entries: string[], forbidden: RegExp): Promise<string[]> {
  const seen = new Set<string>();
  const found: string[] = [];
  const visit = async (file: string): Promise<void> => {
    if (seen.has(file)) return;
    seen.add(file);
    const text = await readFile(path.join(folder, file), 'utf8');
    for (const [, module = ''] of text.matchAll(/(?:from|import\()\s*['"]([^'"]+)['"]/g)) {
      if (module.startsWith('.')) await visit(path.join(path.dirname(file), `${module}.d.ts`));
      else if (forbidden.test(module)) found.push(`${file}: ${module}`);
    }
  };
  for (const entry of entries) await visit(entry);
  expect(seen.size).toBeGreaterThan(entries.length);
  return found;
}
