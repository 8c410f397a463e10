import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkspace, type Run, type Workspace } from '../harness';
import { type Base, checkoutOfBase } from './checkouts';
import { changed, customer, type Spec, source, user, withArgs } from './program';

const base: Spec = {
  customers: [customer('pizza')],
  users: [user('admin', 'pizza', { roles: ['Full Administrator'] }), user('alice', 'pizza')],
};

describe('the scripts of examples/ci, as the pipelines run them', () => {
  let workspace: Workspace;
  let judging: Base;
  beforeAll(async () => {
    workspace = await createWorkspace({ program: source(base), simulator: { provisioningSeconds: 0.05 } });
    judging = await checkoutOfBase();
  });
  afterAll(async () => {
    await judging.close();
    await workspace.close();
  });

  const run = (script: string, ...args: string[]): Promise<Run> => workspace.command(judging.script(script), args);
  const report = () => readFile(path.join(workspace.folder, 'report.md'), 'utf8');

  it('preview: a clean change passes, and the report says what it does', async () => {
    expect((await run('preview.sh')).exitCode).toBe(0);
    expect(await workspace.simulator.requests()).toMatchObject({ writes: 0 });
    expect(await report()).toMatch(
      /^## Webex preview: ready to apply\n\n3 to create\n\n\*\*Changes\*\*\n\n<pre>\n\+ CustomerOrg pizza\n/,
    );
    expect(await report()).toContain('    customerId: known after apply\n    email: "alice@example.com"\n');
  }, 120_000);

  it('up: applies what was planned, and has nothing to do the second time', async () => {
    const first = await run('up.sh');
    expect([first.exitCode, first.all]).toEqual([0, expect.stringContaining('+ 4 created')]);
    await workspace.simulator.resetRequests();
    const second = await run('up.sh');
    expect([second.exitCode, second.all]).toEqual([0, expect.stringContaining('4 unchanged')]);
    expect(await workspace.simulator.requests()).toMatchObject({ total: 0 });
  }, 120_000);

  it('preview: lists changes by property, with old and new value', async () => {
    const other = changed(base, 'alice', (before) =>
      withArgs(before, { firstName: 'Alice', extension: '51900', package: 'webex_calling', roles: [] }),
    );
    await workspace.setProgram(source({ ...other, users: other.users.filter(({ resource }) => resource !== 'admin') }));
    expect((await run('preview.sh')).exitCode).toBe(0);
    expect(await report()).toContain(`1 to update, 1 to delete

**Changes**

<pre>
~ User alice
    extension: "51002" → "51900"
    firstName: "John" → "Alice"
    package: "webex_suite" → "webex_calling"
    roles: []
- User admin
    the person stays in the organization as Full Administrator
</pre>
`);
  }, 120_000);

  it.each(['preview.sh', 'up.sh'])(
    '%s: a downgrade ends with exit code 2, before any write, and is said once',
    async (script) => {
      const lowered = changed(base, 'admin', (before) => withArgs(before, { package: 'webex_calling', roles: [] }));
      await workspace.setProgram(source(lowered));
      await workspace.simulator.resetRequests();
      expect((await run(script)).exitCode).toBe(2);
      expect(await workspace.simulator.requests()).toMatchObject({ writes: 0 });
      const text = await report();
      expect(text).toMatch(/^## Webex preview: stopped by a policy\n\n/);
      expect(text).toMatch(/User admin: package can't be changed .* \[policy admin-package-downgrade, provider\]\n/);
      expect(text.match(/can't be changed/g)).toHaveLength(1);
    },
    120_000,
  );

  it('preview: a mistake in the program is another exit code, with the mistake', async () => {
    await workspace.setProgram(
      source(changed(base, 'alice', (before) => withArgs(before, { package: 'webex_sweet' }))),
    );
    expect((await run('preview.sh')).exitCode).toBe(1);
    expect(await report()).toMatch(/^## Webex preview: failed\n/);
    expect(await report()).toContain('User alice: package: "webex_sweet" is not one of webex_calling');
  }, 120_000);

  it.each([
    ['the policy pack', 'node_modules', 'no policy pack in '],
    ['its configuration', 'policy-config.json', 'no configuration of the policies: '],
  ])(
    'preview: is an error without %s, unless --no-policies says so',
    async (_, name, text) => {
      const file = path.join(judging.folder, name);
      await rename(file, `${file}.away`);
      const failed = await run('preview.sh');
      const up = await run('up.sh');
      const without = name === 'node_modules' ? await run('preview.sh', '--no-policies') : failed;
      await rename(`${file}.away`, file);
      expect([failed.exitCode, up.exitCode]).toEqual([1, 1]);
      expect(failed.all).toContain(text);
      expect(without.all).not.toContain(name === 'node_modules' ? text : 'Previewing');
    },
    120_000,
  );

  it('a fleet: what is planned, then applied, then nothing to do', async () => {
    const { provisioningId, externalId: _, ...args } = customer('pizza').args;
    const pizza = { ...args, template: 'standard', externalId: 'fleet', primaryEmail: 'owner.fleet@example.com' };
    const roster = { name: 'acme', stacks: 1, templates: { standard: { provisioningId } }, customers: [pizza] };
    await writeFile(path.join(workspace.folder, 'roster.json'), JSON.stringify(roster));
    const fleet = async (script: string, ...flags: string[]) => {
      const { exitCode } = await workspace.command(judging.script(script), [...flags, 'roster.json'], {
        PULUMI_STACK: undefined,
      });
      return [exitCode, (await report()).split('\n').slice(0, 3).join('\n')];
    };
    expect(await fleet('preview.sh', '--no-policies')).toEqual([0, '## Webex preview: ready to apply\n\n1 planned']);
    expect(await fleet('up.sh')).toEqual([0, '## Webex: applied\n\n1 changed']);
    expect(await fleet('up.sh')).toEqual([0, '## Webex: applied\n\n1 unchanged']);
  }, 240_000);

  it('drift: none, then a change behind the back with its own exit code, then Webex out of reach', async () => {
    await workspace.setProgram(source(base));
    expect((await run('drift.sh')).exitCode).toBe(0);
    expect(await report()).toBe('## Webex: no drift\n');

    const { simulator } = workspace;
    const found = await simulator.api('GET', '/wholesale/subscribers?email=alice@example.com');
    const [alice] = (found.body as { items: { id: string }[] }).items;
    await simulator.api('PUT', `/wholesale/subscribers/${alice?.id}`, { packages: ['webex_calling'] });
    await simulator.resetRequests();
    expect((await run('drift.sh')).exitCode).toBe(3);
    expect(await simulator.requests()).toMatchObject({ writes: 0 });
    expect(await report()).toMatch(/^## Webex: drift found\n/);
    expect(await report()).toContain('~ User alice\n    package: "webex_suite" → "webex_calling"\n</pre>');

    await simulator.fault({ operation: '*', count: 1000, status: 403 });
    expect((await run('drift.sh')).exitCode).toBe(1);
    expect(await report()).toMatch(/^## Webex: drift check failed\n/);
  }, 180_000);
});
