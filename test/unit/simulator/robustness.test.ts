import { describe, expect, it } from 'vitest';
import { raw } from './raw';
import { customerBody, type Failure, simulator } from './support';

type Simulator = Awaited<ReturnType<typeof simulator>>;

const head = (sim: Simulator, line: string, more = '') =>
  `${line} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${sim.token}\r\n${more}\r\n`;

/** Each character is a byte. */
const json = (sim: Simulator, body: string, length = body.length) =>
  head(sim, 'POST /v1/people', `Content-Type: application/json\r\nContent-Length: ${length}\r\n`) + body;

describe('requests that no client should send', () => {
  it.each<[string, (sim: Simulator) => string, number]>([
    ['a Host header that is no host', (sim) => head(sim, 'GET /v1/roles').replace('Host: localhost', 'Host: a b'), 400],
    ['no HTTP at all', () => 'hello\r\n\r\n', 400],
    [
      'a chunk of no length',
      (sim) => `${head(sim, 'POST /v1/people', 'Transfer-Encoding: chunked\r\n')}zz\r\n{}\r\n`,
      400,
    ],
    ['headers without end', (sim) => head(sim, 'GET /v1/roles', `X: ${'a'.repeat(40_000)}\r\n`), 431],
    ['the method CONNECT', (sim) => head(sim, 'CONNECT example.com:443'), 400],
    ['the method TRACE', (sim) => head(sim, 'TRACE /v1/roles'), 405],
    ['a method of WebDAV', (sim) => head(sim, 'PROPFIND /v1/roles'), 405],
    ['an expectation that nobody knows', (sim) => head(sim, 'GET /v1/roles', 'Expect: banana\r\n'), 200],
    ['an upgrade', (sim) => head(sim, 'GET /v1/roles', 'Connection: Upgrade\r\nUpgrade: websocket\r\n'), 200],
    ['a target with a host', (sim) => head(sim, 'GET http://webexapis.com/v1/roles'), 200],
    ['two slashes', (sim) => head(sim, 'GET //v1//roles'), 200],
    ['percent-encoding that is none, in a path', (sim) => head(sim, 'GET /v1/people/%E0%A4%A'), 404],
    ['percent-encoding that is none, in a query', (sim) => head(sim, 'GET /v1/people?email=%zz%ff'), 200],
    ['NUL in a path', (sim) => head(sim, 'GET /v1/locations/%00'), 404],
    ['NUL in a query', (sim) => head(sim, 'GET /v1/locations?name=%00'), 200],
    ['a slash within an ID', (sim) => head(sim, 'GET /v1/people/a%2F..%2Fb'), 404],
    ['names of the language in a query', (sim) => head(sim, 'GET /v1/people?__proto__=1&constructor=2&email=a'), 200],
    ['a body where none belongs', (sim) => `${head(sim, 'GET /v1/roles', 'Content-Length: 5\r\n')}hello`, 200],
    ['brackets without end', (sim) => json(sim, '['.repeat(200_000)), 400],
    ['a million brackets', (sim) => json(sim, '['.repeat(500_000) + ']'.repeat(500_000)), 400],
    ['objects in objects', (sim) => json(sim, `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`), 400],
    ['a body of two megabytes', (sim) => json(sim, `"${'a'.repeat(2_000_000)}"`), 413],
    ['bytes that are no UTF-8', (sim) => json(sim, '{"emails":["\xff\xfe@example.com"],"firstName":"x"}'), 200],
    ['a number out of range', (sim) => json(sim, '{"emails":[1e999]}'), 400],
    [
      'a body that is compressed, so it says',
      (sim) => json(sim, '\x1f\x8b\x08').replace('Host: localhost', 'Host: localhost\r\nContent-Encoding: gzip'),
      400,
    ],
  ])('%s: is answered', async (_, bytes, status) => {
    const sim = await simulator();
    const [answer] = await raw(sim.url, bytes(sim));
    expect(answer?.status).toBe(status);
    expect(answer?.head).toMatch(/\r\ntrackingid: ROUTERGW_/i);
    if (status >= 400) {
      const body = JSON.parse(answer?.body ?? '') as Failure;
      expect(body.errors[0]?.description).toEqual(expect.any(String));
      expect(answer?.head).toContain(body.trackingId);
    }
    expect((await sim.get('/roles')).status).toBe(200);
  });

  it('several at once on one connection are answered in their order', async () => {
    const sim = await simulator();
    const answers = await raw(
      sim.url,
      head(sim, 'GET /v1/roles') + json(sim, '{a}') + head(sim, 'GET /v1/organizations'),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 400, 200]);
  });

  it('a body that is cut off takes no effect', async () => {
    const sim = await simulator();
    const body = JSON.stringify({ emails: ['cut@example.com'], firstName: 'Cut' });
    expect(await raw(sim.url, json(sim, body, body.length + 10), 50)).toEqual([]);
    expect((await sim.state()).people).toEqual([]);
  });
});

describe('a wrong method', () => {
  it.each([
    ['DELETE', '/wholesale/customers', 'GET, HEAD, POST'],
    ['PATCH', '/wholesale/customers/validate', 'POST, GET, HEAD, PUT, DELETE'],
    ['PATCH', '/people/x', 'GET, HEAD, PUT, DELETE'],
    ['PUT', '/roles', 'GET, HEAD'],
  ])('%s %s: 405 and the right ones', async (method, path, allow) => {
    const sim = await simulator();
    const { status, headers } = await sim.call(method, path);
    expect([status, headers.get('allow')]).toEqual([405, allow]);
  });
});

describe('texts that a database cannot keep as they are', () => {
  it.each(['\0', 'a\0b', '\ud800', 'x\udfff'])('%j is refused with the field named', async (name) => {
    const sim = await simulator();
    const body = customerBody({ customerInfo: { name, primaryEmail: 'john.anderson@acme.com' } });
    const { status, body: answer } = await sim.call('POST', '/wholesale/customers', body);
    expect(status).toBe(400);
    expect(answer.errors[0]?.description).toContain("'customerInfo.name'");
  });

  it.each(['😀 Pizza', 'Ünï©ødé', "John's; DROP TABLE customers; --", '<b>&amp;'])(
    '%j comes back as it went',
    async (name) => {
      const sim = await simulator();
      await sim.onboard({ customerInfo: { name, primaryEmail: 'john.anderson@acme.com' } });
      expect((await sim.state()).organizations.map(({ displayName }) => displayName)).toContain(name);
    },
  );
});

it('accepts true and false in any case: Python writes True', async () => {
  const sim = await simulator();
  const { id } = await sim.onboard();
  for (const [text, status] of [
    ['True', 200],
    ['FALSE', 200],
    ['yes', 400],
  ] as const)
    expect((await sim.get(`/wholesale/customers/${id}?includePackageLicenseInfo=${text}`)).status).toBe(status);
});
