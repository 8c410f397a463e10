import { describe, expect, it } from 'vitest';
import { customerBody, type Failure, locationBody, type Subscriber, simulator } from './support';

type Simulator = Awaited<ReturnType<typeof simulator>>;

/** Calls the API with another token than the configured one. */
const as =
  (sim: Simulator, token: string) =>
  async <Body = Failure>(method: string, path: string, body?: unknown) => {
    const headers: Record<string, string> = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const base = path.startsWith('/simulator') ? sim.url : sim.baseUrl;
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const response = await fetch(base + path, init);
    const text = await response.text();
    return { status: response.status, body: (text ? JSON.parse(text) : undefined) as Body };
  };

const tokenOf = async (sim: Simulator, request: Record<string, unknown>) =>
  (await sim.call<{ token: string }>('POST', '/simulator/tokens', request)).body.token;

describe('tokens of the control plane', () => {
  it.each([
    ['spark-admin:wholesale_customers_read', 'GET', '/wholesale/customers', 200],
    ['spark-admin:wholesale_customers_read', 'POST', '/wholesale/customers', 403],
    ['spark-admin:wholesale_customers_write', 'GET', '/wholesale/customers', 403],
    ['spark-admin:wholesale_customers_write', 'POST', '/wholesale/customers', 400],
    ['spark-admin:wholesale_customers_read', 'POST', '/wholesale/customers/validate', 400],
    ['spark-admin:wholesale_customers_read', 'GET', '/wholesale/subscribers', 403],
    ['spark-admin:wholesale_subscribers_read', 'GET', '/wholesale/subscribers', 200],
    ['spark-admin:wholesale_subscribers_write', 'DELETE', '/wholesale/subscribers/x', 404],
    ['spark-admin:wholesale_subscribers_read', 'POST', '/subscribers/x/emails/consentMove', 403],
    ['spark-admin:wholesale_sub_partners_read', 'GET', '/wholesale/subPartners', 200],
    ['spark-admin:people_read', 'GET', '/locations', 200],
    ['spark-admin:locations_read', 'POST', '/locations', 403],
    ['spark-admin:locations_write', 'DELETE', '/locations/x', 404],
    ['spark-admin:telephony_config_read', 'GET', '/telephony/config/locations', 200],
    [
      'spark-admin:telephony_config_read',
      'POST',
      '/telephony/config/locations/x/actions/precheckForDeletion/invoke',
      404,
    ],
    ['spark-admin:telephony_config_read', 'POST', '/telephony/config/actions/validateNumbers/invoke', 403],
    ['spark-admin:telephony_pstn_read', 'PUT', '/telephony/pstn/locations/x/connection', 403],
    ['spark-admin:people_read', 'GET', '/people', 200],
    ['spark-admin:people_read', 'DELETE', '/people/x', 403],
    ['spark-admin:roles_read', 'GET', '/licenses', 403],
    ['spark-admin:organizations_read', 'GET', '/organizations', 200],
    ['spark-admin:organizations_read', 'DELETE', '/organizations/x', 403],
  ])('with the scope %s only: %s %s answers %i', async (scope, method, path, status) => {
    const sim = await simulator();
    const call = as(sim, await tokenOf(sim, { scopes: [scope] }));
    expect((await call(method, path, method === 'GET' ? undefined : {})).status).toBe(status);
  });

  it('end when they were to end, by the clock, and when they are taken back', async () => {
    const sim = await simulator();
    const call = as(sim, await tokenOf(sim, { token: 'short', expiresInSeconds: 60 }));
    expect((await call('GET', '/roles')).status).toBe(200);
    await sim.advance(61);
    expect((await call('GET', '/roles')).status).toBe(401);
    const other = as(sim, await tokenOf(sim, { token: 'taken-back' }));
    expect((await other('GET', '/roles')).status).toBe(200);
    expect((await sim.call('DELETE', '/simulator/tokens/taken-back')).status).toBe(204);
    expect((await other('GET', '/roles')).status).toBe(401);
  });
});

describe('service apps', () => {
  const refresh = (sim: Simulator, fields: Record<string, string>) =>
    fetch(`${sim.baseUrl}/access_token`, { method: 'POST', body: new URLSearchParams(fields) });

  it('get an access token for their refresh token, again and again, until it ends', async () => {
    const sim = await simulator();
    const wish = { scopes: ['spark-admin:roles_read'], accessTokenSeconds: 100, refreshTokenSeconds: 1000 };
    const app = await sim.call<Record<string, string>>('POST', '/simulator/serviceApps', wish);
    const { clientId = '', clientSecret = '', refreshToken = '' } = app.body;
    const grant = { grant_type: 'refresh_token', client_id: clientId, client_secret: clientSecret };
    const fields = { ...grant, refresh_token: refreshToken };
    const issue = async () => {
      const response = await refresh(sim, fields);
      expect(response.status).toBe(200);
      return (await response.json()) as Record<string, string>;
    };
    const first = await issue();
    expect(first).toEqual({
      access_token: expect.any(String),
      expires_in: 100,
      refresh_token: refreshToken,
      refresh_token_expires_in: 1000,
      token_type: 'Bearer',
      scope: 'spark-admin:roles_read',
    });
    const call = as(sim, first.access_token ?? '');
    expect((await call('GET', '/roles')).status).toBe(200);
    expect((await call('GET', '/organizations')).status).toBe(403);
    await sim.advance(101);
    expect((await call('GET', '/roles')).status).toBe(401);
    // Each use gives the refresh token its whole life again.
    await sim.advance(800);
    const second = await issue();
    expect(second.access_token).not.toBe(first.access_token);
    await sim.advance(1001);
    expect((await refresh(sim, fields)).status).toBe(400);
  });

  it('are refused with a wrong secret, another grant, another media type, a missing field', async () => {
    const sim = await simulator();
    const app = await sim.call<Record<string, string>>('POST', '/simulator/serviceApps', {});
    const { clientId = '', clientSecret = '', refreshToken = '' } = app.body;
    const right = {
      grant_type: 'refresh_token',
      client_id: clientId,
      client_secret: clientSecret,
      refresh_token: refreshToken,
    };
    expect((await refresh(sim, { ...right, client_secret: 'wrong' })).status).toBe(401);
    expect((await refresh(sim, { ...right, refresh_token: 'wrong' })).status).toBe(400);
    expect((await refresh(sim, { ...right, grant_type: 'password' })).status).toBe(400);
    const { client_id: _, ...missing } = right;
    const answer = (await (await refresh(sim, missing)).json()) as Failure;
    expect(answer.errors[0]?.description).toContain("'client_id'");
    expect((await fetch(`${sim.baseUrl}/access_token`, { method: 'POST', body: 'x' })).status).toBe(415);
    const get = await fetch(`${sim.baseUrl}/access_token`, { headers: { authorization: `Bearer ${sim.token}` } });
    expect(get.status).toBe(405);
  });
});

describe('another partner', () => {
  /** A partner with a template, and one of ours with a customer, a location and a subscriber. */
  async function two() {
    const sim = await simulator();
    const customer = await sim.onboard();
    const location = await sim.location(customer);
    const subscriber = (await sim.subscribe(customer)).body;
    const partner = await sim.call<{ id: string }>('POST', '/simulator/partners', { displayName: 'Another provider' });
    const call = as(sim, await tokenOf(sim, { partnerOrgId: partner.body.id }));
    const template = await call<{ provisioningId: string }>('POST', '/simulator/templates', {
      name: 'Own',
      country: 'US',
    });
    return { sim, customer, location, subscriber, call, ownTemplate: template.body.provisioningId };
  }

  it('may not see or change our objects, by ID', async () => {
    const { sim, customer, location, subscriber, call } = await two();
    const forbidden = [
      ['GET', `/wholesale/customers/${customer.id}`],
      ['PUT', `/wholesale/customers/${customer.id}`, { packages: ['webex_calling'] }],
      ['DELETE', `/wholesale/customers/${customer.id}`],
      ['GET', `/wholesale/subscribers/${subscriber.id}`],
      ['DELETE', `/wholesale/subscribers/${subscriber.id}`],
      ['GET', `/organizations/${customer.orgId}`],
      ['DELETE', `/organizations/${customer.orgId}`],
      ['GET', `/locations?orgId=${customer.orgId}`],
      ['POST', `/locations?orgId=${customer.orgId}`, locationBody('Boston')],
      ['GET', `/licenses?orgId=${customer.orgId}`],
      ['GET', `/telephony/config/jobs/locations/deleteCallingLocation?orgId=${customer.orgId}`],
    ] as const;
    for (const [method, path, body] of forbidden)
      expect(`${path} ${(await call(method, path, body)).status}`).toBe(`${path} 403`);
    const hidden = [
      `/locations/${location}`,
      `/people/${subscriber.personId}`,
      `/simulator/templates/${customerBody().provisioningId}`,
    ];
    for (const path of hidden) expect(`${path} ${(await call('GET', path)).status}`).toBe(`${path} 404`);
    expect((await sim.get(`/wholesale/subscribers/${subscriber.id}`)).status).toBe(200);
  });

  it('finds none of them in any list', async () => {
    const { customer, call } = await two();
    const list = async (path: string) => (await call<{ items: unknown[] }>('GET', path)).body.items;
    expect(await list('/wholesale/customers')).toEqual([]);
    expect(await list(`/wholesale/customers?orgId=${customer.orgId}`)).toEqual([]);
    expect(await list('/wholesale/subscribers')).toEqual([]);
    expect(await list(`/wholesale/subscribers?customerId=${customer.id}`)).toEqual([]);
    expect(await list('/people?email=alice@example.com')).toEqual([]);
    expect(await list('/organizations')).toHaveLength(1);
    expect(await list('/simulator/templates')).toHaveLength(1);
  });

  it('has externalIds of its own, and needs a template of its own', async () => {
    const { call, ownTemplate } = await two();
    const customerInfo = { name: "John's Pizza", primaryEmail: 'john.anderson@example.com' };
    expect((await call('POST', '/wholesale/customers', customerBody({ customerInfo }))).status).toBe(400);
    const own = customerBody({ customerInfo, provisioningId: ownTemplate });
    expect((await call('POST', '/wholesale/customers', own)).status).toBe(202);
    expect((await call('POST', '/wholesale/customers', own)).status).toBe(409);
  });

  it('moves a user of ours only with the consent of that user', async () => {
    const { sim, customer, subscriber, call, ownTemplate } = await two();
    const customerInfo = { name: 'Acme', primaryEmail: 'boss@example.com' };
    const accepted = await call<{ url: string }>(
      'POST',
      '/wholesale/customers',
      customerBody({ customerInfo, provisioningId: ownTemplate }),
    );
    await sim.advance();
    const customerId = accepted.body.url.split('/').pop() ?? '';
    const request = {
      customerId,
      email: 'alice@example.com',
      packages: ['webex_meetings'],
      provisioningParameters: {},
    };
    expect((await call('POST', '/wholesale/subscribers', request)).status).toBe(409);
    await sim.call('DELETE', `/wholesale/subscribers/${subscriber.id}`);
    const pending = await call<Subscriber>('POST', '/wholesale/subscribers', request);
    expect(pending.status).toBe(202);
    expect(pending.body.personId).toBeUndefined();
    await sim.call('POST', '/simulator/consents', { email: 'alice@example.com' });
    expect((await call('GET', `/people/${subscriber.personId}`)).status).toBe(200);
    expect((await sim.get(`/people/${subscriber.personId}`)).status).toBe(404);
    expect((await sim.get(`/organizations/${customer.orgId}`)).status).toBe(200);
  });
});
