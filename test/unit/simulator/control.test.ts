import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { PROVISIONING_ID } from '../../samples/cisco';
import { customerBody, simulator } from './support';

const TEMPLATES = '/simulator/templates';

describe('templates', () => {
  it('start with the documented provisioning ID', async () => {
    const sim = await simulator();
    expect((await sim.get(TEMPLATES)).body).toEqual({
      items: [
        {
          provisioningId: PROVISIONING_ID,
          name: 'Wholesale default',
          country: 'US',
          authentication: { type: 'webex' },
        },
      ],
    });
  });

  it('are made, read, replaced and deleted, and decide about customers', async () => {
    const sim = await simulator();
    const template = {
      name: 'Germany',
      country: 'DE',
      authentication: { type: 'partner', idpEntityId: 'https://idp.example.com', protocol: 'saml' },
      commonSettings: { allowAdminInviteEmails: true },
    };
    const made = await sim.call<{ provisioningId: string }>('POST', TEMPLATES, template);
    expect(made).toMatchObject({ status: 201, body: template });
    const path = `${TEMPLATES}/${made.body.provisioningId}`;
    expect((await sim.call('PUT', path, { name: 'Germany 2', country: 'DE' })).body).toEqual({
      provisioningId: made.body.provisioningId,
      name: 'Germany 2',
      country: 'DE',
      authentication: { type: 'webex' },
    });
    const { provisioningId } = made.body;
    expect((await sim.call('POST', '/wholesale/customers', customerBody({ provisioningId }))).status).toBe(400);
    const address = { ...customerBody().address, country: 'DE' };
    expect((await sim.call('POST', '/wholesale/customers', customerBody({ provisioningId, address }))).status).toBe(
      202,
    );
    expect((await sim.call('DELETE', path)).status).toBe(409);
    const unused = await sim.call<{ provisioningId: string }>('POST', TEMPLATES, template);
    expect((await sim.call('DELETE', `${TEMPLATES}/${unused.body.provisioningId}`)).status).toBe(204);
    expect((await sim.get(`${TEMPLATES}/${unused.body.provisioningId}`)).status).toBe(404);
  });

  it('are free when their last customer is deleted, regardless of reads in between', async () => {
    const sim = await simulator({ provisioningSeconds: 0.05 });
    const made = await sim.call<{ provisioningId: string }>('POST', TEMPLATES, { name: 'Second', country: 'US' });
    const { provisioningId } = made.body;
    const accepted = await sim.call<{ url: string }>('POST', '/wholesale/customers', customerBody({ provisioningId }));
    const customer = `/wholesale/customers/${accepted.body.url.split('/').at(-1)}`;
    await sleep(60);
    expect((await sim.call('DELETE', customer)).status).toBe(202);
    await sleep(60);
    // An answer that is an error takes back what fell due with its request.
    expect((await sim.get(customer)).status).toBe(404);
    expect((await sim.call('DELETE', `${TEMPLATES}/${provisioningId}`)).status).toBe(204);
  });

  it('need the token and every field', async () => {
    const sim = await simulator();
    expect((await fetch(sim.templateApiUrl)).status).toBe(401);
    const broken = await sim.call('POST', TEMPLATES, { name: 'x', country: 'us' });
    expect(broken).toMatchObject({
      status: 400,
      body: { errors: [{ description: expect.stringContaining("'country'") }], trackingId: expect.any(String) },
    });
    expect(
      (await sim.call('POST', TEMPLATES, { name: 'x', country: 'US', authentication: { type: 'partner' } })).status,
    ).toBe(400);
  });

  it('give new organizations their authentication, and attached ones not', async () => {
    const sim = await simulator();
    const authentication = { type: 'partner', idpEntityId: 'https://idp.example.com', protocol: 'oidc' };
    const { body } = await sim.call<{ provisioningId: string }>('POST', TEMPLATES, {
      name: 'x',
      country: 'US',
      authentication,
    });
    const first = await sim.onboard();
    await sim.call('DELETE', `/wholesale/customers/${first.id}`);
    await sim.advance();
    await sim.onboard({ provisioningId: body.provisioningId, orgId: first.orgId, customerInfo: undefined });
    const info = { name: 'New', primaryEmail: 'new@example.com' };
    await sim.onboard({ provisioningId: body.provisioningId, externalId: 'new', customerInfo: info });
    const { organizations } = await sim.state();
    expect(organizations.find(({ id }) => id === first.orgId)).toMatchObject({ authentication: { type: 'webex' } });
    expect(organizations.find(({ displayName }) => displayName === 'New')).toMatchObject({ authentication });
  });
});

describe('request counts', () => {
  it('count API requests by operation; prechecks are no writes', async () => {
    const sim = await simulator();
    await sim.get('/roles');
    await sim.call('POST', '/wholesale/customers', customerBody());
    await sim.call('POST', '/wholesale/customers/validate', customerBody({ externalId: 'x' }));
    await sim.get('/wholesale/customers/bm8');
    await sim.get(TEMPLATES);
    expect((await sim.get('/simulator/requests')).body).toEqual({
      total: 4,
      writes: 1,
      byOperation: {
        'GET /roles': 1,
        'POST /wholesale/customers': 1,
        'POST /wholesale/customers/validate': 1,
        'GET /wholesale/customers/{customerId}': 1,
      },
      byStatus: { 200: 1, 202: 1, 404: 1, 409: 1 },
    });
    const log = (await sim.get<unknown[]>('/simulator/requests/log')).body;
    expect(log[1]).toMatchObject({
      method: 'POST',
      path: '/v1/wholesale/customers',
      status: 202,
      body: { externalId: customerBody().externalId },
    });
    expect(JSON.stringify(log)).not.toContain(sim.token);
    expect((await sim.call('DELETE', '/simulator/requests')).status).toBe(204);
    expect((await sim.get('/simulator/requests')).body).toEqual({
      total: 0,
      writes: 0,
      byOperation: {},
      byStatus: {},
    });
  });
});

describe('faults', () => {
  it('answer with a status and Retry-After, as often as asked for', async () => {
    const sim = await simulator();
    await sim.call('POST', '/simulator/faults', {
      operation: 'GET /roles',
      count: 2,
      status: 429,
      retryAfterSeconds: 3,
    });
    expect((await sim.get('/organizations')).status).toBe(200);
    const limited = await sim.get('/roles');
    expect(limited.status).toBe(429);
    expect(limited.headers.get('retry-after')).toBe('3');
    expect((await sim.get('/simulator/faults')).body).toMatchObject({ items: [{ count: 1 }] });
    expect((await sim.get('/roles')).status).toBe(429);
    expect((await sim.get('/roles')).status).toBe(200);
  });

  it('cut the connection before or after the write took effect', async () => {
    const sim = await simulator();
    for (const [reset, customers] of [
      ['before', 0],
      ['after', 1],
    ] as const) {
      await sim.call('POST', '/simulator/faults', { operation: '*', count: 1, reset });
      await expect(sim.call('POST', '/wholesale/customers', customerBody())).rejects.toThrow();
      expect((await sim.state()).customers).toHaveLength(customers);
    }
    expect((await sim.get<{ status: number }[]>('/simulator/requests/log')).body.map(({ status }) => status)).toEqual([
      0, 0,
    ]);
  });

  it('are refused where they would do nothing, and can be cleared', async () => {
    const sim = await simulator();
    expect((await sim.call('POST', '/simulator/faults', { operation: '*', count: 1 })).status).toBe(400);
    await sim.call('POST', '/simulator/faults', { operation: '*', count: 5, status: 503 });
    expect((await sim.get('/roles')).status).toBe(503);
    await sim.call('DELETE', '/simulator/faults');
    expect((await sim.get('/roles')).status).toBe(200);
  });
});

describe('the database', () => {
  it('survives a restart, with what was under way', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'simulator-'));
    try {
      const database = join(folder, 'data.db');
      const first = await simulator({ database });
      await first.call('POST', '/wholesale/customers', customerBody());
      await first.advance(30);
      const second = await simulator({ database });
      expect((await second.state()).customers).toEqual([expect.objectContaining({ status: 'provisioning' })]);
      await second.advance(31);
      expect((await first.state()).customers).toEqual([expect.objectContaining({ status: 'provisioned' })]);
      expect((await second.state()).templates).toHaveLength(1);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('real time', () => {
  it('provisions after provisioningSeconds', async () => {
    const sim = await simulator({ provisioningSeconds: 0.05 });
    await sim.call('POST', '/wholesale/customers', customerBody());
    await expect.poll(async () => (await sim.state()).customers[0]?.status, { timeout: 2000 }).toBe('provisioned');
  });
});
