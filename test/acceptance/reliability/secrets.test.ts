import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../../tools/setup/paths.mjs';
import { program } from '../../samples/program';
import { createWorkspace, type Run, type Workspace } from '../harness';
import { type Echo, emailFor, startEcho, WAYS } from './echo';

const VERBOSE = ['-v=9', '--logflow', '--debug'];
const PASSPHRASE = 'a-passphrase-that-no-file-may-hold';

/** A user for each way of echoing, and one that is as it should be. */
const user = (email: string) => ({ email, firstName: 'John', lastName: 'Anderson', package: 'webex_meetings' });
const users = Object.fromEntries(Object.keys(WAYS).map((way) => [way, user(emailFor(way))]));
const good = { john: user('john.andersen@acme.com') };

describe('a secret that every answer says back, at the highest verbosity', () => {
  let workspace: Workspace;
  let echo: Echo;
  const outputs: [name: string, text: string][] = [];
  const secrets = new Set<string>();

  beforeAll(async () => {
    workspace = await createWorkspace({ program: program({ users: good }) });
    const { simulator, folder } = workspace;
    echo = await startEcho(simulator.url);
    const made = (await simulator.control('POST', '/serviceApps', {})) as Record<string, string>;
    const { clientId, clientSecret = '', refreshToken = '' } = made;
    secrets.add(clientSecret).add(refreshToken).add(PASSPHRASE);
    await mkdir(path.join(folder, 'tmp'));
    // Answers that will never be right need not be asked for again for long.
    await writeFile(path.join(folder, 'Pulumi.test.yaml'), 'config:\n  webex-wholesale:retryTimeoutSeconds: "0.5"\n');
    workspace.setEnv({
      WEBEX_BASE_URL: echo.baseUrl,
      WEBEX_ACCESS_TOKEN: undefined,
      WEBEX_CLIENT_ID: clientId,
      WEBEX_CLIENT_SECRET: clientSecret,
      WEBEX_REFRESH_TOKEN: refreshToken,
      PULUMI_CONFIG_PASSPHRASE: PASSPHRASE,
      PULUMI_DEBUG_GRPC: path.join(folder, 'grpc.json'),
      // Where the CLI puts its log files.
      TMPDIR: path.join(folder, 'tmp'),
    });
  });
  afterAll(async () => {
    await echo?.stop();
    await workspace.close();
  });

  async function failing(name: string, run: Promise<Run>): Promise<Run> {
    const ended = (await run).fails();
    outputs.push([`${name}: output`, ended.all]);
    return ended;
  }

  it('stands in no error: every way of echoing is met, and told without it', async () => {
    await workspace.setProgram(program({ users: { ...good, ...users } }));
    const trace = `--tracing=file:${path.join(workspace.folder, 'trace')}`;
    const up = await failing('up', workspace.up('--continue-on-error', '--logtostderr', ...VERBOSE, trace));
    expect([...echo.met.keys()].sort(), up.all.slice(-3000)).toEqual(Object.keys(WAYS).sort());
    // The answers contained the secrets, and the output has a placeholder for them.
    expect(up.all).toMatch(/status 403 with a body .*\*\*\*/);
    expect(up.all).toMatch(/Webex answered 401: .*\*\*\*/);
    expect(up.all).toMatch(/status 307, a redirect( to [^ ]+)?, which is not followed/);
    expect(echo.elsewhere).toEqual([]);

    // Once more in preview, with log files, and for the precheck: a 403 would say that the partner may not ask, and
    // end it.
    const { 'html-403': _, ...asked } = users;
    await workspace.setProgram(program({ users: { ...good, ...asked } }));
    const preview = await failing('preview', workspace.pulumi('preview', ...VERBOSE));
    expect(preview.all).toMatch(/error: .*(precheck says|\/validate: )/);

    echo.refuseTokens();
    const refresh = await failing('refresh', workspace.refresh('--logtostderr', ...VERBOSE));
    expect(refresh.all).toMatch(/Webex gave no new access token \(status 400: .*\*\*\*/);

    workspace.setEnv({ WEBEX_BASE_URL: 'http://127.0.0.1:9/v1' });
    const destroy = await failing('destroy', workspace.destroy('--logtostderr', ...VERBOSE));
    expect(destroy.all).toContain('connection refused');
  }, 240_000);

  it('is found in no file: state, backups, history, logs, traces, gRPC logs, caches', async () => {
    for (const token of echo.tokens) if (token !== '') secrets.add(token);
    expect(secrets.size).toBeGreaterThanOrEqual(4);
    const folders = [
      workspace.folder,
      ...['test-pulumi-home', 'node-compile-cache'].map((name) => path.join(root, '.state', name)),
    ];
    const names: string[] = [];
    const needles = [...secrets].flatMap(forms);
    for (const folder of folders) {
      for (const [name, bytes] of await everyFile(folder)) {
        names.push(name);
        expect(
          needles.filter((needle) => bytes.includes(needle)),
          name,
        ).toEqual([]);
      }
    }
    for (const [name, text] of outputs)
      expect(
        needles.filter((needle) => text.includes(needle)),
        name,
      ).toEqual([]);
    // What was looked through is there: state and its copies, both kinds of log, the traces.
    const all = names.join('\n');
    for (const kind of [/stacks\/.*test\.json/, /backups\//, /history\//, /tmp\/pulumi.*/, /grpc\.json/, /trace/])
      expect(all).toMatch(kind);
  }, 120_000);
});

/** A secret as it is, as URLs and forms have it, and what base64 holds of it for sure, whatever stands before it. */
function forms(secret: string): string[] {
  const within = [0, 1, 2].map((shift) =>
    Buffer.from(`${'x'.repeat(shift)}${secret}`)
      .toString('base64')
      .slice(4, -8),
  );
  const urls = within.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'));
  return [...new Set([secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), ...within, ...urls])];
}

async function everyFile(folder: string): Promise<[name: string, bytes: Buffer][]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  return Promise.all(names.map(async (name) => [name, await readFile(name)] as [string, Buffer]));
}
