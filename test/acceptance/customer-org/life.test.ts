import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXTERNAL_ID, TWO_LINE_ADDRESS } from '../../samples/cisco';
import {
  backend,
  backendCustomer,
  backendHeadquarters,
  customerOrganizations,
  customerProgram,
  johnsPizza,
  noChange,
  nothingLeft,
  requestsTo,
} from '../../samples/customer';
import { createWorkspace, type Workspace } from '../harness';

describe('a customer organization, from the first preview to the last destroy', () => {
  let workspace: Workspace;
  beforeAll(async () => {
    const inputs = johnsPizza({ packageLimits: { webex_calling: 50 }, meetingsTimeZone: 'America/Denver' });
    workspace = await createWorkspace({ program: customerProgram(inputs) });
  });
  afterAll(() => workspace.close());

  it('preview plans it, asks the precheck, and changes nothing', async () => {
    expect((await workspace.preview()).ok().planned).toEqual([
      'create Stack acceptance-test',
      'create CustomerOrg johns-pizza',
    ]);
    const { byOperation, writes } = await workspace.simulator.requests();
    expect(byOperation).toEqual({ 'POST /wholesale/customers/validate': 1 });
    expect(writes).toBe(0);
    expect(await nothingLeft(workspace)).toBe(true);
  }, 120_000);

  it('up creates it, waits until Webex has provisioned it, and finds its headquarters', async () => {
    await workspace.simulator.resetRequests();
    expect((await workspace.up()).ok().changes).toEqual({ created: 2 });

    const customer = await backendCustomer(workspace);
    const location = await backendHeadquarters(workspace);
    expect(customer).toMatchObject({
      externalId: EXTERNAL_ID,
      status: 'provisioned',
      address: TWO_LINE_ADDRESS,
      packages: ['webex_calling', 'webex_meetings'],
      limits: { webex_calling: 50 },
      parameters: { meetings: { timezone: 'America/Denver' } },
    });
    expect(await customerOrganizations(workspace)).toMatchObject([{ displayName: "John's Pizza", mapped: true }]);
    expect(location).toMatchObject({ name: 'Head Office', timeZone: 'America/Los_Angeles', calling: true });
    expect(await workspace.outputs()).toEqual({
      id: customer.id,
      orgId: customer.orgId,
      status: 'provisioned',
      packageStatus: { webex_calling: 'provisioned', webex_meetings: 'provisioned' },
      headquartersLocationId: location.id,
    });
    // One POST, and nothing that the POST has done already.
    expect((await workspace.simulator.requests()).writes).toBe(1);
    const [post] = await requestsTo(workspace, /POST/, /\/customers$/);
    expect(post?.body).toMatchObject({
      customerInfo: { name: "John's Pizza", primaryEmail: 'john.anderson@acme.com', language: 'en' },
    });
  }, 120_000);

  it('a second run changes nothing and asks nothing', async () => {
    await workspace.simulator.resetRequests();
    expect((await workspace.preview()).ok().planned).toEqual([]);
    expect((await workspace.simulator.requests()).total).toBe(0);
    expect(await noChange(workspace)).toEqual({ requests: 0, up: { unchanged: 2 } });
  }, 120_000);

  it('a refresh writes nothing and finds no difference', async () => {
    await workspace.simulator.resetRequests();
    expect((await workspace.refresh()).ok().changes).toEqual({ unchanged: 2 });
    expect((await workspace.simulator.requests()).writes).toBe(0);
    expect((await workspace.preview()).ok().planned).toEqual([]);
  }, 120_000);

  it('made again after it was removed behind its back', async () => {
    const { id, orgId } = await backendCustomer(workspace);
    expect((await workspace.simulator.api('DELETE', `/wholesale/customers/${id}`)).status).toBe(202);
    await workspace.simulator.advanceClock(10);
    expect((await workspace.simulator.api('DELETE', `/organizations/${orgId}`)).status).toBe(204);
    expect(await nothingLeft(workspace)).toBe(true);

    expect((await workspace.refresh()).ok().changes).toMatchObject({ deleted: 1 });
    expect((await workspace.preview()).ok().planned).toContain('create CustomerOrg johns-pizza');
    expect((await workspace.up()).ok().changes).toMatchObject({ created: 1 });
    const again = await backendCustomer(workspace);
    expect(again.id).not.toBe(id);
    expect(await workspace.outputs()).toMatchObject({ id: again.id, orgId: again.orgId });
  }, 180_000);

  it('destroy with removal "delete" leaves nothing', async () => {
    expect((await workspace.destroy()).ok().changes).toEqual({ deleted: 2 });
    expect(await nothingLeft(workspace)).toBe(true);
    expect((await backend(workspace)).templates).toHaveLength(1);
    expect((await workspace.stackExport()).deployment.resources ?? []).toEqual([]);
  }, 120_000);
});
