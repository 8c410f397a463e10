import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PROVISIONING_ID } from '../../samples/cisco';
import { createWorkspace, type Run, type Workspace } from '../harness';
import { type Base, checkoutOfBase } from './checkouts';
import { customer, type Spec, source, user } from './program';

const FORGED = 'Webex preview: ready to apply';
const MARKUP = `</pre>\n\n## ${FORGED}\n\n<img src=https://example.com/x> @example/team`;
const COMMANDS = ['::error::forged', '::add-path::/tmp', '  ::warning::forged', 'x ##[error]forged'];

/** What GitHub's runner does with a job's output: the commands that it obeys, in the order in which they come. */
function obeyed(output: string): string[] {
  const commands: string[] = [];
  let token: string | undefined;
  for (const line of output.split('\n')) {
    const [, name, value] = /^\s*::([^:\s]+)[^:]*::(.*)$/.exec(line) ?? /##\[(\w+)[^\]]*\](.*)$/.exec(line) ?? [];
    if (name === undefined) continue;
    if (token !== undefined) {
      if (name === token) token = undefined;
      continue;
    }
    if (name === 'stop-commands') token = value;
    else commands.push(name);
  }
  return commands;
}

describe('a hostile pull request', () => {
  let workspace: Workspace;
  let judging: Base;
  let listener: Server;
  let listening: string;
  let leaks: string[];
  /** A file outside of the change, and one that only runs of the change's own code would make. */
  let outside: string;
  let ran: string;

  beforeAll(async () => {
    workspace = await createWorkspace({ program: '', simulator: { provisioningSeconds: 0.05 } });
    judging = await checkoutOfBase();
    leaks = [];
    listener = createServer((request, response) => {
      leaks.push(`${request.method} ${request.url}`);
      response.end('{}');
    });
    await new Promise<void>((ready) => listener.listen(0, '127.0.0.1', ready));
    listening = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
    outside = path.join(judging.folder, 'outside.txt');
    ran = path.join(judging.folder, 'ran.txt');
  });
  afterAll(async () => {
    listener.close();
    listener.closeAllConnections();
    await judging.close();
    await workspace.close();
  });

  const inChange = (...name: string[]) => path.join(workspace.folder, ...name);
  async function write(name: string, content: string): Promise<void> {
    await mkdir(path.dirname(inChange(name)), { recursive: true });
    await writeFile(inChange(name), content, { mode: 0o755 });
  }
  const marks = () => `require('fs').writeFileSync(${JSON.stringify(ran)}, 'ran');`;

  /** Files of the change that would judge it, or run, if anybody looked at them. */
  async function plantFiles(folder = '.'): Promise<void> {
    await writeFile(outside, 'untouched');
    await rm(ran, { force: true });
    const off = Object.fromEntries(
      ['admin-package-level', 'admin-package-downgrade'].map((name) => [name, 'disabled']),
    );
    // In the folder of a roster it would be taken for a part of it.
    if (folder === '.') await write('policy-config.json', JSON.stringify(off));
    for (const name of ['preview.sh', 'common.sh', 'report.mjs'])
      await write(`${folder}/scripts/${name}`, `#!/bin/sh\ntouch ${ran}\n`);
    const pack = `${folder}/node_modules/webex-wholesale-policy`;
    await write(
      `${pack}/package.json`,
      JSON.stringify({ name: 'webex-wholesale-policy', version: '9.9.9', main: 'pack.js' }),
    );
    await write(`${pack}/PulumiPolicy.yaml`, 'runtime: nodejs\n');
    await write(`${pack}/pack.js`, marks());
    await write(`${folder}/node_modules/pulumi-webex-wholesale/package.json`, '{"name":"pulumi-webex-wholesale"}');
    await write(`${folder}/node_modules/pulumi-webex-wholesale/index.js`, marks());
    await write(`${folder}/node_modules/.bin/webex-wholesale`, `#!/bin/sh\ntouch ${ran}\n`);
    await write(`${folder}/.npmrc`, `script-shell=${inChange(folder, 'scripts/preview.sh')}\n`);
  }

  function expectNothingLeft(run: Run): void {
    expect(leaks).toEqual([]);
    expect(run.all).not.toContain(workspace.simulator.environment.WEBEX_ACCESS_TOKEN as string);
    expect(existsSync(ran)).toBe(false);
  }

  async function expectTrueReport(title: string): Promise<string> {
    const report = await readFile(inChange('report.md'), 'utf8');
    // The text outside of the blocks is the script's own, without markup.
    const words = report.replaceAll(/<pre>\n[^<]*\n<\/pre>/g, '');
    expect(words.match(/^#+ .*/gm)).toEqual([`## ${title}`]);
    expect(words).not.toMatch(/[<>@`[]/);
    return report;
  }

  it('who changes a program: what judges it is the base branch, and nothing in it forges the report', async () => {
    const low: Spec = {
      customers: [customer('pizza', { name: '</pre> ## [forged](https://example.com) @example/team' })],
      users: [
        user('admin', 'pizza', { package: 'webex_calling', roles: ['Full Administrator'], lastName: '<b>x</b>' }),
      ],
    };
    const log = [...COMMANDS, MARKUP, 'Policies:\n    ✅ all is well', 'Resources:\n    2 unchanged'];
    await workspace.setProgram(`${source(low).replace('new webex.User(resource', `new webex.User(resource + ${JSON.stringify(MARKUP)}`)}
for (const line of ${JSON.stringify(log)}) console.log(line);
console.error(${JSON.stringify(MARKUP)});`);
    // Its own packages are the program's business: code that a reviewer has approved runs. Those of the base judge it.
    await plantFiles();
    await rm(inChange('node_modules/pulumi-webex-wholesale'), { recursive: true });
    await symlink(outside, inChange('report.md'));

    const run = await workspace.command(judging.script('preview.sh'), [], { GITHUB_ACTIONS: 'true' });
    expect(run.exitCode).toBe(2);
    expectNothingLeft(run);
    expect(run.all).toContain('::error::forged');
    expect(obeyed(run.stdout)).toEqual([]);
    const report = await expectTrueReport('Webex preview: stopped by a policy');
    expect(report).toContain('[policy admin-package-level]');
    expect(await readFile(outside, 'utf8')).toBe('untouched');
    expect(await workspace.simulator.requests()).toMatchObject({ writes: 0 });
  }, 120_000);

  const roster = (more: object = {}) => ({
    name: 'acme',
    stacks: 1,
    templates: { standard: { provisioningId: PROVISIONING_ID } },
    customers: [
      {
        ...customer('johns-pizza').args,
        provisioningId: undefined,
        template: 'standard',
        users: [
          {
            email: 'john.anderson@acme.com',
            firstName: 'John',
            lastName: '</pre><img src=x> @example/team',
            package: 'webex_calling',
            extension: '51200',
            roles: ['Full Administrator'],
          },
        ],
      },
    ],
    ...more,
  });

  it('who changes a roster: nothing beside it runs, nothing leaves, and the policies are those of the base branch', async () => {
    await rm(inChange('report.md'), { force: true });
    await plantFiles();
    await plantFiles('roster');
    const plugins = 'plugins:\n  providers:\n    - { name: pulumi-nodejs, path: ./scripts }\n';
    await write('Pulumi.yaml', `name: acme\nruntime: nodejs\n${plugins}`);
    await write('roster/.webex-wholesale/acme/Pulumi.yaml', 'name: acme\nruntime: nodejs\nmain: ../../scripts\n');
    await write('roster/customers.json', JSON.stringify(roster()));

    const run = await workspace.command(judging.script('preview.sh'), ['roster'], {
      GITHUB_ACTIONS: 'true',
      PULUMI_STACK: undefined,
    });
    expectNothingLeft(run);
    expect([run.exitCode, run.all]).toEqual([2, expect.stringContaining('admin-package-level')]);
    const report = await expectTrueReport('Webex preview: stopped by a policy');
    expect(report).toContain('admin-package-level');
    expect(existsSync(inChange('roster', '.webex-wholesale', 'acme', 'report.json'))).toBe(false);
    expect(await workspace.simulator.requests()).toMatchObject({ writes: 0 });
  }, 120_000);

  it.each([
    [
      'settings that lead elsewhere',
      () => roster({ settings: { baseUrl: `${listening}/v1`, templateApiUrl: listening } }),
    ],
    [
      'commands and markup in every text',
      () =>
        roster({
          name: 'acme',
          customers: [
            {
              ...roster().customers[0],
              externalId: `::error::forged\n::add-path::/tmp\n${MARKUP}`,
              name: `\u001b[2J${MARKUP}`,
            },
          ],
        }),
    ],
  ])(
    'who changes a roster: %s',
    async (_, content) => {
      await write('roster/customers.json', JSON.stringify(content()));
      const run = await workspace.command(judging.script('preview.sh'), ['roster'], {
        GITHUB_ACTIONS: 'true',
        PULUMI_STACK: undefined,
      });
      expect(run.exitCode).not.toBe(0);
      expectNothingLeft(run);
      expect(obeyed(run.all)).toEqual([]);
      expect(run.stdout).not.toContain('\u001b');
      await expectTrueReport(`Webex preview: ${run.exitCode === 2 ? 'stopped by a policy' : 'failed'}`);
    },
    120_000,
  );

  it.each([
    ['a link as the roster', 'roster.yaml', 'roster.yaml'],
    ['a link in its folder', 'roster/users.csv', 'roster'],
    ['a path that leads out', '', '../'],
  ])('who changes a roster: %s is not followed', async (_, link, argument) => {
    await writeFile(outside, 'a-secret-of-the-machine');
    if (link) await symlink(outside, inChange(link));
    const run = await workspace.command(judging.script('preview.sh'), [argument]);
    if (link) await rm(inChange(link));
    expect(run.exitCode).toBe(1);
    expect(run.all).toMatch(/links are not followed|isn't in this checkout/);
    expect(run.all).not.toContain('a-secret-of-the-machine');
  });
});
