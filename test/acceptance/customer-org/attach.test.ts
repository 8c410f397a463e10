import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EXTERNAL_ID, PROVISIONING_ID, TWO_LINE_ADDRESS } from '../../samples/cisco';
import {
  backendCustomer,
  backendHeadquarters,
  customerOrganizations,
  customerProgram,
  declare,
  headquarters,
  johnsPizza,
  noChange,
} from '../../samples/customer';
import { createWorkspace, type Workspace } from '../harness';

let workspace: Workspace;
beforeEach(async () => {
  workspace = await createWorkspace({ program: '' });
});
afterEach(() => workspace.close());

/** A customer that was created outside this program. */
async function madeByHand() {
  const { address: _, ...hq } = headquarters();
  const { status } = await workspace.simulator.api('POST', '/wholesale/customers', {
    provisioningId: PROVISIONING_ID,
    externalId: EXTERNAL_ID,
    packages: ['webex_calling', 'webex_meetings'],
    address: TWO_LINE_ADDRESS,
    customerInfo: { name: "John's Pizza", primaryEmail: 'john.anderson@acme.com' },
    provisioningParameters: {
      calling: { location: { name: hq.name, address: TWO_LINE_ADDRESS, timezone: hq.timeZone, language: hq.language } },
    },
  });
  expect(status).toBe(202);
  await workspace.simulator.advanceClock(10);
  return backendCustomer(workspace);
}

describe('an organization that exists', () => {
  it('is attached by its orgId, with what is declared otherwise changed', async () => {
    const { id, orgId } = await madeByHand();
    expect((await workspace.simulator.api('DELETE', `/wholesale/customers/${id}`)).status).toBe(202);
    await workspace.simulator.advanceClock(10);

    const calling = { pstn: { displayName: 'Non-integrated CCP' }, phoneNumbers: ['+12145557861'] };
    const attached = johnsPizza({
      orgId,
      name: undefined,
      primaryEmail: undefined,
      language: undefined,
      removal: undefined,
      headquarters: headquarters({ language: 'fr_ca', calling }),
    });
    await workspace.setProgram(customerProgram(attached));
    expect((await workspace.preview()).ok().planned).toContain('create CustomerOrg johns-pizza');
    (await workspace.up()).ok();
    expect(await workspace.outputs()).toMatchObject({ orgId, status: 'provisioned' });
    expect((await backendCustomer(workspace)).orgId).toBe(orgId);
    expect(await customerOrganizations(workspace)).toHaveLength(1);
    expect(await backendHeadquarters(workspace)).toMatchObject({
      preferredLanguage: 'fr_ca',
      announcementLanguage: 'fr_ca',
      numbers: ['+12145557861'],
    });
    expect(await noChange(workspace)).toEqual({ requests: 0, up: { unchanged: 2 } });

    (await workspace.destroy()).ok();
    expect(await customerOrganizations(workspace)).toMatchObject([{ id: orgId, mapped: false }]);
  }, 240_000);

  it('has no location of the declared name: the error tells the names that it has', async () => {
    const { id, orgId } = await madeByHand();
    await workspace.simulator.api('DELETE', `/wholesale/customers/${id}`);
    await workspace.simulator.advanceClock(10);
    const inputs = johnsPizza({ orgId, headquarters: headquarters({ name: 'Main Office' }) });
    const failed = (await declare(workspace, inputs)).fails();
    expect(failed.all).toContain('headquarters.name');
    expect(failed.all).toContain('"Head Office"');
    // The customer is recorded, and named rightly it goes on.
    (await declare(workspace, johnsPizza({ orgId }))).ok();
    expect(await workspace.outputs()).toMatchObject({ orgId, status: 'provisioned' });
  }, 240_000);
});

describe('a customer that exists', () => {
  it('is taken over where it is what is declared, with one warning', async () => {
    const { id, orgId } = await madeByHand();
    await workspace.setProgram(customerProgram(johnsPizza()));
    expect((await workspace.preview()).ok().planned).toContain('create CustomerOrg johns-pizza');
    await workspace.simulator.resetRequests();
    expect((await workspace.up()).ok().all).toContain('exists already; it was taken over');
    expect(await workspace.outputs()).toMatchObject({ id, orgId });
    // The POST that was refused, and nothing else.
    expect((await workspace.simulator.requests()).writes).toBe(1);
    expect(await noChange(workspace)).toEqual({ requests: 0, up: { unchanged: 2 } });
  }, 240_000);

  it('is refused with its differences where it differs, unless adopt says otherwise', async () => {
    const { id } = await madeByHand();
    const inputs = johnsPizza({
      address: { ...TWO_LINE_ADDRESS, addressLine1: '123 Some St.' },
      packages: ['webex_calling'],
      headquarters: headquarters({ timeZone: 'America/Denver' }),
    });
    await workspace.setProgram(customerProgram(inputs));
    for (const errors of [(await workspace.preview()).fails().errors, (await workspace.up()).fails().all]) {
      expect(errors).toContain('address.addressLine1 is "771 Alder Drive", declared is "123 Some St."');
      expect(errors).toContain('packages are webex_calling, webex_meetings, declared are webex_calling');
      expect(errors).toContain('adopt: true');
    }
    expect((await backendCustomer(workspace)).packages).toEqual(['webex_calling', 'webex_meetings']);

    (await declare(workspace, { ...inputs, adopt: true })).ok();
    expect(await backendCustomer(workspace)).toMatchObject({
      id,
      packages: ['webex_calling'],
      address: { addressLine1: '123 Some St.' },
    });
    expect(await backendHeadquarters(workspace)).toMatchObject({ timeZone: 'America/Denver' });
    expect(await noChange(workspace)).toEqual({ requests: 0, up: { unchanged: 2 } });
  }, 240_000);
});
