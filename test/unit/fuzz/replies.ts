import fc from 'fast-check';
import type { HttpAnswer } from '../../../provider/webex/http/transport';
import { type Mutation, mutated, mutations } from './hostile';

/** A server's reaction to a request: a changed valid answer, any other answer, or none. */
export type Reply =
  | { kind: 'right'; changes: Mutation[]; headers: Headers }
  | { kind: 'status'; status: number; body: string; headers: Headers }
  | { kind: 'echo'; status: number; form: number; headers: Headers }
  | { kind: 'cut'; at: number }
  | { kind: 'failure'; failure: 'never-sent' | 'certificate' | 'lost' | 'too-large' };

type Headers = Record<string, string>;

const headers: fc.Arbitrary<Headers> = fc
  .record(
    {
      trackingid: fc.constantFrom('ROUTERGW_882b1b3b', '', '\u001b[2J', 'x'.repeat(9_000)),
      'content-type': fc.constantFrom('text/html', 'application/json;charset=utf-16', '', ';;;', '\u001b[2J'),
      'retry-after': fc.constantFrom(
        '0',
        '1',
        '-5',
        'soon',
        '31536000',
        '1e400',
        '99999999999999999999',
        'Thu, 01 Jan 2099 00:00:00 GMT',
        '0.0001',
        '\u0661',
      ),
      link: fc.constantFrom(
        '<https://example.com/v1/people?cursor=1>; rel="next"',
        '</v1/people?__proto__=1&constructor=2&cursor=1>; rel=next',
        '<?>; rel="next"',
        '<'.repeat(2_000),
        '<?x=%ZZ>;rel="next",<?y>;rel="next"',
      ),
      location: fc.constantFrom(
        '/v1/wholesale/customers/abc',
        'https://example.com/',
        '/wholesale/customers/..',
        '/wholesale/customers/%ZZ',
        '/wholesale/customers/%00',
      ),
    },
    { requiredKeys: [] },
  )
  .map((record) => record as Headers);

const status = fc.oneof(
  fc.constantFrom(200, 201, 202, 204, 206, 301, 302, 307, 308, 400, 401, 403, 404, 409, 423, 429, 500, 502, 503, 504),
  fc.integer({ min: 200, max: 599 }),
);

const bodies = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    'null',
    '[]',
    '{}',
    '""',
    '0',
    '<html><head><style>b{}</style></head><body><h1>502 Bad Gateway</h1></body></html>',
    '{"message":"no","errors":[{"description":"\\u001b[2J","errorCode":1}],"trackingId":"\\u0000"}',
    '{"message":7,"errors":"x","trackingId":{}}',
    '{"errors":[null,{"description":null},7]}',
    '{"__proto__":{"items":[]},"constructor":{"prototype":{}}}',
    `{"items":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
    `{"message":"${'x'.repeat(300_000)}"}`,
    `{"errors":[${Array(3_000).fill('{"description":"again and again"}').join()}]}`,
    '\ufeff{"items":[]}',
    '{"items":[{"id":"\\ud800","name":"\\ud800","status":"\\ud800","email":"\\ud800"}]}',
    '{"id":"..","url":"/wholesale/customers/%2E%2E","name":".","status":"."}',
    '{"id":"\\ud800","provisioningId":"\\ud800","name":"x","status":"x","email":"x","locationDeleteStatus":"x"}',
    '<script'.repeat(3_000),
  ),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.jsonValue().map((value) => JSON.stringify(value)),
);

export const reply: fc.Arbitrary<Reply> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ kind: fc.constant('right' as const), changes: mutations, headers }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('status' as const), status, body: bodies, headers }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('echo' as const), status, form: fc.nat(100), headers }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cut' as const), at: fc.nat(300) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('failure' as const),
      failure: fc.constantFrom('never-sent', 'certificate', 'lost', 'too-large'),
    }),
  },
);

/** Reactions to consecutive requests; the last one repeats. */
export const replies: fc.Arbitrary<Reply[]> = fc.array(reply, { minLength: 1, maxLength: 4 });

/** The answer of a reply; undefined if it has none. */
export function answerOf(
  reply: Exclude<Reply, { kind: 'failure' }>,
  right: { status: number; body: unknown },
  echoes: readonly string[],
): HttpAnswer {
  const json = right.body === undefined ? '' : JSON.stringify(right.body);
  switch (reply.kind) {
    case 'right':
      return { status: right.status, headers: reply.headers, body: stringified(mutated(right.body, reply.changes)) };
    case 'status':
      return { status: reply.status, headers: reply.headers, body: reply.body };
    case 'echo': {
      const text = echoes[reply.form % echoes.length] ?? '';
      // Escaped text would be escaped twice.
      const echoed = JSON.stringify(echoing(right.body, text)).replaceAll('\\\\u', '\\u');
      const body = reply.form % 2 ? `<html><pre>${text}</pre></html>` : echoed;
      return { status: reply.status, headers: { ...reply.headers, trackingid: text, location: text }, body };
    }
    case 'cut':
      return { status: right.status, headers: {}, body: json.slice(0, reply.at % Math.max(1, json.length)) };
  }
}

/** Replaces all texts of an answer, and those of Cisco's errors, by an echo. */
function echoing(body: unknown, text: string): unknown {
  const echo = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(echo);
    if (typeof value !== 'object' || value === null) return text;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, echo(inner)]));
  };
  return {
    ...(echo(body ?? {}) as object),
    message: text,
    trackingId: text,
    errors: [{ description: text, errorCode: text }],
  };
}

/** JSON of a value that may be too deep for JSON.stringify. */
function stringified(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return `{"items":${'['.repeat(20_000)}${']'.repeat(20_000)}}`;
  }
}
