import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { program } from '../../samples/program';
import { createWorkspace, type Run, type Workspace } from '../harness';
import { backend } from '../harness/backend';

/** Enough that some come before the token ends, and many after. */
const USERS = 20;
const HOUR = 3600;

const declare = (lastName: string) =>
  program({
    users: Object.fromEntries(
      Array.from({ length: USERS }, (_, index) => [
        `user-${index}`,
        { email: `user-${index}@example.com`, firstName: 'John', lastName, package: 'webex_meetings' },
      ]),
    ),
  });

describe('credentials that end in the middle of an update', () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await createWorkspace({ program: declare('Anderson') });
  });
  afterAll(() => workspace.close());

  const control = async (path_: string, body: unknown) =>
    (await workspace.simulator.control('POST', path_, body)) as Record<string, string>;

  /** A token that ends in as many hours. */
  const token = async (hours: number) => (await control('/tokens', { expiresInSeconds: hours * HOUR })).token ?? '';

  /** How often tokens were asked for. */
  const renewals = async () => {
    const log = (await workspace.simulator.control('GET', '/requests/log')) as { path: string }[];
    return log.filter((request) => request.path.endsWith('/access_token')).length;
  };

  /** Runs `up`, and lets an hour pass when five of the slow requests were answered. */
  async function upWhileTokensEnd(operation: string, before = async () => {}): Promise<Run> {
    await workspace.simulator.resetRequests();
    await workspace.simulator.fault({ operation, count: USERS, delayMs: 150 });
    await workspace.simulator.fault({ operation: 'POST /access_token', count: 1, delayMs: 500 });
    let over = false;
    const run = workspace.up().finally(() => {
      over = true;
    });
    while (!over && ((await workspace.simulator.requests()).byOperation[operation] ?? 0) < 5) await sleep(10);
    await before();
    await workspace.simulator.advanceClock(HOUR + 60);
    return run;
  }

  it('of a service app: renewed once for all users, and nothing fails', async () => {
    const { clientId, clientSecret, refreshToken } = await control('/serviceApps', {});
    workspace.setEnv({
      WEBEX_ACCESS_TOKEN: await token(1),
      WEBEX_CLIENT_ID: clientId,
      WEBEX_CLIENT_SECRET: clientSecret,
      WEBEX_REFRESH_TOKEN: refreshToken,
    });
    const run = (await upWhileTokensEnd('POST /wholesale/subscribers')).ok();
    expect(run.changes).toEqual({ created: USERS + 2 });
    expect(await renewals()).toBe(1);
    expect((await backend(workspace)).subscribers).toHaveLength(USERS);
  }, 240_000);

  it('in a file that something else keeps fresh: read again, and nothing fails', async () => {
    const file = path.join(workspace.folder, 'token');
    await writeFile(file, await token(1));
    const none = { WEBEX_CLIENT_ID: undefined, WEBEX_CLIENT_SECRET: undefined, WEBEX_REFRESH_TOKEN: undefined };
    workspace.setEnv({ ...none, WEBEX_ACCESS_TOKEN: undefined, WEBEX_TOKEN_FILE: file });
    await workspace.setProgram(declare('Andersen'));
    const run = await upWhileTokensEnd('PUT /people/{personId}', async () => writeFile(file, await token(9)));
    run.ok();
    expect(run.changes).toEqual({ updated: USERS, unchanged: 2 });
    expect(await renewals()).toBe(0);
  }, 240_000);
});
