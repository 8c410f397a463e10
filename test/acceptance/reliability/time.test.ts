import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALICE, BRANCH } from '../../samples/people';
import { program } from '../../samples/program';
import { createWorkspace, type Workspace } from '../harness';
import { backend, nothingToDo } from '../harness/backend';

const BRANCHES = { locations: { branch: BRANCH } };
const USER = { ...ALICE, package: 'webex_meetings' };
/** Far longer than a person, or this test, waits. */
const LONG_MS = 60_000;

describe('time', () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await createWorkspace({ program: program(BRANCHES) });
  });
  afterAll(() => workspace.close());

  it('Ctrl-C twice leaves at once, and the next up goes on with what was made', async () => {
    const { simulator } = workspace;
    await simulator.fault({ operation: 'POST /telephony/config/locations', count: 1, delayMs: LONG_MS });
    let began = 0;
    const run = await workspace.upInterrupted(async () => {
      const { locations } = await backend(workspace);
      // The headquarters is the first; the branch is there, and calling is being enabled.
      if (locations.length < 2) return false;
      began = Date.now();
      return true;
    });
    run.fails();
    expect(Date.now() - began).toBeLessThan(LONG_MS / 4);
    await simulator.clearFaults();
  }, 240_000);

  it('a Retry-After beyond the time that a request is tried is told, not waited for; everything else goes on', async () => {
    const { simulator } = workspace;
    await workspace.setProgram(program({ ...BRANCHES, users: { alice: USER } }));
    await simulator.fault({ operation: 'POST /wholesale/subscribers', count: 1, status: 429, retryAfterSeconds: 3600 });
    const run = (await workspace.up()).fails();
    expect(run.all).toMatch(/Webex answered 429: .*Webex asks to try again after 3600 s/);
    expect(run.durationMs).toBeLessThan(LONG_MS);
    const { locations } = await backend(workspace);
    expect(locations.map(({ name }) => name)).toEqual(['Head Office', 'Denver']);
    expect(locations[1]).toMatchObject({ calling: true, numbers: BRANCH.calling.phoneNumbers });

    (await workspace.up()).ok();
    expect((await backend(workspace)).subscribers).toHaveLength(1);
    await nothingToDo(workspace);
  }, 240_000);
});
