import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { counts, createFleet, customerOf, type FleetWorkspace, rosterOf, withoutPacks, writes } from './workspace';

// By their hash, the first two are in stack 1 of 2 and the others in stack 2.
const [EAST, PIZZA, WEST, NORTH] = ['johns-pizza-east', 'johns-pizza', 'johns-pizza-west', 'johns-pizza-north'];

// A policy refuses a change in this story.
describe.skipIf(withoutPacks)('a fleet', () => {
  let workspace: FleetWorkspace;
  afterEach(() => workspace.close());

  it('is brought up, goes on where one customer failed, loses one, and is taken away', async () => {
    workspace = await createFleet();
    const { simulator, fleet, write } = workspace;
    const everybody = [customerOf(EAST, 2), customerOf(PIZZA), customerOf(WEST), customerOf(NORTH)];

    // Preview leaves nothing behind, in Webex and in the backend.
    await write(rosterOf(everybody));
    const preview = await fleet('preview');
    preview.run.ok();
    expect(preview.customers).toEqual({ [EAST]: 'planned', [PIZZA]: 'planned', [WEST]: 'planned', [NORTH]: 'planned' });
    expect(await writes(simulator)).toEqual({});
    expect(await stacks()).toEqual([]);

    // Webex can't provision one of them: the others, of its stack too, are made.
    await simulator.outcome({ kind: 'customer', externalId: PIZZA, status: 'error', description: 'No licenses' });
    const first = await fleet('up');
    first.run.fails();
    expect(first.customers).toEqual({ [EAST]: 'changed', [PIZZA]: 'failed', [WEST]: 'changed', [NORTH]: 'changed' });
    const failed = first.report?.customers.find(({ externalId }) => externalId === PIZZA);
    expect(failed?.problems).toEqual([
      {
        resource: `CustomerOrg ${PIZZA}`,
        message: expect.stringContaining('No licenses'),
        trackingId: expect.any(String),
      },
    ]);
    expect(first.run.stdout).toContain(`${PIZZA}: CustomerOrg ${PIZZA}: `);
    expect(first.report?.totals).toMatchObject({ customers: 4, byStatus: { changed: 3, failed: 1 } });
    expect(await counts(simulator)).toEqual({ customers: 4, locations: 3, users: 4 });

    // Again: only what is not yet right. The number of stacks was recorded, so that the roster need not say it.
    await simulator.resetRequests();
    await write(rosterOf(everybody, { stacks: undefined }));
    const second = await fleet('up', ['--no-policies']);
    second.run.ok();
    expect(second.customers).toEqual({
      [EAST]: 'unchanged',
      [PIZZA]: 'changed',
      [WEST]: 'unchanged',
      [NORTH]: 'unchanged',
    });
    expect(await writes(simulator)).toEqual({
      'PUT /wholesale/customers/{customerId}': 1,
      'POST /locations': 1,
      'POST /wholesale/subscribers': 1,
    });

    // In three stacks: refused, until the customers are moved, and then there is nothing to do, and nothing is asked.
    await simulator.resetRequests();
    await write(rosterOf(everybody, { stacks: 3 }));
    const refused = await fleet('up');
    expect(refused.run.exitCode).toBe(3);
    expect(refused.run.stderr).toContain('the roster says stacks: 3, but this fleet was made with 2');
    (await fleet('restack')).run.ok();
    expect((await stacks()).some((name) => name.includes('of-2'))).toBe(false);
    const third = await fleet('up', ['--no-policies']);
    third.run.ok();
    expect(new Set(third.report?.stacks.map(({ status }) => status))).toEqual(new Set(['skipped']));
    expect((await simulator.requests()).total).toBe(0);

    // One is gone from the roster, and a policy refuses a change of another one.
    await simulator.resetRequests();
    const fewer = [customerOf(EAST, 3, { allowReplacement: true }), customerOf(PIZZA), customerOf(NORTH)];
    await write(rosterOf(fewer, { stacks: 3 }));
    expect((await fleet('up', ['--no-policies', '--max-removals', '0'])).run.fails().stdout).toContain(
      '1 customer is no longer in the roster (johns-pizza-west)',
    );
    const fourth = await fleet('up');
    fourth.run.fails();
    expect(fourth.customers).toEqual({
      [EAST]: 'failed',
      [PIZZA]: 'unchanged',
      [NORTH]: 'unchanged',
      [WEST]: 'removed',
    });
    expect(fourth.run.stdout).toContain('allowReplacement is true');
    const west = fourth.report?.customers.find(({ externalId }) => externalId === WEST);
    expect(west?.resources.map(({ resource, change }) => `${change} ${resource}`).sort()).toEqual([
      `delete CustomerOrg ${WEST}`,
      `delete Location ${WEST}/San Jose`,
      `delete User ${WEST}/user0@${WEST}.example.com`,
    ]);
    // What the policy said nothing about is done all the same.
    expect(await writes(simulator)).toEqual({
      'POST /wholesale/subscribers': 1,
      'DELETE /wholesale/subscribers/{subscriberId}': 1,
      'DELETE /locations/{locationId}': 1,
      'DELETE /wholesale/customers/{customerId}': 1,
    });
    expect(await counts(simulator)).toEqual({ customers: 3, locations: 3, users: 5 });

    expect((await fleet('destroy')).run.fails().stderr).toContain('repeat the command with --yes');
    (await fleet('destroy', ['--yes'])).run.ok();
    expect(await counts(simulator)).toEqual({ customers: 0, locations: 0, users: 0 });
    expect(await stacks()).toEqual([]);
  }, 300_000);

  async function stacks(): Promise<string[]> {
    const folder = path.join(workspace.folder, 'backend', '.pulumi', 'stacks', 'acme');
    return (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json'));
  }
});

describe('day two of a fleet', () => {
  let workspace: FleetWorkspace;
  afterEach(() => workspace.close());

  it('is one run: a site closes, people swap, a joiner gets the extension of a leaver', async () => {
    workspace = await createFleet();
    const { fleet, write, simulator } = workspace;
    const user = (name: string, extension: string, more: object = {}) => ({
      email: `${name}@${PIZZA}.example.com`,
      extension,
      removal: 'delete',
      ...more,
    });
    const [at, home] = [{ location: 'San Jose' }, { location: 'Head Office' }];
    const before = [user('alice', '101', at), user('john', '102', at), user('andersen', '103'), user('leaver', '104')];
    const site = { name: 'San Jose', calling: { pstn: { displayName: 'Non-integrated CCP' } } };
    await write(rosterOf([customerOf(PIZZA, 0, { users: before, locations: [site] })]));
    (await fleet('up')).run.ok();

    const after = [
      user('alice', '101', home),
      user('john', '103', home),
      user('andersen', '102'),
      user('joiner', '104'),
    ];
    await write(rosterOf([customerOf(PIZZA, 0, { users: after, locations: [] })]));
    expect((await fleet('preview')).customers).toEqual({ [PIZZA]: 'planned' });
    await simulator.resetRequests();
    expect((await fleet('up', ['--parallel-resources', '1'])).customers).toEqual({ [PIZZA]: 'changed' });
    // Preview validates each of the two moves by the same operation; the job is one.
    expect(await writes(simulator)).toMatchObject({ 'POST /telephony/config/jobs/person/moveLocation': 2 + 1 });
    const { people, locations } = (await simulator.control('GET', '/state')) as {
      people: { email: string; extension: string | null; locationId: string | null }[];
      locations: { id: string; name: string }[];
    };
    expect(locations.map(({ name }) => name)).toEqual(['Head Office']);
    const lines = people
      .filter(({ extension }) => extension !== null)
      .map(({ email, extension }) => [email.split('@')[0], extension]);
    expect(Object.fromEntries(lines)).toEqual({ alice: '101', john: '103', andersen: '102', joiner: '104' });
    expect((await fleet('up', ['--no-policies'])).customers).toEqual({ [PIZZA]: 'unchanged' });
  }, 240_000);
});

describe('a roster that is wrong', () => {
  let workspace: FleetWorkspace;
  afterEach(() => workspace.close());

  it('starts nothing', async () => {
    workspace = await createFleet();
    const { fleet, write, simulator, folder } = workspace;
    await write(rosterOf([customerOf(PIZZA), customerOf(PIZZA), customerOf(EAST, 1, { template: 'other' })]));
    const { run, report } = await fleet('up');
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain('there is no template "other"');
    expect(run.stderr).toMatch(/\d problems; nothing was started/);
    expect(report).toBeUndefined();
    expect((await simulator.requests()).total).toBe(0);
    expect(await readdir(path.join(folder, 'backend'))).toEqual([]);
  });
});
