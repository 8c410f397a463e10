import { describe, expect, it } from 'vitest';
import { customerBody, simulator } from './support';

type Simulator = Awaited<ReturnType<typeof simulator>>;

const fault = (sim: Simulator, body: Record<string, unknown>) => sim.call('POST', '/simulator/faults', body);

describe('faults', () => {
  it('meet requests with a probability, the same ones for the same seed', async () => {
    const sim = await simulator();
    const run = async (seed: number) => {
      await sim.call('DELETE', '/simulator/faults');
      await fault(sim, { operation: 'GET /roles', probability: 0.3, seed, status: 503 });
      const statuses: number[] = [];
      for (let index = 0; index < 60; index += 1) statuses.push((await sim.get('/roles')).status);
      return statuses;
    };
    const first = await run(7);
    const met = first.filter((status) => status === 503).length;
    expect(met).toBeGreaterThan(8);
    expect(met).toBeLessThan(30);
    expect(await run(7)).toEqual(first);
    expect(await run(8)).not.toEqual(first);
  });

  it('end after their count also where they have a probability', async () => {
    const sim = await simulator();
    await fault(sim, { operation: '*', probability: 1, count: 2, status: 500 });
    const statuses = [];
    for (let index = 0; index < 4; index += 1) statuses.push((await sim.get('/roles')).status);
    expect(statuses).toEqual([500, 500, 200, 200]);
    expect((await fault(sim, { operation: '*', status: 500 })).status).toBe(400);
  });

  it('answer an error although the write took effect, where that is asked for', async () => {
    const sim = await simulator();
    await fault(sim, { operation: 'POST /wholesale/customers', count: 1, status: 502, applied: true });
    expect((await sim.call('POST', '/wholesale/customers', customerBody())).status).toBe(502);
    expect((await sim.state()).customers).toHaveLength(1);
    await fault(sim, { operation: 'POST /wholesale/customers', count: 1, status: 502 });
    const other = customerBody({ externalId: 'other', customerInfo: { name: 'x', primaryEmail: 'x@example.com' } });
    expect((await sim.call('POST', '/wholesale/customers', other)).status).toBe(502);
    expect((await sim.state()).customers).toHaveLength(1);
  });
});

describe('the rate limit', () => {
  it('is off; then counts a token minute by minute, with Retry-After until the next one', async () => {
    const sim = await simulator();
    expect((await sim.get('/simulator/rateLimit')).body).toEqual({ requestsPerMinute: null, counting: 'windows' });
    await sim.call('PUT', '/simulator/rateLimit', { requestsPerMinute: 3 });
    await sim.call('POST', '/simulator/tokens', { token: 'another' });
    const statuses = [];
    for (let index = 0; index < 4; index += 1) statuses.push((await sim.get('/roles')).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    const refused = await sim.get('/roles');
    const seconds = Number(refused.headers.get('retry-after'));
    expect(seconds).toBeGreaterThan(55);
    expect(seconds).toBeLessThanOrEqual(60);
    const other = await fetch(`${sim.baseUrl}/roles`, { headers: { authorization: 'Bearer another' } });
    expect(other.status).toBe(200);
    await sim.advance(seconds);
    expect((await sim.get('/roles')).status).toBe(200);
    await sim.call('PUT', '/simulator/rateLimit', { requestsPerMinute: null });
    for (let index = 0; index < 5; index += 1) expect((await sim.get('/roles')).status).toBe(200);
  });

  // Three requests at 0 s, one at 30 s: what is taken at 61 s, and how long the first that isn't has to wait.
  it.each([
    ['windows', 6, [200, 200, 200, 200, 200, 200], 0],
    ['sliding', 4, [200, 200, 200, 429], 29],
    // Ten seconds' worth of 6 a minute is one request.
    ['bucket', 6, [200, 429], 10],
  ])('counts by %s where it is asked to', async (counting, requestsPerMinute, expected, wait) => {
    const sim = await simulator();
    await sim.call('PUT', '/simulator/rateLimit', { requestsPerMinute, counting });
    for (let index = 0; index < 3; index += 1) await sim.get('/roles');
    await sim.advance(30);
    await sim.get('/roles');
    await sim.advance(31);
    const answers = [];
    for (let index = 0; index < expected.length; index += 1) answers.push(await sim.get('/roles'));
    expect(answers.map(({ status }) => status)).toEqual(expected);
    const seconds = Number(answers.at(-1)?.headers.get('retry-after') ?? 0);
    expect(Math.abs(seconds - wait)).toBeLessThanOrEqual(1);
  });

  it('refuses a way of counting that there is not', async () => {
    const sim = await simulator();
    const answer = await sim.call('PUT', '/simulator/rateLimit', { requestsPerMinute: 3, counting: 'leaky' });
    expect(answer.status).toBe(400);
  });
});

describe('consent', () => {
  const pend = (sim: Simulator, more: Record<string, unknown> = {}) =>
    sim.call('POST', '/simulator/outcomes', {
      kind: 'subscriber',
      email: 'alice@example.com',
      status: 'pending_user_migration',
      ...more,
    });

  it('is applied at the time in the outcome', async () => {
    const sim = await simulator();
    const customer = await sim.onboard();
    await pend(sim, { consentAfterSeconds: 3600 });
    const { status, body } = await sim.subscribe(customer);
    expect([status, body.status, body.personId]).toEqual([202, 'pending_user_migration', undefined]);
    await sim.advance(3599);
    expect((await sim.get<{ status: string }>(`/wholesale/subscribers/${body.id}`)).body.status).toBe(
      'pending_user_migration',
    );
    await sim.advance(2);
    const after = (await sim.get<{ status: string; personId: string }>(`/wholesale/subscribers/${body.id}`)).body;
    expect(after.status).toBe('provisioned');
    expect((await sim.person(after.personId)).extension).toBe('5221');
  });

  it('is applied at a time that the control plane sets later, or fails with the reason', async () => {
    const sim = await simulator();
    const customer = await sim.onboard();
    await pend(sim);
    const { body } = await sim.subscribe(customer);
    await sim.subscribe(customer, { email: 'quick@example.com' });
    await sim.call('POST', '/simulator/consents', { email: 'alice@example.com', afterSeconds: 10 });
    await sim.advance(11);
    const after = await sim.get<{ status: string; errors: { description: string }[] }>(
      `/wholesale/subscribers/${body.id}`,
    );
    expect(after.status).toBe(200);
    expect(after.body.status).toBe('pending_user_migration');
    expect(after.body.errors[0]?.description).toContain('5221');
  });

  it('is asked for by a mail, that only a pending subscriber gets', async () => {
    const sim = await simulator();
    const customer = await sim.onboard();
    await pend(sim);
    const { body } = await sim.subscribe(customer);
    const path = `/subscribers/${body.id}/emails/consentMove`;
    expect((await sim.call('POST', path)).status).toBe(204);
    const mails = await sim.get<{ items: unknown[] }>('/simulator/mails');
    expect(mails.body.items).toEqual([
      { kind: 'consentMove', to: 'alice@example.com', subscriberId: body.id, at: expect.any(String) },
    ]);
    await sim.call('POST', '/simulator/consents', { email: 'alice@example.com' });
    expect((await sim.call('POST', path)).status).toBe(409);
  });
});

describe('a snapshot', () => {
  it('brings everything back as it was, also what was under way and how many licenses are used', async () => {
    const sim = await simulator();
    const customer = await sim.onboard({
      provisioningParameters: { ...customerBody().provisioningParameters, packages: { limits: { webex_calling: 1 } } },
    });
    await sim.subscribe(customer);
    const pizza = { name: 'x', primaryEmail: 'x@example.com' };
    await sim.call('POST', '/wholesale/customers', customerBody({ externalId: 'other', customerInfo: pizza }));
    const before = await sim.state();
    const snapshot = (await sim.get('/simulator/snapshot')).body;
    await sim.advance();
    const { body: list } = await sim.get<{ items: { id: string }[] }>('/wholesale/subscribers');
    await sim.call('DELETE', `/wholesale/subscribers/${list.items[0]?.id}`);
    expect(await sim.state()).not.toEqual(before);
    expect((await sim.call('PUT', '/simulator/snapshot', snapshot)).status).toBe(204);
    expect(await sim.state()).toEqual(before);
    const full = await sim.subscribe(customer, {
      email: 'bob@example.com',
      provisioningParameters: { extension: '5222' },
    });
    expect([full.status, full.body.message]).toEqual([409, expect.stringContaining('limit of 1')]);
    await sim.advance();
    expect((await sim.state()).customers.map(({ status }) => status)).toEqual(['provisioned', 'provisioned']);
  });

  it("can be restored in another simulator, with the token of the snapshot's partner", async () => {
    const [one, other] = [await simulator(), await simulator()];
    const { id } = await one.onboard();
    await other.call('PUT', '/simulator/snapshot', (await one.get('/simulator/snapshot')).body);
    expect((await other.get(`/wholesale/customers/${id}`)).status).toBe(200);
  });

  it.each([
    ['another version', (it: Record<string, unknown>) => ({ ...it, version: 99 })],
    ['an unknown table', () => ({ version: 2, tables: { nothing: [] } })],
    ['an unknown column', () => ({ version: 2, tables: { roles: [{ id: 'a', name: 'b', 'x) --': 1 }] } })],
    [
      'a missing parent',
      () => ({ version: 2, tables: { licenses: [{ id: 'a', org_id: 'b', package: 'webex_calling' }] } }),
    ],
    [
      'broken JSON in a column',
      (it: Record<string, unknown>) => JSON.parse(JSON.stringify(it).replaceAll('"[]"', '"["')),
    ],
    ['no tables', () => ({ version: 2 })],
  ])('that has %s is refused with 400, and nothing changes', async (_, change) => {
    const sim = await simulator();
    await sim.onboard();
    const before = await sim.state();
    const snapshot = (await sim.get<Record<string, unknown>>('/simulator/snapshot')).body;
    expect((await sim.call('PUT', '/simulator/snapshot', change(snapshot))).status).toBe(400);
    expect(await sim.state()).toEqual(before);
  });
});
