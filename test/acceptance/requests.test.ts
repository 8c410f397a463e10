import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from 'webex-wholesale-simulator';
import type { Resource } from '../../tools/bench/handlers';
import type { Phase } from '../../tools/bench/phase';
import { moreUsersOf, runPhase, stackOf } from '../../tools/bench/stack';
import { control, requestCount } from '../../tools/lib/requests';

const SIZE = { customers: 12, locationsEach: 1, usersEach: 3 };
const { customers } = SIZE;
const [locations, users] = [customers, 3 * customers];

/** What waiting and looking up customers cost depends on what comes first: taken out, and counted. */
const POLLS = ['GET /wholesale/customers', 'GET /wholesale/customers/{customerId}'];

describe('requests of a stack, counted through the handlers', () => {
  let simulator: Simulator;
  let stack = stackOf(SIZE);
  beforeAll(async () => {
    simulator = await startSimulator({ provisioningSeconds: 0.3 });
  });
  afterAll(() => simulator.stop());

  /** As one pulumi command, in a process of its own. */
  async function run(phase: Phase, resources: Resource[]) {
    await control(simulator, 'DELETE', '/requests');
    const after = await runPhase(simulator, { phase, resources, width: 32 });
    const { byOperation } = await requestCount(simulator);
    const polls = POLLS.reduce((sum, operation) => sum + (byOperation[operation] ?? 0), 0);
    const others = Object.fromEntries(Object.entries(byOperation).filter(([operation]) => !POLLS.includes(operation)));
    return { after, polls, others, byOperation };
  }

  it('preview: one precheck for each new customer, none for what belongs to them', async () => {
    const { byOperation } = await run(
      'preview',
      stack.filter(({ kind }) => kind === 'customer'),
    );
    expect(byOperation).toEqual({ 'POST /wholesale/customers/validate': customers });
  });

  it('create: the writes, where each headquarters is, and polling for all together', async () => {
    const { after, polls, others } = await run('create', stack);
    stack = after;
    expect(others).toEqual({
      'POST /wholesale/customers': customers,
      'GET /locations': customers,
      'POST /locations': locations,
      'POST /wholesale/subscribers': users,
      // The partner of the token, which is recorded so that a token of another partner is noticed.
      'GET /people/me': 1,
    });
    expect(polls).toBeLessThan(customers);
  });

  it('up without changes: none', async () => {
    expect((await run('no-op', stack)).byOperation).toEqual({});
  });

  it('preview of new users of customers that exist: two lists of each customer, and a precheck a user', async () => {
    const { byOperation } = await run('preview', moreUsersOf(stack, SIZE));
    expect(byOperation).toEqual({
      // Organizations of the customers.
      'GET /wholesale/customers': 1,
      'GET /wholesale/customers/{customerId}': 1,
      'GET /wholesale/subscribers': customers,
      // An administrator may be in the organization without being a user.
      'GET /people': customers,
      'POST /wholesale/subscribers/validate': users,
    });
  });

  it('refresh: five for each customer and one for each location', async () => {
    const { polls, others } = await run('refresh', stack);
    expect(polls).toBeLessThanOrEqual(4);
    expect(others).toEqual({
      'GET /organizations/{orgId}': customers,
      'GET /locations': customers,
      'GET /telephony/config/locations/{locationId}': customers + locations,
      'GET /wholesale/subscribers': customers,
      'GET /people': customers,
    });
  });

  it('destroy: the writes, and polling for all together', async () => {
    const { polls, others } = await run('destroy', stack);
    expect(others).toEqual({
      'DELETE /wholesale/subscribers/{subscriberId}': users,
      'DELETE /locations/{locationId}': locations,
      'DELETE /wholesale/customers/{customerId}': customers,
      'GET /people/me': 1,
    });
    // A user that the list lacks is requested by its ID, because a list that lacks it proves nothing.
    expect(polls).toBeLessThan(2 * customers);
  });
});
