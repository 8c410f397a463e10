import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backend, headquarters, type Inputs, johnsPizza, nothingLeft } from '../../samples/customer';
import { DENVER, phoneNumbers } from '../../samples/program';
import { createWorkspace, type Workspace } from '../harness';

const ADD_NUMBERS = 'POST /telephony/config/locations/{locationId}/numbers';
const calling = { pstn: { displayName: 'Non-integrated CCP' }, phoneNumbers: phoneNumbers(1) };

/** Customers that will stay half-made, each in a way of its own; the last one is whole itself. */
const CUSTOMERS: Record<string, Inputs> = Object.fromEntries(
  ['partly', 'failed', 'reviewed', 'numberless', 'whole'].map((name) => [
    name,
    johnsPizza({
      externalId: name,
      name,
      primaryEmail: `${name}@example.com`,
      ...(name === 'numberless' && { headquarters: headquarters({ calling }) }),
    }),
  ]),
);
const PENDING = {
  email: 'alice.anderson@acme.com',
  firstName: 'Alice',
  lastName: 'Anderson',
  package: 'webex_meetings',
};

const PROGRAM = `
const webex = require('pulumi-webex-wholesale');
const customers = {};
for (const [name, inputs] of Object.entries(${JSON.stringify(CUSTOMERS)})) customers[name] = new webex.CustomerOrg(name, inputs);
const customerId = customers.whole.id;
new webex.Location('denver', { customerId, ...${JSON.stringify({ ...DENVER, calling: {} })} });
new webex.User('alice', { customerId, removal: 'delete', ...${JSON.stringify(PENDING)} });
`;

describe('what stays half-made', () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await createWorkspace({ program: PROGRAM });
  });
  afterAll(() => workspace.close());

  it('is recorded, and told with its package and trackingId', async () => {
    const { simulator } = workspace;
    const errors = {
      kind: 'customer',
      externalId: 'partly',
      status: 'provisioned_with_errors',
      package: 'webex_meetings',
    };
    await simulator.outcome(errors);
    await simulator.outcome({ kind: 'customer', externalId: 'failed', status: 'error', errorCode: 2560 });
    await simulator.outcome({ kind: 'customer', externalId: 'reviewed', status: 'pending_rpl_review' });
    await simulator.outcome({ kind: 'subscriber', email: PENDING.email, status: 'pending_user_migration' });
    await simulator.fault({ operation: ADD_NUMBERS, count: 1, status: 400 });

    const run = (await workspace.up('--continue-on-error')).fails();
    expect(run.all).toMatch(/package webex_meetings is in error: error \d+: .+ \(trackingId \S+\)/);
    expect(run.all).toMatch(/package webex_calling is in error: error 2560: .+ \(trackingId \S+\)/);
    expect(run.all).toMatch(/\/numbers: Webex answered 400: .+ \(trackingId \S+\)/);
    expect(run.all).toContain(`customer "reviewed" waits for Cisco's export control review (RPL)`);
    expect(run.all).toContain(`user ${PENDING.email} is pending migration`);

    const { resources = [] } = (await workspace.stackExport()).deployment;
    const recorded = resources.flatMap(({ id, urn }) => (id ? [urn.split('::').at(-1)] : []));
    expect(recorded).toEqual(expect.arrayContaining([...Object.keys(CUSTOMERS), 'denver', 'alice']));
  }, 240_000);

  it('is destroyed from there; a job that fails is told with its reason, and once that is gone, nothing is left', async () => {
    const { simulator } = workspace;
    const { customers, locations } = await backend(workspace);
    const whole = customers.find(({ externalId }) => externalId === 'whole');
    const denver = locations.find(({ name }) => name === 'Denver');
    // A person outside the program has a phone at the location.
    const made = await simulator.api('POST', '/wholesale/subscribers', {
      customerId: whole?.id,
      email: 'john.andersen@acme.com',
      packages: ['webex_calling'],
      provisioningParameters: { firstName: 'John', lastName: 'Andersen', extension: '51302', locationId: denver?.id },
    });
    const failed = (await workspace.destroy('--continue-on-error')).fails();
    expect(failed.all).toMatch(
      /can't disable calling at location "Denver": 1 user\(s\) are at it \(john\.andersen@acme\.com\); .* \(trackingId \S+\)/,
    );
    const left = await backend(workspace);
    expect(left.customers.map(({ externalId }) => externalId)).toEqual(['whole']);
    expect(left.locations.map(({ name }) => name)).toContain('Denver');

    const { id, personId } = made.body as { id: string; personId: string };
    await simulator.api('DELETE', `/wholesale/subscribers/${id}`);
    await simulator.api('DELETE', `/people/${personId}`);
    (await workspace.destroy()).ok();
    expect(await nothingLeft(workspace)).toBe(true);
    expect((await workspace.stackExport()).deployment.resources ?? []).toEqual([]);
  }, 240_000);
});
