import { afterEach, describe, expect, it } from 'vitest';
import { TWO_LINE_ADDRESS, WRONG_ID } from '../../samples/cisco';
import {
  backendCustomer,
  backendHeadquarters,
  customerOrganizations,
  customerProgram,
  declare,
  headquarters,
  type Inputs,
  johnsPizza,
  noChange,
  nothingLeft,
  requestsTo,
} from '../../samples/customer';
import { createWorkspace, type Workspace } from '../harness';

let workspace: Workspace;
afterEach(() => workspace.close());

describe('inputs that Webex can not change', () => {
  it('are refused at preview with the reason, and replace the customer only where that is allowed', async () => {
    const inputs = johnsPizza();
    workspace = await createWorkspace({ program: customerProgram(inputs) });
    (await workspace.up()).ok();
    const { id } = await backendCustomer(workspace);

    const changes: Inputs = {
      name: "John's Pasta",
      primaryEmail: 'john.anderson@example.com',
      language: 'fr',
      provisioningId: WRONG_ID,
      onBehalfOfSubPartnerOrgId: 'Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi8xMjM',
    };
    await workspace.setProgram(customerProgram({ ...inputs, ...changes }));
    await workspace.simulator.resetRequests();
    const refused = (await workspace.preview()).fails();
    for (const [property, value] of Object.entries(changes)) {
      expect(refused.errors).toContain(`${property}: can't be changed from`);
      expect(refused.errors).toContain(`to ${JSON.stringify(value)}: Webex has no operation for it`);
    }
    (await workspace.up()).fails();
    expect((await workspace.simulator.requests()).writes).toBe(0);

    const replaced = { ...inputs, name: "John's Pasta", allowReplacement: true };
    await workspace.setProgram(customerProgram(replaced));
    const { planned } = (await workspace.preview()).ok();
    expect(planned).toContain('replace CustomerOrg johns-pizza');
    (await workspace.up()).ok();
    expect((await backendCustomer(workspace)).id).not.toBe(id);
    expect(await customerOrganizations(workspace)).toMatchObject([{ displayName: "John's Pasta" }]);
    expect(await noChange(workspace)).toEqual({ requests: 0, up: { unchanged: 2 } });
  }, 240_000);
});

describe('a sub-partner on whose behalf requests are made', () => {
  /** Every wholesale request since the last reset names the sub-partner. */
  const allOnBehalfOf = async (orgId: string) => {
    const requests = await requestsTo(workspace, /./, /\/wholesale\//);
    expect(requests.length).toBeGreaterThan(0);
    for (const { method, path, query } of requests)
      expect(`${method} ${path} ${decodeURIComponent(query)}`).toContain(`onBehalfOfSubPartnerOrgId=${orgId}`);
  };

  it('is named in every wholesale request, whether given as input or as configuration', async () => {
    workspace = await createWorkspace({ program: '' });
    const subPartner = async (displayName: string) =>
      ((await workspace.simulator.control('POST', '/subPartners', { displayName })) as { orgId: string }).orgId;
    const [first, second] = [await subPartner('example.com'), await subPartner('example.org')];
    (await workspace.pulumi('config', 'set', 'webex-wholesale:onBehalfOfSubPartnerOrgId', first)).ok();

    await workspace.setProgram(customerProgram(johnsPizza()));
    await workspace.simulator.resetRequests();
    (await workspace.preview()).ok();
    (await workspace.up()).ok();
    (await workspace.refresh()).ok();
    await allOnBehalfOf(first);
    expect((await backendCustomer(workspace)).subPartnerOrgId).toBe(first);

    // It is recorded with the resource: destroy needs no configuration.
    (await workspace.pulumi('config', 'rm', 'webex-wholesale:onBehalfOfSubPartnerOrgId')).ok();
    await workspace.simulator.resetRequests();
    (await workspace.destroy()).ok();
    await allOnBehalfOf(first);
    expect((await backendCustomer(workspace).catch(() => undefined))?.id).toBeUndefined();

    const inputs = johnsPizza({ onBehalfOfSubPartnerOrgId: second });
    await workspace.simulator.resetRequests();
    (await declare(workspace, inputs)).ok();
    (await declare(workspace, { ...inputs, packages: ['webex_calling'] })).ok();
    (await workspace.refresh()).ok();
    expect((await backendCustomer(workspace)).subPartnerOrgId).toBe(second);
    (await workspace.destroy()).ok();
    await allOnBehalfOf(second);
    expect(await nothingLeft(workspace).catch(() => false)).toBe(true);
  }, 240_000);
});

describe('configuration refresh: basic', () => {
  it('reads what lists tell, and asks nothing that has no list', async () => {
    const number = '+12145557861';
    const calling = { pstn: { displayName: 'Non-integrated CCP' }, phoneNumbers: [number], mainNumber: number };
    const inputs = johnsPizza({ packageLimits: { webex_calling: 50 }, headquarters: headquarters({ calling }) });
    workspace = await createWorkspace({ program: customerProgram(inputs) });
    (await workspace.pulumi('config', 'set', 'webex-wholesale:refresh', 'basic')).ok();
    (await workspace.up()).ok();
    const { id, orgId } = await backendHeadquarters(workspace);

    await workspace.simulator.resetRequests();
    expect((await workspace.refresh()).ok().changes).toEqual({ unchanged: 2 });
    const asked = Object.keys((await workspace.simulator.requests()).byOperation).sort();
    expect(asked).toEqual([
      'GET /locations',
      'GET /telephony/config/locations',
      'GET /telephony/config/numbers',
      'GET /wholesale/customers/{customerId}',
    ]);

    const numbers = `/telephony/config/locations/${id}/numbers?orgId=${orgId}`;
    await workspace.simulator.api('POST', numbers, { phoneNumbers: ['+12145551321'] });
    (await workspace.refresh()).ok();
    expect((await workspace.preview()).ok().planned).toEqual(['update CustomerOrg johns-pizza']);
    (await workspace.up()).ok();
    expect((await backendHeadquarters(workspace)).numbers).toEqual([number]);
  }, 240_000);
});

describe('an emergency location identifier of the headquarters', () => {
  it('is set with the customer, changed, and put back where somebody changed it', async () => {
    workspace = await createWorkspace({ program: '' });
    // Webex has it for Belgium, Germany and France only.
    const template = { name: 'Wholesale Germany', country: 'DE' };
    const made = await workspace.simulator.control('POST', '/templates', template);
    const { provisioningId } = made as { provisioningId: string };
    const address = { ...TWO_LINE_ADDRESS, country: 'DE' };
    const identified = (emergencyLocationIdentifier: string) =>
      johnsPizza({ provisioningId, address, headquarters: headquarters({ address, emergencyLocationIdentifier }) });

    (await declare(workspace, identified('95547321'))).ok();
    expect(await backendHeadquarters(workspace)).toMatchObject({ emergencyLocationIdentifier: '95547321' });
    (await declare(workspace, identified('95547322'))).ok();
    const { id, orgId, emergencyLocationIdentifier } = await backendHeadquarters(workspace);
    expect(emergencyLocationIdentifier).toBe('95547322');

    const details = `/telephony/config/locations/${id}?orgId=${orgId}`;
    await workspace.simulator.api('PUT', details, { pAccessNetworkInfo: 'Richardson-TX' });
    (await workspace.refresh()).ok();
    expect((await workspace.preview()).ok().planned).toEqual(['update CustomerOrg johns-pizza']);
    (await workspace.up()).ok();
    expect(await backendHeadquarters(workspace)).toMatchObject({ emergencyLocationIdentifier: '95547322' });
    expect(await noChange(workspace)).toEqual({ requests: 0, up: { unchanged: 2 } });
  }, 240_000);
});
