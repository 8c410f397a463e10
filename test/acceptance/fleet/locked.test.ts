import { mkdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { PROVISIONING_ID } from '../../samples/cisco';
import { counts, createFleet, customerOf, type FleetWorkspace, rosterOf } from './workspace';

const CUSTOMER = 'johns-pizza';
/** No process has this number. */
const GONE = 2 ** 22 + 1;

describe('a stack that is locked before it exists', () => {
  let workspace: FleetWorkspace;
  afterEach(() => workspace.close());

  it('is made with --unlock, unless a process of this machine holds the lock', async () => {
    workspace = await createFleet();
    const { fleet, write, simulator } = workspace;
    const templates = { standard: { provisioningId: PROVISIONING_ID } };
    await write(rosterOf([customerOf(CUSTOMER)], { stacks: 1, templates }));

    // A run was killed while it made the stack: it left a lock, and no stack.
    await lock({ pid: GONE, hostname: 'build-host' });
    const refused = await fleet('up');
    expect(refused.run.fails().stdout).toContain(`the stack is locked by process ${GONE} of build-host`);

    // A run that goes on.
    await lock({ pid: process.pid, hostname: hostname() });
    const live = await fleet('up', ['--unlock']);
    expect(live.run.fails().stdout).toContain(`process ${process.pid} of this machine is working on the stack`);
    expect(await counts(simulator)).toMatchObject({ customers: 0 });

    await lock({ pid: GONE, hostname: hostname() });
    const unlocked = await fleet('up', ['--unlock']);
    unlocked.run.ok();
    expect(unlocked.customers).toEqual({ [CUSTOMER]: 'changed' });
    expect(await counts(simulator)).toEqual({ customers: 1, locations: 1, users: 1 });

    // The same where customers are moved to other stacks.
    await write(rosterOf([customerOf(CUSTOMER)], { stacks: 2, templates }));
    await lock({ pid: GONE, hostname: 'build-host' });
    const unmoved = await fleet('restack');
    expect(unmoved.run.fails().stderr).toContain(`the stack is locked by process ${GONE} of build-host`);
    const moved = await fleet('restack', ['--unlock']);
    expect(moved.run.ok().stdout).toContain('1-of-1: 3 resources moved');
  }, 200_000);

  /** Locks the stack of the customer, as Pulumi does. */
  async function lock(holder: { pid: number; hostname: string }): Promise<void> {
    const folder = path.join(workspace.folder, 'backend', '.pulumi', 'locks', 'organization', 'acme', '1-of-1');
    await mkdir(folder, { recursive: true });
    const content = { ...holder, username: 'somebody', timestamp: new Date().toISOString() };
    await writeFile(path.join(folder, 'lock.json'), JSON.stringify(content));
  }
});
