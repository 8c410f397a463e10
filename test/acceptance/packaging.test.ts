import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pinnedNode, root } from '../../tools/setup/paths.mjs';
import { pulumiFolder } from '../../tools/setup/pulumi-cli.mjs';
import { ADDRESS, EXTERNAL_ID, PROVISIONING_ID } from '../samples/cisco';
import { type Run, runCommand } from './harness/run';

const PROGRAM = `import { CustomerOrg, User } from 'pulumi-webex-wholesale';

const address = ${JSON.stringify(ADDRESS)};
const customer = new CustomerOrg('johns-pizza', {
  provisioningId: '${PROVISIONING_ID}',
  externalId: '${EXTERNAL_ID}',
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

const LIBRARY = `const { CustomerOrg } = require('pulumi-webex-wholesale');
exports.meetingsCustomer = (name) => new CustomerOrg(name, {
  provisioningId: '${PROVISIONING_ID}',
  externalId: '${EXTERNAL_ID}',
  name: "John's Pizza",
  primaryEmail: 'john.anderson@acme.com',
  address: ${JSON.stringify(ADDRESS)},
  packages: ['webex_meetings'],
  adopt: true,
});
`;

/** `__provider` as it was before it explained itself, in the JSON of a state. */
const OLD_CODE = 'exports.handler=()=>require(\\"pulumi-webex-wholesale$1\\")';

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
  /** Runs pulumi in a folder. One simulator for all commands: its data is a file. */
  const pulumiIn =
    (cwd: string) =>
    (...args: string[]): Promise<Run> => {
      const simulator = path.join(folder, 'node_modules', '.bin', 'webex-wholesale-simulator');
      const options = ['exec', '--database', path.join(folder, 'simulator.db'), '--'];
      const command = [...options, 'pulumi', ...args, '--non-interactive', '--color=never'];
      return runCommand(simulator, command, { cwd, env: environment(), timeoutSeconds: 240 });
    };

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

  it.each(['provider', 'simulator', 'policy'])(
    '%s holds its compiled code, README and LICENSE, and nothing else',
    async (name) => {
      const packed = await npm(['pack', '--json', '--pack-destination', folder], path.join(root, name));
      const [report] = JSON.parse(packed.stdout) as [{ filename: string; files: { path: string }[] }];
      if (name !== 'policy') tarballs.push(path.join(folder, report.filename));
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
    const plugins = ['@pulumi/pulumi@^3.216.0', 'typescript@^6.0.0', '@types/node@^24.0.0'];
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

    const pulumi = pulumiIn(folder);
    (await pulumi('stack', 'init', 'test')).ok();
    expect((await pulumi('up', '--yes', '--stack', 'test')).ok().stdout).toMatch(/\+ 3 created/);
    const ids = JSON.parse((await pulumi('stack', 'output', 'ids', '--json', '--stack', 'test')).ok().stdout) as object;
    expect(Object.values(ids).map((id) => Buffer.from(String(id), 'base64').toString())).toEqual([
      expect.stringMatching(/^ciscospark:\/\/us\/ORGANIZATION\//),
      expect.stringMatching(/^ciscospark:\/\/us\/PEOPLE\//),
    ]);

    // As version 0.1.0 named the handlers: no difference, and destroyed as ever.
    const state = path.join(folder, 'state.json');
    const exported = (await pulumi('stack', 'export', '--stack', 'test')).ok().stdout;
    const old = exported.replace(
      /exports\.handler=[^\n]*?'pulumi-webex-wholesale(\/[a-z-]+)'[^\n]*(?=",?\n)/g,
      OLD_CODE,
    );
    expect(old.split('exports.handler=()=>require').length).toBe(5);
    await writeFile(state, old);
    (await pulumi('stack', 'import', '--file', state, '--stack', 'test')).ok();
    expect((await pulumi('up', '--yes', '--skip-preview', '--stack', 'test')).ok().changes).toEqual({ unchanged: 3 });
    expect((await pulumi('destroy', '--yes', '--skip-preview', '--stack', 'test')).ok().stdout).toMatch(/- 3 deleted/);
  }, 300_000);

  it("serve a program that has them through a library only, and say what to do once they can't be found", async () => {
    const repository = path.join(folder, '..', `${path.basename(folder)}-repository`);
    const [infra, library] = [path.join(repository, 'infra'), path.join(repository, 'customers')];
    try {
      await writeLibrary(infra, library, path.join(folder, 'node_modules'));
      const pulumi = pulumiIn(infra);
      (await pulumi('stack', 'init', 'test')).ok();
      expect((await pulumi('up', '--yes', '--skip-preview', '--stack', 'test')).ok().changes).toEqual({ created: 2 });
      expect((await pulumi('stack', 'export', '--stack', 'test')).ok().stdout).not.toMatch(/__provider.*"\//);
      expect((await pulumi('refresh', '--yes', '--skip-preview', '--stack', 'test')).ok().changes).toEqual({
        unchanged: 2,
      });

      const installed = path.join(folder, 'node_modules', 'pulumi-webex-wholesale');
      await rename(installed, path.join(folder, 'away'));
      const refused = (await pulumi('destroy', '--yes', '--skip-preview', '--stack', 'test')).fails();
      expect(refused.all).toContain("error: Install pulumi-webex-wholesale in the program's folder\n");
      expect(refused.all).not.toMatch(/Cannot find module|Require stack|^\s+at /m);
      await rename(path.join(folder, 'away'), installed);
      (await pulumi('destroy', '--yes', '--skip-preview', '--stack', 'test')).ok();
    } finally {
      await rm(repository, { recursive: true, force: true });
    }
  }, 300_000);

  it('have commands that npx finds in the checkout', async () => {
    for (const command of ['webex-wholesale', 'webex-wholesale-simulator'])
      expect((await npm(['exec', '--no', '--', command, '--help'], root)).stdout).toMatch(/usage/i);
  });
});

/**
 * A program that gets the package through a library of its monorepo, linked as pnpm does: no package finds one
 * that it doesn't declare.
 */
async function writeLibrary(infra: string, library: string, store: string): Promise<void> {
  await mkdir(path.join(infra, 'node_modules', '@acme'), { recursive: true });
  await mkdir(path.join(library, 'node_modules'), { recursive: true });
  await symlink(path.join(store, '@pulumi'), path.join(infra, 'node_modules', '@pulumi'));
  await symlink(library, path.join(infra, 'node_modules', '@acme', 'customers'));
  await symlink(
    path.join(store, 'pulumi-webex-wholesale'),
    path.join(library, 'node_modules', 'pulumi-webex-wholesale'),
  );
  await writeFile(path.join(library, 'package.json'), '{ "name": "@acme/customers", "main": "index.js" }');
  await writeFile(path.join(library, 'index.js'), LIBRARY);
  await writeFile(path.join(infra, 'package.json'), '{ "name": "infra", "private": true }');
  await writeFile(
    path.join(infra, 'Pulumi.yaml'),
    'name: infra\nruntime: { name: nodejs, options: { typescript: false } }\n',
  );
  await writeFile(path.join(infra, 'index.js'), "require('@acme/customers').meetingsCustomer('johns-pizza');\n");
}

/** Type declarations that a program loads, starting at these, whose imports match. */
async function typesThatName(folder: string, entries: string[], forbidden: RegExp): Promise<string[]> {
  const seen = new Set<string>();
  const found: string[] = [];
  const visit = async (file: string): Promise<void> => {
    if (seen.has(file)) return;
    seen.add(file);
    const isFile = existsSync(path.join(folder, file));
    if (!isFile) return visit(file.replace(/\.d\.ts$/, '/index.d.ts'));
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
