import { afterEach, describe, expect, it } from 'vitest';
import {
  backend,
  backendCustomer,
  backendHeadquarters,
  customerOrganizations,
  customerProgram,
  declare,
  headquarters,
  johnsPizza,
  noChange,
  nothingLeft,
} from '../../samples/customer';
import { createWorkspace, type Workspace } from '../harness';

let workspace: Workspace;
afterEach(() => workspace.close());

describe('removal "unlink", the default', () => {
  it('keeps the organization; declared again, orgId or adopt attaches it again', async () => {
    const inputs = johnsPizza({ removal: undefined });
    workspace = await createWorkspace({ program: customerProgram(inputs) });
    (await workspace.up()).ok();
    const before = await backend(workspace);
    const { orgId } = await backendCustomer(workspace);

    (await workspace.destroy()).ok();
    const after = await backend(workspace);
    expect(after.customers).toEqual([]);
    expect(await customerOrganizations(workspace)).toMatchObject([{ id: orgId, mapped: false, people: 1 }]);
    expect(after.people.map(({ id }) => id)).toEqual(before.people.map(({ id }) => id));
    expect(after.locations.map(({ id }) => id)).toEqual(before.locations.map(({ id }) => id));

    // Neither preview nor up attach it silently, and both say how to.
    for (const errors of [(await workspace.preview()).fails().errors, (await workspace.up()).fails().all]) {
      expect(errors).toContain(`Set orgId: "${orgId}" or adopt: true to attach it again`);
    }
    expect((await backend(workspace)).customers).toEqual([]);

    // What the program declares differently now is changed, once the organization is attached.
    const changed = { ...inputs, headquarters: headquarters({ timeZone: 'America/Denver' }), adopt: true };
    await workspace.setProgram(customerProgram(changed));
    expect((await workspace.preview()).ok().planned).toContain('create CustomerOrg johns-pizza');
    (await workspace.up()).ok();
    expect(await backendCustomer(workspace)).toMatchObject({ orgId, status: 'provisioned' });
    expect(await backendHeadquarters(workspace)).toMatchObject({ name: 'Head Office', timeZone: 'America/Denver' });
    expect(await customerOrganizations(workspace)).toHaveLength(1);
    expect(await noChange(workspace)).toEqual({ requests: 0, up: { unchanged: 2 } });
    expect((await workspace.refresh()).ok().changes).toEqual({ unchanged: 2 });
  }, 240_000);
});

describe('removal "delete"', () => {
  it('waits while the organization has users, says that it stays, and deletes it in the next run', async () => {
    const inputs = johnsPizza({ timeouts: { delete: 1 } });
    workspace = await createWorkspace({ program: customerProgram(inputs) });
    (await workspace.up()).ok();
    const { id, orgId } = await backendCustomer(workspace);
    // A former subscriber is still a user of the organization.
    const { simulator } = workspace;
    const subscriber = {
      customerId: id,
      email: 'john.andersen@acme.com',
      packages: ['webex_meetings'],
      provisioningParameters: { firstName: 'John', lastName: 'Andersen' },
    };
    const made = await simulator.api('POST', '/wholesale/subscribers', subscriber);
    expect(made.status).toBe(200);
    const { id: subscriberId, personId } = made.body as { id: string; personId: string };
    expect((await simulator.api('DELETE', `/wholesale/subscribers/${subscriberId}`)).status).toBe(204);

    const failed = (await workspace.destroy()).fails();
    expect(failed.all).toContain('the organization stays');
    expect(failed.all).toContain(orgId);
    expect((await backend(workspace)).customers).toEqual([]);

    expect((await simulator.api('DELETE', `/people/${personId}`)).status).toBe(204);
    (await workspace.destroy()).ok();
    expect(await nothingLeft(workspace)).toBe(true);
  }, 240_000);

  it('says so where the token may not delete organizations', async () => {
    workspace = await createWorkspace({ program: customerProgram(johnsPizza()) });
    (await workspace.up()).ok();
    await workspace.simulator.fault({ operation: 'DELETE /organizations/{orgId}', count: 1, status: 403 });
    const failed = (await workspace.destroy()).fails();
    expect(failed.all).toContain('is not allowed to this token, so the organization stays');
    expect(failed.all).toContain('removal: "unlink"');
    // Once it may, or with unlink, the rest is removed.
    (await workspace.destroy()).ok();
    expect(await nothingLeft(workspace)).toBe(true);
  }, 240_000);

  it('destroyed and made again: a new organization', async () => {
    const inputs = johnsPizza();
    workspace = await createWorkspace({ program: customerProgram(inputs) });
    (await workspace.up()).ok();
    const { orgId } = await backendCustomer(workspace);
    (await workspace.destroy()).ok();
    (await declare(workspace, inputs)).ok();
    expect((await backendCustomer(workspace)).orgId).not.toBe(orgId);
    expect(await customerOrganizations(workspace)).toHaveLength(1);
  }, 240_000);
});
