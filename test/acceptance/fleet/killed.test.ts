import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { counts, createFleet, customerOf, type FleetWorkspace, fleetFolder, rosterOf, writes } from './workspace';

/** Enough in each of the two stacks that a kill comes in between. */
const CUSTOMERS = Array.from({ length: 10 }, (_, number) => customerOf(`customer-${number}`, 3));
const ALL = { customers: 10, locations: 10, users: 30 };

describe('a fleet that is ended in the middle', () => {
  let workspace: FleetWorkspace;
  afterEach(() => workspace.close());

  it('goes on: nothing is doubled, and what was finished is not touched', async () => {
    workspace = await createFleet({ simulator: { provisioningSeconds: 1 } });
    const { simulator, fleet, write } = workspace;
    await write(rosterOf(CUSTOMERS));
    const users = async () => (await counts(simulator)).users ?? 0;

    // Ctrl-C: the first stack is finished, and the second is not begun.
    let isReported = false;
    const interrupted = await fleet('up', ['--no-policies', '--parallel', '1'], {
      killWhen: async () => {
        if (!isReported && (await users()) > 0) {
          isReported = true;
          process.kill(await fleetsPid(workspace), 'SIGINT');
        }
        return false;
      },
    });
    expect(interrupted.run.exitCode).toBe(130);
    expect(interrupted.run.stdout).toContain('Stopping after the running stacks finish.');
    expect(interrupted.report?.interrupted).toBe(true);
    const statuses = Object.values(interrupted.customers);
    expect(new Set(statuses)).toEqual(new Set(['changed', 'not-reached']));
    const finished = statuses.filter((status) => status === 'changed').length;
    expect(await counts(simulator)).toEqual({ customers: finished, locations: finished, users: 3 * finished });

    // kill -9 of everything while the users of the second stack are made. Pulumi would have written its state at the
    // end only, as it does with many changes: nothing of that stack is recorded.
    const killed = await fleet('up', ['--no-policies', '--checkpoints', 'never'], {
      killWhen: async () => (await users()) > 3 * finished + 2,
    });
    expect(killed.report).toBeUndefined();
    await settled(users);
    const before = await counts(simulator);
    expect(before.customers).toBe(ALL.customers);
    expect(before.users).toBeLessThan(ALL.users);

    await simulator.resetRequests();
    const last = await fleet('up', ['--no-policies']);
    last.run.ok();
    expect(await counts(simulator)).toEqual(ALL);
    expect(Object.values(last.customers).filter((status) => status === 'unchanged')).toHaveLength(finished);
    // What is there already is sent nothing, although Pulumi has no record of it.
    const missing = (kind: 'locations' | 'users') => ALL[kind] - (before[kind] ?? 0);
    expect(await writes(simulator)).toEqual({
      ...(missing('locations') > 0 && { 'POST /locations': missing('locations') }),
      'POST /wholesale/subscribers': missing('users'),
    });
  }, 300_000);
});

/** The process of the fleet, from the record that it keeps of its run. */
async function fleetsPid(workspace: FleetWorkspace): Promise<number> {
  const record = path.join(await fleetFolder(workspace), 'run-1-of-1.json');
  return (JSON.parse(await readFile(record, 'utf8')) as { pid: number }).pid;
}

/** Waits until a number stays: requests that were on their way when their process was killed may still arrive. */
async function settled(number: () => Promise<number>): Promise<void> {
  for (let before = -1, now = await number(); before !== now; now = await number()) {
    before = now;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
