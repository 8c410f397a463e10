import { access, constants, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../../tools/setup/paths.mjs';
import { createWorkspace, type Run, type Workspace } from '../harness';
import { changed, customer, type Spec, source, user, withArgs } from './program';

// Pulumi's own, without declarations.
const { load } = require('js-yaml') as { load(text: string): unknown };

const folder = path.join(root, 'examples', 'ci');
const scripts = path.join(folder, 'scripts');
const base: Spec = {
  customers: [customer('pizza')],
  users: [user('admin', 'pizza', { roles: ['Full Administrator'] }), user('alice', 'pizza')],
};

describe('the scripts of examples/ci, as the pipelines run them', () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await createWorkspace({ program: source(base), simulator: { provisioningSeconds: 0.05 } });
  });
  afterAll(() => workspace.close());

  const run = (script: string): Promise<Run> =>
    workspace.command(path.join(scripts, script), [], {
      POLICY_PACK: path.join(root, 'policy'),
      POLICY_CONFIG: path.join(folder, 'policy-config.json'),
    });
  const report = () => readFile(path.join(workspace.folder, 'report.md'), 'utf8');

  it('preview: a clean change passes, and the report says what it does', async () => {
    expect((await run('preview.sh')).exitCode).toBe(0);
    expect(await workspace.simulator.requests()).toMatchObject({ writes: 0 });
    expect(await report()).toMatch(/^## Webex preview: Ready to apply\n/);
    expect(await report()).toMatch(/\*\*Resources\*\*\n\n````\n +\+ 4 to create\n````/);
  }, 120_000);

  it('up: applies what was planned, and has nothing to do the second time', async () => {
    const first = await run('up.sh');
    expect([first.exitCode, first.all]).toEqual([0, expect.stringContaining('+ 4 created')]);
    await workspace.simulator.resetRequests();
    const second = await run('up.sh');
    expect([second.exitCode, second.all]).toEqual([0, expect.stringContaining('4 unchanged')]);
    expect(await workspace.simulator.requests()).toMatchObject({ total: 0 });
  }, 120_000);

  it.each(['preview.sh', 'up.sh'])(
    '%s: a downgrade ends with exit code 2, before any write',
    async (script) => {
      const lowered = changed(base, 'admin', (before) => withArgs(before, { package: 'webex_calling', roles: [] }));
      await workspace.setProgram(source(lowered));
      await workspace.simulator.resetRequests();
      expect((await run(script)).exitCode).toBe(2);
      expect(await workspace.simulator.requests()).toMatchObject({ writes: 0 });
      expect(await report()).toMatch(/^## Webex preview: Stopped by a policy\n\n\*\*Policies\*\*\n/);
      expect(await report()).toContain('admin@example.com is an administrator (Full Administrator) and loses meetings');
    },
    120_000,
  );

  it('preview: a mistake in the program is another exit code', async () => {
    await workspace.setProgram(
      source(changed(base, 'alice', (before) => withArgs(before, { package: 'webex_sweet' }))),
    );
    expect((await run('preview.sh')).exitCode).toBe(1);
    expect(await report()).toMatch(/^## Webex preview: Preview failed\n/);
    expect(await report()).toContain('is not one of webex_calling');
  }, 120_000);

  it('drift: none, then a change behind the back with its own exit code, then Webex out of reach', async () => {
    await workspace.setProgram(source(base));
    expect((await run('drift.sh')).exitCode).toBe(0);
    expect(await report()).toMatch(/^## Webex: No drift\n/);

    const { simulator } = workspace;
    const found = await simulator.api('GET', '/wholesale/subscribers?email=alice@example.com');
    const [alice] = (found.body as { items: { id: string }[] }).items;
    await simulator.api('PUT', `/wholesale/subscribers/${alice?.id}`, { packages: ['webex_calling'] });
    await simulator.resetRequests();
    expect((await run('drift.sh')).exitCode).toBe(3);
    expect(await simulator.requests()).toMatchObject({ writes: 0 });
    expect(await report()).toMatch(/^## Webex: Drift found\n/);
    expect(await report()).toContain('"webex_suite" => "webex_calling"');

    await simulator.fault({ operation: '*', count: 1000, status: 403 });
    expect((await run('drift.sh')).exitCode).toBe(1);
    expect(await report()).toMatch(/^## Webex: Drift check failed\n/);
  }, 180_000);
});

describe('the pipeline files of examples/ci', () => {
  interface Job {
    steps?: { run?: string; uses?: string }[];
    script?: string[];
  }
  const files = ['.github/workflows/webex-wholesale.yml', '.gitlab-ci.yml'];

  it.each(files)('%s is YAML, guards against a second job, and holds no secret', async (file) => {
    const text = await readFile(path.join(folder, file), 'utf8');
    expect(load(text)).toBeTypeOf('object');
    expect(text).toMatch(/concurrency:\n {2}group: |resource_group: /);
    for (const [, value] of text.matchAll(/^ +WEBEX_\w+: (.*)$/gm)) expect(value).toMatch(/^\$\{\{ secrets\.\w+ \}\}$/);
  });

  it('run every script of the example, and only those', async () => {
    const here = (await readdir(scripts)).filter((name) => name.endsWith('.sh')).map((name) => `scripts/${name}`);
    await Promise.all(here.map((name) => access(path.join(folder, name), constants.X_OK)));
    for (const file of files) {
      const pipeline = load(await readFile(path.join(folder, file), 'utf8')) as Record<string, Job> & {
        jobs?: Record<string, Job>;
      };
      const jobs = Object.values(pipeline.jobs ?? pipeline);
      const commands = jobs.flatMap((job) => [
        ...(job.script ?? []),
        ...(job.steps ?? []).map((step) => step.run ?? ''),
      ]);
      expect(commands.filter((command) => command.startsWith('scripts/')).sort()).toEqual(here.sort());
    }
  });
});
