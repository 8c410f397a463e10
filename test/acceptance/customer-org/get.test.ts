import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXTERNAL_ID, PROVISIONING_ID } from '../../samples/cisco';
import { backendCustomer, customerOrganizations, customerProgram, johnsPizza } from '../../samples/customer';
import { createWorkspace, type Workspace } from '../harness';

/** A program that only looks a customer up. */
function lookUp(id: string): string {
  return `
    const { CustomerOrg } = require('pulumi-webex-wholesale');
    const customer = CustomerOrg.get('looked-up', ${JSON.stringify(id)});
    exports.orgId = customer.orgId;
    exports.externalId = customer.externalId;
    exports.name = customer.name;
    exports.status = customer.status;
    exports.packages = customer.packages;
  `;
}

describe('CustomerOrg.get', () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await createWorkspace({ program: '' });
    const { status } = await workspace.simulator.api('POST', '/wholesale/customers', {
      provisioningId: PROVISIONING_ID,
      externalId: EXTERNAL_ID,
      packages: ['webex_meetings'],
      address: johnsPizza().address,
      customerInfo: { name: "John's Pizza", primaryEmail: 'john.anderson@acme.com' },
    });
    expect(status).toBe(202);
    await workspace.simulator.advanceClock(10);
  });
  afterAll(() => workspace.close());

  it('reads an existing customer and writes nothing', async () => {
    const { id, orgId } = await backendCustomer(workspace);
    await workspace.setProgram(lookUp(id));
    await workspace.simulator.resetRequests();
    (await workspace.up()).ok();
    expect(await workspace.outputs()).toEqual({
      orgId,
      externalId: EXTERNAL_ID,
      name: "John's Pizza",
      status: 'provisioned',
      packages: ['webex_meetings'],
    });
    expect((await workspace.simulator.requests()).writes).toBe(0);
  }, 120_000);

  it('destroy leaves it alone', async () => {
    await workspace.simulator.resetRequests();
    (await workspace.destroy()).ok();
    expect((await workspace.simulator.requests()).writes).toBe(0);
    expect(await customerOrganizations(workspace)).toHaveLength(1);
  }, 120_000);

  it('of an ID that nobody has is an error', async () => {
    const nobody = Buffer.from('ciscospark://us/ENTERPRISE/00000000-0000-4000-8000-000000000000').toString('base64');
    await workspace.setProgram(lookUp(nobody.replace(/=+$/, '')));
    expect((await workspace.up()).fails().all).toContain('Webex has no object with the ID');
  }, 120_000);

  it('a program that gets what another one manages sees what that one changes', async () => {
    // The same simulator, managed from now on.
    const inputs = johnsPizza({ packages: ['webex_meetings'], headquarters: undefined, language: undefined });
    await workspace.setProgram(`${customerProgram(inputs)}
      exports.again = CustomerOrg.get('looked-up', customer.id).externalId;
    `);
    (await workspace.up()).ok();
    expect(await workspace.outputs()).toMatchObject({ again: EXTERNAL_ID });
    (await workspace.destroy()).ok();
    expect(await customerOrganizations(workspace)).toEqual([]);
  }, 120_000);
});
