import { describe, expect, test } from 'vitest';
import { WebexApiError, WebexResponseError, WebexUnreachableError } from '../../../provider/webex';
import { retryAfter } from '../../../provider/webex/http/retry-after';
import {
  CUSTOMER,
  ciscoError,
  clientOf,
  closedPort,
  failure,
  NEW_CUSTOMER,
  quickClock,
  type Reply,
  SUBSCRIBER,
  startServer,
  type TestServer,
} from './server';

const ok: Reply = { status: 200, json: CUSTOMER };
const accepted: Reply = { status: 202, json: { url: 'https://webexapis.com/v1/wholesale/customers/Y3VzdG9tZXI' } };
const unavailable = ciscoError(503, 'try later');

describe('a 404', () => {
  const notYet = ciscoError(404, 'not found');

  test('to an object that was made just now is asked again, until it is deleted', async () => {
    const created: Reply = { status: 200, json: { ...SUBSCRIBER, personId: 'p' } };
    const person: Reply = { status: 200, json: { id: 'p', emails: [] } };
    const server = await startServer([created, notYet, notYet, person, notYet, created, created, notYet]);
    const { people, subscribers } = clientOf(server).client;
    const { id } = await subscribers.create({
      customerId: 'c',
      email: 'a@acme.com',
      packages: [],
      provisioningParameters: {},
    });
    expect((await people.get('p')).id).toBe('p');
    expect((await subscribers.get(id)).id).toBe(id);
    await subscribers.remove(id);
    expect((await failure(subscribers.get(id), WebexApiError)).isNotFound).toBe(true);
    expect(server.seen).toHaveLength(8);
  });

  test('to a customer that stays unknown counts in the end', async () => {
    const server = await startServer((_, index) => (index === 0 ? accepted : notYet));
    const { customers } = clientOf(server).client;
    const { id } = await customers.create(NEW_CUSTOMER);
    expect((await failure(customers.get(id), WebexApiError)).isNotFound).toBe(true);
    expect(server.seen).toHaveLength(7);
  });
});

describe('GET', () => {
  test.each<[string, Reply]>([
    ['500', ciscoError(500, 'oops')],
    ['408', ciscoError(408, 'Request Timeout')],
    ['502', { status: 502, text: '<html>Bad Gateway</html>' }],
    ['503', unavailable],
    ['504', ciscoError(504, 'slow')],
    ['a reset', 'reset'],
    ['a truncated answer', 'truncate'],
  ])('is sent again after %s', async (_, reply) => {
    const server = await startServer([reply, reply, ok]);
    const { client, clock } = clientOf(server);
    expect(await client.customers.get('x')).toMatchObject(CUSTOMER);
    expect(server.seen).toHaveLength(3);
    // Full jitter at 0.5: half of 500 ms, half of 1,000 ms.
    expect(clock.slept).toEqual([250, 500]);
  });

  test('gives up after 5 retries', async () => {
    const server = await startServer(() => unavailable);
    const { client } = clientOf(server);
    const error = await failure(client.customers.get('x'), WebexApiError);
    expect(error).toMatchObject({ status: 503, outcomeUnknown: false });
    expect(server.seen).toHaveLength(6);
  });

  test('is not sent again after a 4xx', async () => {
    const server = await startServer([ciscoError(400, 'no')]);
    const { client } = clientOf(server);
    await failure(client.customers.get('x'), WebexApiError);
    expect(server.seen).toHaveLength(1);
  });

  test('waits for the Retry-After of a 503', async () => {
    const server = await startServer([ciscoError(503, 'later', undefined, { 'retry-after': '7' }), ok]);
    const { client, clock } = clientOf(server);
    await client.customers.get('x');
    expect(clock.slept).toEqual([7000]);
  });

  test('fails when the answer does not come in time', async () => {
    const server = await startServer(() => 'hang');
    const { client } = clientOf(server, { requestTimeoutSeconds: 0.03, retryTimeoutSeconds: 0.1 });
    const error = await failure(client.customers.get('x'), WebexUnreachableError);
    expect(error.message).toContain('no complete answer within 0.03 s');
    expect(error.outcomeUnknown).toBe(false);
  });

  test('refuses an endless answer', async () => {
    const server = await startServer(['endless']);
    const { client } = clientOf(server);
    const error = await failure(client.customers.get('x'), WebexResponseError);
    expect(error.message).toContain('more than 33554432 bytes');
    expect(error.outcomeUnknown).toBe(false);
  });
});

describe('POST', () => {
  test.each<[string, Reply]>([
    ['500', ciscoError(500, 'oops')],
    ['501', ciscoError(501, 'oops')],
    ['503 with Retry-After', ciscoError(503, 'later', undefined, { 'retry-after': '1' })],
  ])('that may have arrived is never sent again: %s', async (_, reply) => {
    const server = await startServer([reply, accepted]);
    const { client } = clientOf(server);
    const error = await failure(client.customers.create(NEW_CUSTOMER), WebexApiError);
    expect(error.outcomeUnknown).toBe(true);
    expect(server.seen).toHaveLength(1);
  });

  test.each<Reply>(['reset', 'truncate'])('that may have arrived is never sent again: %s', async (reply) => {
    const server = await startServer([reply, accepted]);
    const { client } = clientOf(server);
    const error = await failure(client.customers.create(NEW_CUSTOMER), WebexUnreachableError);
    expect(error.outcomeUnknown).toBe(true);
    expect(error.message).toContain('Whether the change was made is not known');
    expect(server.seen).toHaveLength(1);
  });

  test('that times out has an unknown outcome', async () => {
    const server = await startServer(() => 'hang');
    const { client } = clientOf(server, { requestTimeoutSeconds: 0.05 });
    const error = await failure(client.customers.create(NEW_CUSTOMER), WebexUnreachableError);
    expect(error.outcomeUnknown).toBe(true);
    expect(server.seen.length).toBeLessThan(2);
  });

  test('that was refused has a known outcome', async () => {
    const server = await startServer([ciscoError(409, 'exists', 10022)]);
    const { client } = clientOf(server);
    const error = await failure(client.customers.create(NEW_CUSTOMER), WebexApiError);
    expect(error).toMatchObject({ isConflict: true, outcomeUnknown: false, code: 10022 });
  });

  test.each([429, 423])('is sent again after %i, because that request had no effect', async (status) => {
    const server = await startServer([ciscoError(status, 'wait', undefined, { 'retry-after': '3' }), accepted]);
    const { client, clock } = clientOf(server);
    expect(await client.customers.create(NEW_CUSTOMER)).toMatchObject({ id: CUSTOMER.id });
    expect(clock.slept).toEqual([3000]);
    expect(server.seen[1]?.body).toBe(server.seen[0]?.body);
  });

  test('that changes nothing (precheck, validation) is retried like GET', async () => {
    const precheck = { status: 200, json: { message: 'success', info: [] } };
    const validation = { status: 200, json: { response: [] } };
    const server = await startServer(['reset', unavailable, precheck, 'reset', validation]);
    const { client } = clientOf(server);
    await client.subscribers.precheck({ email: 'john.anderson@acme.com' });
    const nothing = { userId: 'p', impacts: [], errors: [] };
    expect(await client.moveUsers.validate('org', 'l', { userId: 'p' })).toEqual(nothing);
    expect(server.seen).toHaveLength(5);
  });
});

describe('PUT and DELETE', () => {
  test('are sent again after 5xx and resets', async () => {
    const server = await startServer([unavailable, 'reset', { status: 200, json: SUBSCRIBER }]);
    const { client } = clientOf(server);
    expect(await client.subscribers.update('c3Vi', { packages: ['webex_suite'] })).toMatchObject({ id: 'c3Vi' });
    expect(server.seen.map((request) => request.method)).toEqual(['PUT', 'PUT', 'PUT']);
  });

  test('report an unknown outcome if an earlier try may have taken effect', async () => {
    const server = await startServer(['reset', ciscoError(409, 'another change is under way')]);
    const { client } = clientOf(server);
    const error = await failure(client.customers.update('x', { packages: [] }), WebexApiError);
    expect(error).toMatchObject({ status: 409, outcomeUnknown: true });
  });

  test('give up with an unknown outcome', async () => {
    const server = await startServer(() => 'reset');
    const { client } = clientOf(server);
    const error = await failure(client.people.remove('x'), WebexUnreachableError);
    expect(error.outcomeUnknown).toBe(true);
    expect(server.seen).toHaveLength(6);
  });

  test.each<[string, Reply]>([
    ['a reset', 'reset'],
    ['504', ciscoError(504, 'slow')],
  ])('DELETE that finds nothing after %s has done its work', async (_, first) => {
    const server = await startServer([first, ciscoError(404, 'not found')]);
    const { client } = clientOf(server);
    await client.subscribers.remove('x');
    expect(server.seen).toHaveLength(2);
  });

  test('DELETE that finds nothing at once is an error, and so is one after a 429', async () => {
    const server = await startServer([
      ciscoError(404, 'not found'),
      ciscoError(429, 'wait', undefined, { 'retry-after': '1' }),
      ciscoError(404, 'not found'),
    ]);
    const { client } = clientOf(server);
    expect(await failure(client.subscribers.remove('x'), WebexApiError)).toMatchObject({ isNotFound: true });
    expect(await failure(client.subscribers.remove('x'), WebexApiError)).toMatchObject({ isNotFound: true });
  });
});

describe('waiting', () => {
  test('a 429 holds back every other request, with one warning', async () => {
    const warnings: string[] = [];
    let rejected = false;
    const server = await startServer(() => {
      if (rejected) return ok;
      rejected = true;
      return ciscoError(429, 'wait', undefined, { 'retry-after': '30' });
    });
    const { client, clock } = clientOf(server, { onWarning: (text) => warnings.push(text), maxRequestsInFlight: 1 });
    const begin = clock.now();
    await Promise.all(['a', 'b', 'c'].map((id) => client.customers.get(id)));
    // After the pause one by one, 50 ms apart: another 429 may come.
    expect(Math.round(clock.now() - begin)).toBe(30_100);
    // The one that was turned away goes first.
    expect(server.seen.map((request) => request.path.at(-1))).toEqual(['a', 'a', 'b', 'c']);
    expect(warnings).toEqual(['Webex takes no more requests for now (429): waiting 30 s.']);
  });

  test('a 423 delays no other request', async () => {
    const server = await startServer((_, index) =>
      index === 0 ? ciscoError(423, 'locked', undefined, { 'retry-after': '30' }) : ok,
    );
    const { client } = clientOf(server, { maxRequestsInFlight: 1 });
    await Promise.all(['a', 'b'].map((id) => client.customers.get(id)));
    expect(server.seen.map((request) => request.path.at(-1))).toEqual(['a', 'b', 'a']);
  });

  test('backs off where there is no Retry-After, more each time', async () => {
    const server = await startServer([ciscoError(429, 'wait'), ciscoError(429, 'wait'), ok]);
    const { client, clock } = clientOf(server);
    await client.customers.get('x');
    expect(clock.slept).toEqual([1000, 2000]);
  });

  test('ends when the total retry time would be exceeded', async () => {
    const server = await startServer(() => ciscoError(429, 'wait', undefined, { 'retry-after': '40' }));
    const { client, clock } = clientOf(server, { retryTimeoutSeconds: 100 });
    const begin = clock.now();
    expect(await failure(client.customers.get('x'), WebexApiError)).toMatchObject({ status: 429 });
    expect(clock.now() - begin).toBe(80_000);
    expect(server.seen).toHaveLength(3);
  });

  test.each([
    ['12', 12_000],
    ['0', 100],
    ['1.5', 1500],
    ['Wed, 01 Jan 2025 00:00:20 GMT', 20_000],
    ['Tue, 31 Dec 2024 00:00:00 GMT', 100],
    ['soon', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('reads Retry-After %o', (header, expected) => {
    expect(retryAfter({ 'retry-after': header }, Date.parse('2025-01-01T00:00:00Z'))).toBe(expected);
  });

  test("counts the date of Retry-After from the server's clock, where the two clocks differ", () => {
    const headers = { date: 'Wed, 01 Jan 2025 01:00:00 GMT', 'retry-after': 'Wed, 01 Jan 2025 01:00:05 GMT' };
    expect(retryAfter(headers, Date.parse('2025-01-01T00:00:00Z'))).toBe(5000);
  });
});

describe('a server that is not there', () => {
  test.each([
    ['GET', (client: ReturnType<typeof clientOf>['client']) => client.customers.get('x')],
    ['POST', (client: ReturnType<typeof clientOf>['client']) => client.customers.create(NEW_CUSTOMER)],
  ])('%s fails soon, after 3 retries, with URL and setting', async (_, run) => {
    const url = `http://127.0.0.1:${await closedPort()}`;
    const { client, clock } = clientOf({ url, seen: [], proofs: 0 });
    const error = await failure(run(client), WebexUnreachableError);
    expect(error.message).toContain(`${url}/v1 can't be reached: connection refused`);
    expect(error.message).toContain('WEBEX_BASE_URL');
    expect(error.outcomeUnknown).toBe(false);
    expect(clock.slept).toHaveLength(3);
    expect(clock.slept.reduce((sum, wait) => sum + wait)).toBeLessThan(5000);
  });

  test('but starts meanwhile gets the POST once', async () => {
    const port = await closedPort();
    const started: TestServer[] = [];
    const clock = quickClock();
    const sleep = async (milliseconds: number) => {
      await clock.sleep(milliseconds);
      if (clock.slept.length === 2) started.push(await startServer([accepted], port));
    };
    const { client } = clientOf(
      { url: `http://127.0.0.1:${port}`, seen: [], proofs: 0 },
      { clock: { ...clock, sleep } },
    );
    expect(await client.customers.create(NEW_CUSTOMER)).toMatchObject({ id: CUSTOMER.id });
    expect(clock.slept).toHaveLength(2);
    expect(started[0]?.seen).toHaveLength(1);
  });
});
