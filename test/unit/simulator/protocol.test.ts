import { describe, expect, it } from 'vitest';
import { TWO_LINE_LOCATION_ADDRESS as LOCATION_ADDRESS } from '../../samples/cisco';
import { customerBody, locationBody, simulator } from './support';

describe('the protocol', () => {
  it('refuses a missing and a wrong token with 401, in the shape of Webex', async () => {
    const sim = await simulator();
    for (const authorization of [undefined, 'Bearer wrong', sim.token, `Basic ${sim.token}`, `Bearer ${sim.token} x`]) {
      const response = await fetch(`${sim.baseUrl}/roles`, { headers: authorization ? { authorization } : {} });
      expect(response.status).toBe(401);
      const body: unknown = await response.json();
      expect(body).toEqual({
        message: expect.any(String),
        errors: [{ description: expect.any(String) }],
        trackingId: response.headers.get('trackingid'),
      });
    }
  });

  it('answers 404 for an unknown path, 405 for a wrong method, 415 for another media type, 400 for broken JSON', async () => {
    const sim = await simulator();
    expect((await sim.get('/wholesale/nothing')).status).toBe(404);
    expect((await sim.call('DELETE', '/wholesale/customers')).status).toBe(405);
    expect((await sim.call('PATCH', '/roles')).status).toBe(405);
    const post = (contentType: string, body: string) =>
      fetch(`${sim.baseUrl}/wholesale/customers`, {
        method: 'POST',
        headers: { authorization: `Bearer ${sim.token}`, 'content-type': contentType },
        body,
      });
    expect((await post('text/plain', JSON.stringify(customerBody()))).status).toBe(415);
    expect((await post('application/json', '{"a":')).status).toBe(400);
    expect((await post('application/json', '')).status).toBe(400);
    expect((await post('application/json; charset=utf-8', JSON.stringify(customerBody()))).status).toBe(202);
  });

  it('never answers 500, whatever is sent', async () => {
    const sim = await simulator();
    const customer = await sim.onboard();
    const { orgId, id } = customer;
    const bodies: unknown[] = [
      null,
      [],
      'x',
      7,
      { __proto__: null, constructor: 1 },
      { packages: null },
      { phoneNumbers: [null] },
    ];
    const paths = [
      '/wholesale/customers',
      `/wholesale/customers/${id}`,
      '/wholesale/subscribers',
      '/wholesale/subscribers/validate',
    ];
    paths.push('/people', '/locations', '/telephony/config/locations', `/telephony/config/locations/${orgId}/numbers`);
    paths.push(
      '/telephony/config/jobs/locations/deleteCallingLocation',
      '/telephony/config/actions/validateNumbers/invoke',
    );
    for (const path of paths)
      for (const body of bodies)
        for (const method of ['POST', 'PUT', 'DELETE']) {
          // A DELETE without documented body would take effect.
          if (method === 'DELETE' && !path.endsWith('/numbers')) continue;
          expect((await sim.call(method, path, body)).status, `${method} ${path} ${JSON.stringify(body)}`).toBeLessThan(
            500,
          );
        }
    for (const value of ['', 'X', '12', 'ZZZZ', '\u0000', '\ud800', '\u202e', 'x'.repeat(10_000)]) {
      const broken = { country: value, timeZone: value, preferredLanguage: value, name: value, externalId: value };
      const address = { ...customerBody().address, country: value };
      const customer = {
        ...customerBody(),
        ...broken,
        address,
        packages: [value],
        provisioningId: value,
        orgId: value,
      };
      expect((await sim.call('POST', '/wholesale/customers', customer)).status, value).toBe(400);
      const located = { ...locationBody(value), timeZone: value, address: { ...LOCATION_ADDRESS, country: value } };
      expect((await sim.call('POST', '/locations', located)).status, value).toBe(400);
    }
    for (const odd of ['%00', '%ff', '%F0%9F%98%80', 'a'.repeat(5000), "'--", '..%2f', encodeURIComponent('\ud7ff')])
      for (const path of [
        `/wholesale/customers/${odd}`,
        `/people?email=${odd}`,
        `/locations/${odd}`,
        `/wholesale/subscribers?max=${odd}`,
      ])
        expect((await sim.get(path)).status, path).toBeLessThan(500);
  });

  it('names every broken field', async () => {
    const sim = await simulator();
    const answer = await sim.call('POST', '/wholesale/customers', {
      ...customerBody(),
      externalId: 7,
      address: { country: 'us' },
    });
    expect(answer.status).toBe(400);
    const descriptions = answer.body.errors.map(({ description }) => description).join('\n');
    for (const field of ['externalId', 'address.addressLine1', 'address.city', 'address.country'])
      expect(descriptions).toContain(`'${field}'`);
  });

  it('accepts IDs with padding', async () => {
    const sim = await simulator();
    const { id } = await sim.onboard();
    const padded = id.padEnd(Math.ceil(id.length / 4) * 4, '=');
    expect((await sim.get(`/wholesale/customers/${encodeURIComponent(padded)}`)).body).toMatchObject({ id });
  });

  it('shows organizations and roles one by one', async () => {
    const sim = await simulator();
    const { orgId } = await sim.onboard();
    expect((await sim.get(`/organizations/${orgId}`)).body).toMatchObject({ id: orgId, displayName: "John's Pizza" });
    expect((await sim.get<{ items: unknown[] }>('/organizations')).body.items).toHaveLength(2);
    const roles = await sim.roles();
    expect(Object.keys(roles)).toContain('Read-only Administrator');
    expect((await sim.get(`/roles/${roles['Full Administrator']}`)).body).toMatchObject({ name: 'Full Administrator' });
    expect((await sim.get('/roles/bm8')).status).toBe(404);
  });
});
