import { afterEach, describe, expect, it } from 'vitest';
import { customer, location, program, user } from '../../samples/declarations';
import { createWorkspace, type Workspace } from '../harness';
import { again, backend, NOTHING, warnings } from './backend';

const POSTS = ['POST /wholesale/customers', 'POST /locations', 'POST /wholesale/subscribers'];
const BUSY = [{ status: 429, retryAfterSeconds: 1 }, { status: 423, retryAfterSeconds: 1 }, { status: 503 }];

describe('a Webex that is busy while objects are created', () => {
  let workspace: Workspace;
  afterEach(() => workspace.close());

  it('429, 423, 503: up waits, and makes everything once', async () => {
    workspace = await createWorkspace({ program: program(customer(), location(), user()) });
    const { simulator } = workspace;
    for (const operation of POSTS) for (const fault of BUSY) await simulator.fault({ operation, count: 1, ...fault });
    const run = (await workspace.up()).ok();
    expect(warnings(run)).toEqual([]);
    const { byOperation } = await simulator.requests();
    expect(POSTS.map((operation) => byOperation[operation])).toEqual([4, 4, 4]);

    const { customers, locations, subscribers } = await backend(simulator);
    expect([customers.length, locations.length, subscribers.length]).toEqual([1, 2, 1]);
    expect(await again(workspace)).toEqual(NOTHING);
  }, 240_000);

  it('for good: up fails with what Webex said, and the next one makes everything once', async () => {
    workspace = await createWorkspace({ program: program(customer()) });
    const { simulator } = workspace;
    await simulator.fault({ operation: 'POST /wholesale/customers', count: 100, status: 503 });
    const run = (await workspace.up()).fails();
    expect(run.all).toContain('POST /wholesale/customers: Webex answered 503');
    expect((await simulator.requests()).byOperation['POST /wholesale/customers']).toBe(4);
    expect((await backend(simulator)).customers).toEqual([]);

    await simulator.clearFaults();
    (await workspace.up()).ok();
    expect((await backend(simulator)).customers).toHaveLength(1);
    expect(await again(workspace)).toEqual(NOTHING);
  }, 240_000);
});
