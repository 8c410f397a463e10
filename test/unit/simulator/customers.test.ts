import { describe, expect, it } from 'vitest';
import { TWO_LINE_ADDRESS as ADDRESS } from '../../samples/cisco';
import { type Customer, customerBody, type Failure, simulator } from './support';

const PATH = '/wholesale/customers';

describe('provisioning a customer', () => {
  it('is accepted with a Location and is provisioned when its time has come', async () => {
    const sim = await simulator();
    const accepted = await sim.call<{ url: string }>('POST', PATH, customerBody());
    expect(accepted.status).toBe(202);
    expect(accepted.headers.get('location')).toBe(accepted.body.url);
    const path = accepted.body.url.slice(sim.baseUrl.length);
    const before = await sim.get<Customer>(path);
    expect(before.body).toMatchObject({
      status: 'provisioning',
      packages: ['webex_calling', 'webex_meetings', 'webex_suite'],
    });
    expect(before.body).not.toHaveProperty('orgId');
    await sim.advance(59);
    expect((await sim.get<Customer>(path)).body.status).toBe('provisioning');
    await sim.advance(2);
    const after = (await sim.get<Customer>(path)).body;
    expect(after.status).toBe('provisioned');
    expect(Buffer.from(after.orgId, 'base64').toString()).toMatch(/^ciscospark:\/\/us\/ORGANIZATION\/[0-9a-f-]{36}$/);
    expect(Buffer.from(after.id, 'base64').toString()).toMatch(/^ciscospark:\/\/us\/ENTERPRISE\//);
    expect(after.resourceDetails.packages).toContainEqual({ name: 'webex_suite', status: 'provisioned' });
  });

  it('makes the organization, its first administrator and the enabled headquarters without a PSTN connection', async () => {
    const sim = await simulator();
    const { orgId } = await sim.onboard();
    const state = await sim.state();
    expect(state.organizations.map(({ displayName }) => displayName)).toContain("John's Pizza");
    expect(state.people).toEqual([
      expect.objectContaining({ orgId, email: 'john.anderson@acme.com', roles: ['Full Administrator'], licenses: [] }),
    ]);
    expect(state.locations).toEqual([
      expect.objectContaining({
        name: 'Head Office',
        calling: true,
        pstn: null,
        timeZone: 'America/Los_Angeles',
        preferredLanguage: 'en_us',
        announcementLanguage: 'en_us',
        emergencyLocationIdentifier: '95547321',
      }),
    ]);
  });

  it('makes no location for packages without calling', async () => {
    const sim = await simulator();
    await sim.onboard({ packages: ['webex_meetings'], provisioningParameters: undefined });
    expect((await sim.state()).locations).toEqual([]);
  });

  const refused: [what: string, changes: Record<string, unknown>, status: number, says: string][] = [
    ['an unknown provisioning ID', { provisioningId: 'bm8' }, 400, 'provisioningId'],
    ['no package', { packages: [] }, 400, 'packages'],
    ['an unknown package', { packages: ['webex_everything'] }, 400, 'packages.0'],
    ['a package twice', { packages: ['webex_suite', 'webex_suite'] }, 400, 'twice'],
    [
      'attendant_console alone',
      { packages: ['webex_meetings', 'attendant_console'] },
      400,
      'attendant_console is dependent',
    ],
    ['cisco_calling_plan alone', { packages: ['cisco_calling_plan'] }, 400, 'cisco_calling_plan is dependent'],
    ['calling without a location', { provisioningParameters: {} }, 400, 'provisioningParameters.calling'],
    ['neither customerInfo nor orgId', { customerInfo: undefined }, 400, 'customerInfo'],
    [
      '% in the name',
      { customerInfo: { name: '100% Pizza', primaryEmail: 'a@example.com' } },
      400,
      'customerInfo.name',
    ],
    ['no email', { customerInfo: { name: 'x', primaryEmail: 'nobody' } }, 400, 'customerInfo.primaryEmail'],
    ['a long address line', { address: { ...ADDRESS, addressLine2: 'x'.repeat(51) } }, 400, 'address.addressLine2'],
    ['a country that is none', { address: { ...ADDRESS, country: 'XX' } }, 400, 'address.country'],
    ["a country of another region than the template's", { address: { ...ADDRESS, country: 'DE' } }, 400, 'region'],
    ['an unknown organization', { orgId: 'bm8', customerInfo: undefined }, 400, 'orgId'],
    [
      'a limit below zero',
      {
        provisioningParameters: { ...customerBody().provisioningParameters, packages: { limits: { webex_suite: -1 } } },
      },
      400,
      'limits.webex_suite',
    ],
  ];
  it.each(refused)('refuses %s, also in the precheck', async (_what, changes, status, says) => {
    const sim = await simulator();
    const body = customerBody(changes);
    const answer = await sim.call('POST', PATH, body);
    expect(answer.status).toBe(status);
    expect(answer.body.errors[0]?.description).toContain(says);
    // customerInfo may be left out of a precheck.
    const precheck = await sim.call('POST', `${PATH}/validate`, body);
    if (says === 'customerInfo') expect(precheck.status).toBe(200);
    else expect(precheck.body.message).toBe(answer.body.message);
    expect((await sim.state()).customers).toEqual([]);
  });

  it('accepts a country of the same region', async () => {
    const sim = await simulator();
    expect((await sim.call('POST', PATH, customerBody({ address: { ...ADDRESS, country: 'CA' } }))).status).toBe(202);
  });

  it('refuses an externalId that exists', async () => {
    const sim = await simulator();
    await sim.onboard();
    const again = customerBody({ customerInfo: { name: 'Other', primaryEmail: 'other@example.com' } });
    expect((await sim.call('POST', PATH, again)).status).toBe(409);
    expect((await sim.call('POST', `${PATH}/validate`, again)).status).toBe(409);
  });

  it('refuses a primaryEmail that is a user, with the documented code', async () => {
    const sim = await simulator();
    await sim.onboard();
    const answer = await sim.call('POST', PATH, customerBody({ externalId: 'other' }));
    expect(answer).toMatchObject({ status: 409, body: { errors: [{ errorCode: 10022 }] } });
  });

  it('ends in error where the primaryEmail got a user in the meantime', async () => {
    const sim = await simulator();
    await sim.call('POST', PATH, customerBody());
    await sim.call('POST', '/people', { emails: ['john.anderson@acme.com'], displayName: 'John' });
    await sim.advance();
    expect((await sim.get<{ items: Customer[] }>(PATH)).body.items).toEqual([
      expect.objectContaining({ status: 'error', errors: [expect.objectContaining({ errorCode: 10022 })] }),
    ]);
  });

  it('answers the example of the precheck with infoCode 100', async () => {
    const sim = await simulator();
    const answer = await sim.call('POST', `${PATH}/validate`, {
      address: ADDRESS,
      customerInfo: { primaryEmail: 'john.anderson@acme.com' },
    });
    expect(answer).toMatchObject({ status: 200, body: { message: 'success', info: [{ infoCode: 100 }] } });
  });
});

describe('listing customers', () => {
  it('filters by externalId, orgId and status and pages with offset and max', async () => {
    const sim = await simulator();
    const first = await sim.onboard();
    for (const name of ['b', 'c'])
      await sim.call(
        'POST',
        PATH,
        customerBody({ externalId: name, customerInfo: { name, primaryEmail: `${name}@example.com` } }),
      );
    const ids = async (query: string) =>
      (await sim.get<{ items: { externalId: string }[] }>(`${PATH}?${query}`)).body.items.map(
        (item) => item.externalId,
      );
    expect(await ids('externalId=b')).toEqual(['b']);
    expect(await ids(`orgId=${first.orgId}`)).toEqual([customerBody().externalId]);
    expect(await ids('status=provisioning')).toEqual(['b', 'c']);
    expect(await ids('status=provisioning&status=provisioned')).toHaveLength(3);
    expect(await ids('max=2')).toHaveLength(2);
    expect(await ids('max=2&offset=2')).toEqual(['c']);
    const page = await sim.get(`${PATH}?max=2`);
    expect(page.headers.get('link')).toBe(`<${sim.baseUrl}${PATH}?max=2&offset=2>; rel="next"`);
    expect((await sim.get(`${PATH}?max=many`)).status).toBe(400);
    expect((await sim.get(`${PATH}?status=asleep`)).status).toBe(400);
  });
});

describe('changing a customer', () => {
  it('adds and removes packages, with a state for each while it is under way', async () => {
    const sim = await simulator();
    const { id } = await sim.onboard();
    const packages = ['webex_calling', 'webex_voice'];
    expect((await sim.call('PUT', `${PATH}/${id}`, { packages })).status).toBe(202);
    const during = (await sim.get<Customer>(`${PATH}/${id}`)).body;
    expect(during.status).toBe('updating');
    expect(during.resourceDetails.packages).toEqual([
      { name: 'webex_calling', status: 'provisioned' },
      { name: 'webex_voice', status: 'provisioning' },
      { name: 'webex_meetings', status: 'deleting' },
      { name: 'webex_suite', status: 'deleting' },
    ]);
    expect((await sim.call('PUT', `${PATH}/${id}`, { packages })).status).toBe(409);
    expect((await sim.call('DELETE', `${PATH}/${id}`)).status).toBe(409);
    await sim.advance();
    const after = (await sim.get<Customer>(`${PATH}/${id}`)).body;
    expect(after.resourceDetails.packages.map(({ name, status }) => `${name} ${status}`)).toEqual([
      'webex_calling provisioned',
      'webex_voice provisioned',
    ]);
  });

  it('keeps a package and a limit that are in use', async () => {
    const sim = await simulator();
    const customer = await sim.onboard();
    await sim.subscribe(customer);
    const put = (body: unknown) => sim.call('PUT', `${PATH}/${customer.id}`, body);
    expect((await put({ packages: ['webex_suite'] })).status).toBe(409);
    const limits = (webex_calling: number) => ({
      packages: ['webex_calling'],
      provisioningParameters: { packages: { limits: { webex_calling } } },
    });
    expect((await put(limits(0))).status).toBe(409);
    expect((await put(limits(1))).status).toBe(202);
  });

  it('agrees on licenses in the customer, GET /licenses and the person', async () => {
    const sim = await simulator();
    const parameters = { ...customerBody().provisioningParameters, packages: { limits: { webex_calling: 5 } } };
    const customer = await sim.onboard({ provisioningParameters: parameters });
    const subscriber = (await sim.subscribe(customer)).body;
    const detailed = await sim.get<Customer>(`${PATH}/${customer.id}?includePackageLicenseInfo=true`);
    const ofPackage = detailed.body.resourceDetails.packages.find(({ name }) => name === 'webex_calling')?.licenseIds;
    expect((await sim.person(subscriber.personId)).licenses).toEqual(ofPackage);
    const { items } = (await sim.get<{ items: unknown[] }>(`/licenses?orgId=${customer.orgId}`)).body;
    expect(items).toContainEqual(
      expect.objectContaining({ id: ofPackage?.[0], totalUnits: 5, consumedUnits: 1, consumedByUsers: 1 }),
    );
    expect(items).toHaveLength(3);
  });

  it("has the control plane's outcome, and continues with the next PUT", async () => {
    const sim = await simulator();
    const { externalId } = customerBody();
    await sim.call('POST', '/simulator/outcomes', { kind: 'customer', externalId, status: 'error', errorCode: 2560 });
    const failed = await sim.onboard();
    expect(failed).toMatchObject({ status: 'error', errors: [{ errorCode: 2560 }] });
    expect(failed).not.toHaveProperty('orgId');
    await sim.call('POST', '/simulator/outcomes', {
      kind: 'customer',
      externalId,
      status: 'provisioned_with_errors',
      package: 'webex_suite',
    });
    await sim.call('PUT', `${PATH}/${failed.id}`, { packages: failed.packages });
    await sim.advance();
    const partly = (await sim.get<Customer>(`${PATH}/${failed.id}`)).body;
    expect(partly.status).toBe('provisioned_with_errors');
    expect(partly.resourceDetails.packages).toContainEqual(
      expect.objectContaining({ name: 'webex_suite', status: 'error' }),
    );
    expect(partly.orgId).toBeDefined();
    await sim.call('PUT', `${PATH}/${failed.id}`, { packages: failed.packages });
    await sim.advance();
    expect((await sim.get<Customer>(`${PATH}/${failed.id}`)).body).toMatchObject({
      status: 'provisioned',
      orgId: partly.orgId,
    });
  });

  it('waits for an export-control review', async () => {
    const sim = await simulator();
    const { externalId } = customerBody();
    await sim.call('POST', '/simulator/outcomes', { kind: 'customer', externalId, status: 'pending_rpl_review' });
    const waiting = await sim.onboard();
    await sim.advance(3600);
    expect((await sim.get<Customer>(`${PATH}/${waiting.id}`)).body.status).toBe('pending_rpl_review');
    expect((await sim.call('POST', '/simulator/rplReviews', { externalId })).status).toBe(204);
    await sim.advance();
    expect((await sim.get<Customer>(`${PATH}/${waiting.id}`)).body.status).toBe('provisioned');
    expect((await sim.call('POST', '/simulator/rplReviews', { externalId })).status).toBe(404);
  });
});

describe('removing a customer', () => {
  it('removes the mapping; organization, people and locations stay, the externalId is free', async () => {
    const sim = await simulator();
    const customer = await sim.onboard();
    expect((await sim.call('DELETE', `${PATH}/${customer.id}`)).status).toBe(202);
    expect((await sim.get<Customer>(`${PATH}/${customer.id}`)).body.status).toBe('deleting');
    await sim.advance();
    expect((await sim.get(`${PATH}/${customer.id}`)).status).toBe(404);
    const state = await sim.state();
    expect(state.customers).toEqual([]);
    expect(state.people).toHaveLength(1);
    expect(state.locations).toHaveLength(1);
    expect((await sim.get<{ items: unknown[] }>(`/licenses?orgId=${customer.orgId}`)).body.items).toEqual([]);
  });

  it('is refused while subscribers are mapped', async () => {
    const sim = await simulator();
    const customer = await sim.onboard();
    await sim.subscribe(customer);
    expect((await sim.call('DELETE', `${PATH}/${customer.id}`)).status).toBe(409);
  });

  it('can be attached again by its orgId, with its headquarters and people', async () => {
    const sim = await simulator();
    const first = await sim.onboard();
    await sim.call('DELETE', `${PATH}/${first.id}`);
    await sim.advance();
    const again = await sim.onboard({ orgId: first.orgId, customerInfo: undefined });
    expect(again).toMatchObject({ orgId: first.orgId, status: 'provisioned' });
    expect(again.id).not.toBe(first.id);
    const state = await sim.state();
    expect(state.locations).toHaveLength(1);
    expect(state.people).toHaveLength(1);
    const twice = await sim.call('POST', PATH, customerBody({ externalId: 'x', orgId: first.orgId }));
    expect(twice.status).toBe(409);
  });

  it('lets the organization be deleted once nothing holds it', async () => {
    const sim = await simulator();
    const { id, orgId } = await sim.onboard();
    const remove = () => sim.call<Failure>('DELETE', `/organizations/${orgId}`);
    expect((await remove()).body.message).toContain('active subscriptions or licenses');
    await sim.call('DELETE', `${PATH}/${id}`);
    await sim.advance();
    const second = await sim.call<{ id: string }>('POST', '/people', {
      orgId,
      emails: ['b@example.com'],
      displayName: 'B',
    });
    expect((await remove()).body.message).toContain('more than 1 user');
    await sim.call('DELETE', `/people/${second.body.id}`);
    expect((await remove()).status).toBe(204);
    expect((await sim.state()).locations).toEqual([]);
    expect((await remove()).status).toBe(404);
  });

  it('never deletes the organization of the token', async () => {
    const sim = await simulator();
    const partner = (await sim.state()).organizations.find(({ kind }) => kind === 'partner');
    expect((await sim.call('DELETE', `/organizations/${partner?.id}`)).status).toBe(403);
  });
});

describe('sub-partners', () => {
  it('see their own customers only, and can delete only when suspended', async () => {
    const sim = await simulator();
    const made = await sim.call<{ orgId: string }>('POST', '/simulator/subPartners', { displayName: 'Sub' });
    const behalf = `onBehalfOfSubPartnerOrgId=${made.body.orgId}`;
    const other = await sim.onboard();
    expect((await sim.get(`${PATH}/${other.id}?${behalf}`)).status).toBe(404);
    const own = customerBody({ externalId: 'own', customerInfo: { name: 'Own', primaryEmail: 'own@example.com' } });
    expect((await sim.call('POST', `${PATH}?${behalf}`, own)).status).toBe(202);
    expect((await sim.get<{ items: unknown[] }>(`${PATH}?${behalf}`)).body.items).toHaveLength(1);
    expect((await sim.get(`${PATH}?onBehalfOfSubPartnerOrgId=${other.orgId}`)).status).toBe(403);
    const suspended = await sim.call<{ orgId: string }>('POST', '/simulator/subPartners', {
      displayName: 'Suspended',
      provisioningState: 'suspended',
    });
    const refused = await sim.call(
      'POST',
      `${PATH}?onBehalfOfSubPartnerOrgId=${suspended.body.orgId}`,
      customerBody({ externalId: 'y' }),
    );
    expect(refused.status).toBe(403);
    const list = await sim.get<{ items: unknown[] }>('/wholesale/subPartners?provisioningState=suspended');
    expect(list.body.items).toEqual([
      expect.objectContaining({ orgId: suspended.body.orgId, provisioningState: 'suspended' }),
    ]);
  });
});
