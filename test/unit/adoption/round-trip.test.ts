import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { runFor } from '../../../provider/adoption/cli/run';
import { discover } from '../../../provider/adoption/discover/discover';
import type { FoundCustomer } from '../../../provider/adoption/discover/found';
import { PROVISIONING_ID } from '../../samples/cisco';
import { newFolder } from '../new-folder';
import {
  backend,
  callerOf,
  callingWith,
  customerInputs,
  locationInputs,
  NUMBERS,
  newProcess,
  userInputs,
} from '../reconciliation/support';

// The handlers make objects as for a program. These are discovered and recorded in an empty state: then nothing differs
// from the discovered declaration, nor from the original one.

const simulator = backend();
const folder = newFolder();

const customer = {
  ...customerInputs(),
  packageLimits: { webex_calling: 20 },
  language: 'de',
  meetingsTimeZone: 'America/Denver',
};
const branch = locationInputs('', callingWith([NUMBERS[0], NUMBERS[1]]));
const alice = { ...userInputs('', '51301'), roles: ['Read-only Administrator'] };
const bob = { ...userInputs('', '51302'), phoneNumber: NUMBERS[1], removal: 'delete' as const };
const ids = { customer: '', branch: '', alice: '', bob: '' };
let found: FoundCustomer['declaration'];

beforeAll(async () => {
  const made = await newProcess();
  const { id: customerId } = await made.customerOrg.create(customer);
  const { id: locationId } = await made.location.create({ ...branch, customerId });
  ids.customer = customerId;
  ids.branch = locationId;
  ids.alice = (await made.user.create({ ...alice, customerId })).id;
  ids.bob = (await made.user.create({ ...bob, customerId, locationId })).id;
  const versions = { own: '0.1.0', sdk: '3.270.0' };
  const screen = { isTerminal: false, line: () => {}, status: () => {} };
  const options = { as: 'json' as const, out: folder, externalIds: [], statuses: [], versions };
  await discover(
    runFor(new Map(), () => {}),
    options,
    screen,
  );
  const { customers } = JSON.parse(readFileSync(path.join(folder, 'customers.json'), 'utf8'));
  found = customers[0].declaration;
});

/** Records an object in an empty state, and asks what the next preview would change. */
async function change(kind: 'customerOrg' | 'location' | 'user', id: string, inputs: object): Promise<unknown> {
  await simulator.control('DELETE', '/requests');
  const adopted = await (await newProcess())[kind].import(id, inputs as never);
  const next = (await newProcess())[kind];
  const caller = callerOf('name');
  const checked = await next.check(inputs as never, adopted?.inputs as never, caller);
  expect(checked.failures).toEqual([]);
  const difference = await next.diff(id, adopted?.state as never, checked.inputs as never);
  expect(((await simulator.control('GET', '/requests')) as { writes: number }).writes).toBe(0);
  return difference;
}

it('is unchanged with the original declaration', async () => {
  const { customer: customerId, branch: locationId } = ids;
  expect(await change('customerOrg', ids.customer, customer)).toEqual({ changes: false });
  expect(await change('location', ids.branch, { ...branch, customerId })).toEqual({ changes: false });
  expect(await change('user', ids.alice, { ...alice, customerId })).toEqual({ changes: false });
  expect(await change('user', ids.bob, { ...bob, customerId, locationId })).toEqual({ changes: false });
});

it('is unchanged with the discovered declaration', async () => {
  const { customer: customerId, branch: locationId } = ids;
  const { inputs, locations = [], users = [] } = found ?? {};
  expect(await change('customerOrg', customerId, { ...inputs, provisioningId: PROVISIONING_ID })).toEqual({
    changes: false,
  });
  expect(locations.map(({ id }) => id)).toEqual([ids.branch]);
  for (const { id, inputs: each } of locations) {
    expect(await change('location', id, { ...each, customerId })).toEqual({ changes: false });
  }
  expect(users.map(({ id }) => id).sort()).toEqual([ids.alice, ids.bob].sort());
  for (const { id, inputs: each, location } of users) {
    const at = location === undefined ? {} : { locationId };
    expect(await change('user', id, { ...each, ...at, customerId })).toEqual({ changes: false });
  }
});
