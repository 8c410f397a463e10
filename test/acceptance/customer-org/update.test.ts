import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TWO_LINE_ADDRESS } from '../../samples/cisco';
import {
  backendCustomer,
  customerProgram,
  declare,
  type Inputs,
  johnsPizza,
  noChange,
  requestsTo,
} from '../../samples/customer';
import { createWorkspace, type Workspace } from '../harness';

describe('every changeable input of a customer is changed in place', () => {
  let workspace: Workspace;
  let id: string;
  /** What is declared: each step changes it further. */
  let inputs = johnsPizza({ packageLimits: { webex_calling: 50 }, meetingsTimeZone: 'America/Denver' });
  beforeAll(async () => {
    workspace = await createWorkspace({ program: customerProgram(inputs) });
    (await workspace.up()).ok();
    id = (await backendCustomer(workspace)).id;
  });
  afterAll(() => workspace.close());

  const steps: [string, Inputs, Inputs][] = [
    ['externalId', { externalId: 'c1677a16-557a-4fb4-b48f-24adde57ec00' }, {}],
    ['address', { address: { ...TWO_LINE_ADDRESS, addressLine1: '123 Some St.', addressLine2: undefined } }, {}],
    ['packages, one more', { packages: ['webex_calling', 'webex_meetings', 'webex_suite'] }, {}],
    ['packages, one less', { packages: ['webex_calling', 'webex_suite'] }, {}],
    [
      'packageLimits',
      { packageLimits: { webex_calling: 60, webex_suite: 10 } },
      { limits: { webex_calling: 60, webex_suite: 10 } },
    ],
    [
      'meetingsTimeZone',
      { meetingsTimeZone: 'America/New_York' },
      { parameters: { meetings: { timezone: 'America/New_York' } } },
    ],
  ];
  it.each(steps)(
    '%s',
    async (_what, change, expected) => {
      inputs = { ...inputs, ...change };
      await workspace.setProgram(customerProgram(inputs));
      await workspace.simulator.resetRequests();
      expect((await workspace.up()).ok().changes).toEqual({ updated: 1, unchanged: 1 });

      const customer = await backendCustomer(workspace);
      const visible = Object.keys(expected).length > 0 ? expected : change;
      // As JSON: what is declared as undefined isn't sent.
      expect(customer).toMatchObject(JSON.parse(JSON.stringify(visible)));
      expect(customer).toMatchObject({ id, status: 'provisioned' });
      if (change.address) expect(customer.address).toEqual(JSON.parse(JSON.stringify(change.address)));
      expect((await requestsTo(workspace, /PUT|POST|DELETE/, /./)).map(({ method }) => method)).toEqual(['PUT']);
    },
    120_000,
  );

  it('subPartnerAdminEmail, which Webex takes and never tells', async () => {
    inputs = { ...inputs, subPartnerAdminEmail: 'john.anderson@example.com' };
    await workspace.simulator.resetRequests();
    expect((await declare(workspace, inputs)).ok().changes).toEqual({ updated: 1, unchanged: 1 });
    const [put] = await requestsTo(workspace, /PUT/, /./);
    expect(put?.body).toMatchObject({ subPartnerAdminEmail: 'john.anderson@example.com' });
  }, 120_000);

  it('several at once, in one request', async () => {
    inputs = {
      ...inputs,
      packages: ['webex_calling'],
      packageLimits: { webex_calling: 70 },
      address: TWO_LINE_ADDRESS,
    };
    await workspace.setProgram(customerProgram(inputs));
    expect((await workspace.preview()).ok().planned).toEqual(['update CustomerOrg johns-pizza']);
    await workspace.simulator.resetRequests();
    expect((await workspace.up()).ok().changes).toEqual({ updated: 1, unchanged: 1 });
    expect(await requestsTo(workspace, /PUT/, /./)).toHaveLength(1);
    const customer = await backendCustomer(workspace);
    expect(customer).toMatchObject({ packages: ['webex_calling'], limits: { webex_calling: 70 } });
    expect(customer.address).toEqual(TWO_LINE_ADDRESS);
    expect(await workspace.outputs()).toMatchObject({ packageStatus: { webex_calling: 'provisioned' } });
  }, 120_000);

  it('what only says how the resource is reconciled is recorded without a write', async () => {
    inputs = { ...inputs, timeouts: { create: 600, update: 600, delete: 60 }, adopt: true };
    await workspace.simulator.resetRequests();
    expect((await declare(workspace, inputs)).ok().changes).toEqual({ updated: 1, unchanged: 1 });
    expect((await workspace.simulator.requests()).writes).toBe(0);
  }, 120_000);

  it('a limit that is no longer declared stays as it is', async () => {
    inputs = { ...inputs, packageLimits: undefined };
    expect((await declare(workspace, inputs)).ok().changes).toEqual({ updated: 1, unchanged: 1 });
    expect((await backendCustomer(workspace)).limits).toEqual({ webex_calling: 70 });
  }, 120_000);

  it('and a last run changes nothing and asks nothing', async () => {
    expect(await noChange(workspace)).toEqual({ requests: 0, up: { unchanged: 2 } });
  }, 120_000);
});
