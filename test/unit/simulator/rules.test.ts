import { describe, expect, it } from 'vitest';
import { TWO_LINE_ADDRESS as ADDRESS } from '../../samples/cisco';
import { type Customer, customerBody, simulator } from './support';

describe('a customer', () => {
  it('refuses another change while one is under way, whichever the two are', async () => {
    const sim = await simulator();
    const accepted = await sim.call<{ url: string }>('POST', '/wholesale/customers', customerBody());
    const path = `/wholesale/customers/${accepted.body.url.split('/').pop()}`;
    const packages = ['webex_calling', 'webex_meetings', 'webex_suite'];
    const refused = async (status: string) => {
      expect((await sim.get<Customer>(path)).body.status).toBe(status);
      for (const method of ['PUT', 'DELETE']) {
        const answer = await sim.call(method, path, method === 'PUT' ? { packages } : undefined);
        expect([answer.status, answer.body.message]).toEqual([409, expect.stringContaining(status)]);
      }
    };
    await refused('provisioning');
    expect((await sim.get<Customer>(path)).body.orgId).toBeUndefined();
    await sim.advance();
    expect((await sim.get<Customer>(path)).body.orgId).toEqual(expect.any(String));
    expect((await sim.call('PUT', path, { packages })).status).toBe(202);
    await refused('updating');
    await sim.advance();
    expect((await sim.call('DELETE', path)).status).toBe(202);
    await refused('deleting');
    await sim.advance();
    expect((await sim.get(path)).status).toBe(404);
  });

  it('stays in the region of its template when its address changes', async () => {
    const sim = await simulator();
    const { id, packages } = await sim.onboard();
    const put = (country: string) =>
      sim.call('PUT', `/wholesale/customers/${id}`, { packages, address: { ...ADDRESS, country } });
    const refused = await put('DE');
    expect([refused.status, refused.body.message]).toEqual([400, expect.stringContaining("'address.country'")]);
    expect((await put('CA')).status).toBe(202);
  });
});

describe('the precheck of a subscriber', () => {
  it('reports a customer that is not provisioned yet, also without packages', async () => {
    const sim = await simulator();
    const accepted = await sim.call<{ url: string }>('POST', '/wholesale/customers', customerBody());
    const customerId = accepted.body.url.split('/').pop();
    const precheck = () =>
      sim.call('POST', '/wholesale/subscribers/validate', { customerId, email: 'alice@example.com' });
    expect((await precheck()).status).toBe(409);
    await sim.advance();
    expect((await precheck()).status).toBe(200);
  });

  it('changes nothing, and uses up no outcome', async () => {
    const sim = await simulator();
    const customer = await sim.onboard();
    const outcome = { kind: 'subscriber', email: 'alice@example.com', status: 'pending_user_migration' };
    await sim.call('POST', '/simulator/outcomes', outcome);
    const before = (await sim.get('/simulator/snapshot')).body;
    const request = {
      customerId: customer.id,
      email: 'alice@example.com',
      packages: ['webex_calling'],
      provisioningParameters: { extension: '5221' },
    };
    expect((await sim.call('POST', '/wholesale/subscribers/validate', request)).status).toBe(200);
    expect((await sim.get('/simulator/snapshot')).body).toEqual(before);
    expect((await sim.call('POST', '/wholesale/subscribers', request)).status).toBe(202);
  });
});

it('people are found by role in their own organization only', async () => {
  const sim = await simulator();
  const { orgId } = await sim.onboard();
  const role = (await sim.roles())['Full Administrator'];
  const found = async (query: string) => (await sim.get<{ items: unknown[] }>(`/people?${query}`)).body.items.length;
  const email = 'email=john.anderson@acme.com';
  expect(await found(email)).toBe(1);
  expect(await found(`${email}&roles=${role}`)).toBe(0);
  expect(await found(`${email}&roles=${role}&orgId=${orgId}`)).toBe(1);
});

it('the list of jobs answers 403 for an unknown organization: its document has no 404', async () => {
  const sim = await simulator();
  const path = '/telephony/config/jobs/locations/deleteCallingLocation?orgId=4a5b6c7d-0000-4000-8000-000000000000';
  expect((await sim.get(path)).status).toBe(403);
});

it('a location cannot take the name of another in another case', async () => {
  const sim = await simulator();
  const customer = await sim.onboard();
  await sim.location(customer, 'Denver');
  const boston = await sim.location(customer, 'Boston');
  expect((await sim.call('PUT', `/locations/${boston}`, { name: 'DENVER' })).status).toBe(409);
  expect((await sim.call('PUT', `/locations/${boston}`, { name: 'BOSTON' })).status).toBe(204);
});
