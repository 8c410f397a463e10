import { inspect } from 'node:util';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import {
  ConfigurationError,
  credentialsFromEnvironment,
  WebexApiError,
  WebexError,
  WebexResponseError,
  WebexUnreachableError,
} from '../../../provider/webex';
import { redact } from '../../../provider/webex/http/redaction';
import { CUSTOMER, ciscoError, clientOf, failure, NEW_CUSTOMER, type Reply, startServer } from './server';

// What the fuzzers (test/unit/fuzz) have found, or might miss.

describe('an answer that is no answer', () => {
  test('is waited for until the time of the request is over, however busy it looks', async () => {
    const server = await startServer(() => 'drip');
    const { client } = clientOf(server, { requestTimeoutSeconds: 1 });
    const error = await failure(client.customers.create(NEW_CUSTOMER), WebexUnreachableError);
    expect(error.message).toContain('no complete answer within 1 s');
    expect(error.outcomeUnknown).toBe(true);
    expect(server.seen).toHaveLength(1);
  });

  test.each<[string, Exclude<Reply, string>, string]>([
    ['nested too deeply', { status: 200, text: `{"a":${'['.repeat(1_000_000)}` }, 'a body that is nested too deeply'],
    [
      'in no UTF-8',
      { status: 200, text: Buffer.from(JSON.stringify({ ...CUSTOMER, externalId: 'Jörg' }), 'latin1') },
      'a body that is no valid UTF-8',
    ],
    ['with an ID that no path can hold', { status: 200, text: '{"id":"\\ud800","status":"x"}' }, 'id: is no text'],
    ['with an ID that names another path', { status: 200, json: { ...CUSTOMER, id: '..' } }, 'id: names nothing'],
  ])('%s is an error, with the trackingId', async (_, reply, problem) => {
    const server = await startServer([{ ...reply, headers: { trackingid: 'T1' } }]);
    const error = await failure(clientOf(server).client.customers.get('x'), WebexResponseError);
    expect(error.message).toContain(problem);
    expect(error.message).toMatch(/ \(trackingId T1\)$/);
    expect(error.trackingId).toBe('T1');
  });

  test.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ])('that a proxy has compressed (%s) unasked is read, and a broken one is retried', async (encoding, compress) => {
    const text = compress(Buffer.from(JSON.stringify(CUSTOMER)));
    const headers = { 'content-encoding': encoding };
    const broken = { status: 200, text: text.subarray(0, text.length / 2), headers };
    const server = await startServer([broken, { status: 200, text, headers }]);
    expect((await clientOf(server).client.customers.get('x')).id).toBe(CUSTOMER.id);
    expect(server.seen).toHaveLength(2);
  });

  test('a compressed answer is bounded by what it holds', async () => {
    const text = gzipSync(Buffer.alloc(200_000_000, ' '));
    const server = await startServer([{ status: 200, text, headers: { 'content-encoding': 'gzip' } }]);
    const error = await failure(clientOf(server).client.customers.get('x'), WebexResponseError);
    expect(error.message).toMatch(/more than \d+ bytes/);
  });

  test('a byte order mark before the JSON is no part of it', async () => {
    const server = await startServer([{ status: 200, text: `\ufeff${JSON.stringify(CUSTOMER)}` }]);
    expect((await clientOf(server).client.customers.get('x')).id).toBe(CUSTOMER.id);
  });

  test('an error that is nested too deeply is an error all the same', async () => {
    const server = await startServer([{ status: 400, text: `{"message":${'['.repeat(1_000_000)}` }]);
    const error = await failure(clientOf(server).client.customers.get('x'), WebexApiError);
    expect(error.description).toMatch(/^\{"message":\[+…$/);
  });

  test('a place that is no number is not taken for one', async () => {
    const location = { id: 'l', name: 'Denver', latitude: {} };
    const server = await startServer([{ status: 200, json: location }]);
    await failure(clientOf(server).client.locations.get('o', 'l'), WebexResponseError);
  });

  test('a new customer with an invalid ID may have been created', async () => {
    const server = await startServer([
      { status: 202, json: { url: 'https://webexapis.com/v1/wholesale/customers/..' } },
    ]);
    const error = await failure(clientOf(server).client.customers.create(NEW_CUSTOMER), WebexResponseError);
    expect(error.outcomeUnknown).toBe(true);
  });

  test.each(['\ud800', 'a\udc00'])('half of a surrogate pair is no ID, and no request is sent', async (id) => {
    const server = await startServer([]);
    await failure(clientOf(server).client.customers.get(id), WebexError);
    expect(server.seen).toHaveLength(0);
  });
});

describe('a list without an end', () => {
  test.each(['offset', 'link'] as const)('by %s is given up', async (kind) => {
    let next = 0;
    const server = await startServer(() => {
      const items = [{ ...CUSTOMER, id: `c${next++}`, name: 'x' }];
      return { status: 200, json: { items }, headers: { link: `</v1/locations?cursor=${next}>; rel="next"` } };
    });
    const { customers, locations } = clientOf(server).client;
    const list = kind === 'offset' ? customers.list() : locations.list({ orgId: 'o' });
    const error = await failure(list, WebexResponseError);
    expect(error.message).toContain('the list has more than 2500 pages');
    expect(server.seen).toHaveLength(2500);
  });
});

describe('texts of a server', () => {
  test('is shown on one line, cut, and without what a terminal would obey', async () => {
    const description = `\u001b[2Jgone\u0000\n${'x'.repeat(1_000_000)}`;
    const server = await startServer([ciscoError(400, description, undefined, { trackingid: 'y'.repeat(5_000) })]);
    const { message } = await failure(clientOf(server).client.customers.get('x'), WebexApiError);
    expect(message).toMatch(/: \[2Jgone x+… \(trackingId ROUTER_1\)$/);
    expect(message.length).toBeLessThan(700);
  });

  test('in a precheck that refuses with 200 are shown in the same way', async () => {
    const errors = Array.from({ length: 3_000 }, () => ({
      errorCode: 1,
      description: `a\u001b[2J\n${'b'.repeat(90)}`,
    }));
    const server = await startServer([{ status: 200, json: { message: 'failure', errors } }]);
    const { message } = await failure(clientOf(server).client.customers.precheck(NEW_CUSTOMER), WebexApiError);
    expect(message).toMatch(/Webex answered 200: error 1: a \[2J b+; a .*…$/);
    expect(message.length).toBeLessThan(1_200);
  });

  test('about waiting is passed on where it is longer than a request is tried', async () => {
    const server = await startServer([ciscoError(429, 'too many', undefined, { 'retry-after': '31536000' })]);
    const { client, clock } = clientOf(server);
    const { message } = await failure(client.customers.get('x'), WebexApiError);
    expect(message).toContain('too many; Webex asks to try again after 31536000 s');
    expect(clock.slept).toEqual([]);
  });

  const secret = 'ZDI3MGEyYzQ+/&<tNmFlNS00NDNhLWFlNzAtZGVjNjE0MGU1OGZm';
  const forms: [string, string][] = [
    ['as it is', secret],
    ['in a form', new URLSearchParams({ a: secret }).toString()],
    ['in a URL', encodeURIComponent(secret)],
    ['in HTML', `<pre>${secret.replace('&', '&amp;').replace('<', '&lt;')}</pre>`],
    ...[0, 1, 2].map((shift): [string, string] => [
      `in base64, ${shift} bytes after a multiple of three`,
      Buffer.from(`${'x'.repeat(shift)}${secret}`).toString('base64'),
    ]),
    ['in base64 for URLs', Buffer.from(`Bearer ${secret}`).toString('base64url')],
    ['in escapes of JSON', [...secret].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')],
  ];
  // Two characters at an end of base64 depend on the neighbours of the secret: they say nothing of it.
  const telling = (text: string) => text.slice(4, -8);

  test.each(forms)('never holds the token, neither in an error nor in a result: %s', async (_, form) => {
    const token = credentialsFromEnvironment({ WEBEX_ACCESS_TOKEN: secret });
    const server = await startServer([
      {
        status: 400,
        text: `{"errors":[{"description":"${form}"}],"trackingId":"${form}"}`,
        headers: { trackingid: form },
      },
      { status: 400, text: `sent: ${form}` },
      { status: 200, text: `{"id":"x","status":"provisioned","externalId":"${form}"}` },
    ]);
    const { customers } = clientOf(server, { credentials: token }).client;
    for (const text of [
      inspect(await failure(customers.get('x'), WebexApiError), { depth: 9 }),
      inspect(await failure(customers.get('x'), WebexApiError), { depth: 9 }),
      JSON.stringify(await customers.get('x')),
    ]) {
      expect(text).toContain('***');
      expect(text).not.toContain(telling(secret));
      expect(text).not.toContain(telling(form));
    }
  });

  test('a secret that no URL can hold is taken out as well', () => {
    expect(redact('a refresh\ud800token b', ['refresh\ud800token'])).toBe('a *** b');
  });
});

describe('limits that no timer can bear', () => {
  test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e9])(
    '%s seconds are refused',
    async (requestTimeoutSeconds) => {
      const server = await startServer([]);
      expect(() => clientOf(server, { requestTimeoutSeconds })).toThrow(ConfigurationError);
    },
  );

  test('a timeout below a millisecond is reported', async () => {
    const server = await startServer(() => 'hang');
    const { client } = clientOf(server, { requestTimeoutSeconds: 0.0015 });
    await failure(client.customers.get('x'), WebexUnreachableError);
  });
});
