import { beforeAll, expect, it } from 'vitest';
import type { Declared } from '../../../provider/adoption/adopt/declared';
import { runFor } from '../../../provider/adoption/cli/run';
import { expectedOf } from '../../../provider/adoption/unmanaged/expected';
import { findUnmanaged } from '../../../provider/adoption/unmanaged/find';
import { expectedIn } from '../../../provider/adoption/unmanaged/program';
import { UNKNOWN } from '../../../provider/lifecycle';
import { backend } from '../reconciliation/support';
import { makePartner } from './partner';

const simulator = backend();
let partner: Awaited<ReturnType<typeof makePartner>>;
beforeAll(async () => {
  partner = await makePartner(simulator);
});

const PIZZA = 'c1677a16-557a-4fb4-b48f-24adde57ec99';

/** What a program declares of the customer with everything. */
function declared(users: Record<string, unknown>[] = []) {
  const branch = { name: 'San Jose', calling: { phoneNumbers: ['+12145557001', '+12145557002'] } };
  return expectedOf(
    { externalId: PIZZA, primaryEmail: `Admin@${PIZZA}.example.com`, headquarters: { name: 'Head Office' } },
    [branch],
    [
      { email: 'john.anderson@acme.com', roles: ['Full Administrator'] },
      { email: 'alice.anderson@acme.com' },
      { email: 'branch.reception@acme.com' },
      ...users,
    ],
  );
}

async function found(expected = [declared()]) {
  const run = runFor(new Map(), () => {});
  return (await findUnmanaged(run.webex, expected)).map(({ kind, customer, what }) => `${kind} ${customer} ${what}`);
}

it('tells administrators first, then users, locations and numbers, and customers that nobody declared', async () => {
  await simulator.control('DELETE', '/requests');
  const all = await found();
  expect(all.filter((line) => line.includes(PIZZA))).toEqual([
    `administrator ${PIZZA} john.andersen@acme.com: Read-only Administrator, Device Administrator`,
    `user ${PIZZA} john.andersen@acme.com`,
    `location ${PIZZA} "Warehouse"`,
    `number ${PIZZA} +12145557003 at "San Jose"`,
  ]);
  expect(all.filter((line) => line.startsWith('customer'))).toHaveLength(8);
  expect(((await simulator.control('GET', '/requests')) as { writes: number }).writes).toBe(0);
});

it('finds a declared user who became an administrator, whose roles nobody declared', async () => {
  const { at, pizza } = partner;
  const { items } = (await at.api('GET', `/people?orgId=${pizza.orgId}&email=alice.anderson@acme.com`)) as {
    items: { id: string }[];
  };
  await at.give(items[0]?.id ?? '', ['Full Administrator']);
  expect((await found())[0]).toBe(`administrator ${PIZZA} alice.anderson@acme.com: Full Administrator`);
});

it('is content with what is declared', async () => {
  const roles = ['Read-only Administrator', 'Device Administrator'];
  const all = await found([declared([{ email: 'john.andersen@acme.com', roles }])]);
  expect(all.filter((line) => line.includes('john.andersen'))).toEqual([]);
});

it('takes from a program the locations and users of each customer, recorded or not', () => {
  const of = (kind: Declared['kind'], name: string, inputs: object, customer?: string): Declared => ({
    urn: name,
    kind,
    name,
    inputs: { ...inputs },
    from: customer === undefined ? {} : { customerId: [customer] },
  });
  const alice = { email: 'alice.anderson@acme.com', roles: ['Full Administrator'] };
  const declared = [
    of('CustomerOrg', 'pizza', { externalId: PIZZA, headquarters: { name: 'Head Office' } }),
    of('Location', 'branch', { customerId: 'id-1', name: 'San Jose' }),
    of('User', 'alice', { customerId: 'id-1', ...alice }),
    of('CustomerOrg', 'north', { externalId: 'johns-pizza-north' }),
    of('User', 'bob', { customerId: UNKNOWN, email: 'bob@north.example.com' }, 'north'),
  ];
  const recorded = { urn: 'pizza', kind: 'CustomerOrg' as const, id: 'id-1', isDeclared: true, inputs: {} };
  const listing = { declared, missing: [], components: [], parents: new Map(), recorded: [recorded] };
  expect(expectedIn(listing)).toEqual([
    expectedOf({ externalId: PIZZA, headquarters: { name: 'Head Office' } }, [{ name: 'San Jose' }], [alice]),
    expectedOf({ externalId: 'johns-pizza-north' }, [], [{ email: 'bob@north.example.com' }]),
  ]);
  // A secret would be listed as undeclared.
  const secret = { ...listing, declared: [...declared, of('User', 'eve', { email: '[secret]' }, 'north')] };
  expect(() => expectedIn(secret)).toThrow('User eve: email is secret');
});
