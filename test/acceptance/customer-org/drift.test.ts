import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TWO_LINE_ADDRESS } from '../../samples/cisco';
import {
  type BackendCustomer,
  backendCustomer,
  customerProgram,
  type Inputs,
  johnsPizza,
  noChange,
} from '../../samples/customer';
import { createWorkspace, type Workspace } from '../harness';

describe('what somebody changes of a customer behind its back', () => {
  let workspace: Workspace;
  let declared: BackendCustomer;
  /** PUT of the customer, outside Pulumi. */
  const behind = async (change: Inputs) => {
    const { id, packages } = declared;
    const answer = await workspace.simulator.api('PUT', `/wholesale/customers/${id}`, { packages, ...change });
    expect(answer.status).toBe(202);
    await workspace.simulator.advanceClock(10);
  };
  beforeAll(async () => {
    const program = customerProgram(johnsPizza({ packageLimits: { webex_calling: 50, webex_meetings: 20 } }));
    workspace = await createWorkspace({ program });
    (await workspace.up()).ok();
    declared = await backendCustomer(workspace);
  });
  afterAll(() => workspace.close());

  const recorded = async () => {
    const { resources = [] } = (await workspace.stackExport()).deployment;
    return resources.find(({ urn }) => urn.endsWith('::johns-pizza'))?.inputs ?? {};
  };

  const elsewhere = { ...TWO_LINE_ADDRESS, addressLine2: undefined, city: 'Denver' };
  const three = ['webex_calling', 'webex_meetings', 'webex_suite'];
  const drifts: [string, Inputs, Inputs][] = [
    ['externalId', { externalId: 'somebody-elses-key' }, { externalId: 'somebody-elses-key' }],
    ['address', { address: elsewhere }, { address: elsewhere }],
    ['a package more', { packages: three }, { packages: three }],
    ['a package less', { packages: ['webex_calling'] }, { packages: ['webex_calling'] }],
    [
      'a limit',
      { provisioningParameters: { packages: { limits: { webex_calling: 51, webex_meetings: 20 } } } },
      { packageLimits: { webex_calling: 51, webex_meetings: 20 } },
    ],
  ];
  it.each(drifts)(
    '%s: a refresh records it, and up repairs it',
    async (_what, change, inputs) => {
      await behind(change);
      expect(await backendCustomer(workspace)).not.toEqual(declared);

      expect((await workspace.refresh()).ok().changes).toEqual({ updated: 1, unchanged: 1 });
      expect(await recorded()).toMatchObject(JSON.parse(JSON.stringify(inputs)));
      expect((await workspace.up()).ok().changes).toEqual({ updated: 1, unchanged: 1 });
      const { parameters: _, ...repaired } = await backendCustomer(workspace);
      const { parameters: __, ...wanted } = declared;
      expect(repaired).toEqual(wanted);
    },
    180_000,
  );

  it('what is in another order only is no drift', async () => {
    await behind({ packages: ['webex_meetings', 'webex_calling'] });
    expect((await workspace.refresh()).ok().changes).toEqual({ unchanged: 2 });
    expect((await workspace.preview()).ok().planned).toEqual([]);
  }, 120_000);

  it('and nothing is left of it: the next run changes nothing and asks nothing', async () => {
    expect(await noChange(workspace)).toEqual({ requests: 0, up: { unchanged: 2 } });
  }, 120_000);

  it('a Webex that can not be asked is an error of the refresh, not a customer that is gone', async () => {
    await workspace.simulator.fault({ operation: '*', count: 50, status: 403 });
    const refreshed = (await workspace.refresh()).fails();
    expect(refreshed.all).toContain('403');
    await workspace.simulator.clearFaults();
    expect((await workspace.preview()).ok().planned).toEqual([]);
  }, 120_000);
});
