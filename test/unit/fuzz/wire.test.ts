import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWebexClient, credentialsFromEnvironment, WebexError } from '../../../provider/webex';
import { CUSTOMER, quickClock, TOKEN } from '../webex/server';
import { CASES, RUN, TIMEOUT } from './settings';

const BODY = JSON.stringify(CUSTOMER);
const OK = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${BODY.length}\r\nconnection: close\r\n\r\n${BODY}`;
const head = (...lines: string[]) => `HTTP/1.1 200 OK\r\n${lines.map((line) => `${line}\r\n`).join('')}\r\n`;

/** Beginnings of answers that are no HTTP, or break its rules. */
const WRONG = [
  '',
  'SSH-2.0-OpenSSH_9.2\r\n',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  'HTTP/1.1 200\r\n\r\n',
  'HTTP/1.1 999 \r\n\r\n{}',
  'HTTP/1.1 -1 No\r\n\r\n',
  'HTTP/9.9 200 OK\r\n\r\n{}',
  'HTTP/1.1 100 Continue\r\n\r\n'.repeat(3),
  `HTTP/1.1 103 Early Hints\r\n\r\n${OK}`,
  `HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n`,
  head('content-length: 5', 'content-length: 7') + BODY,
  head('content-length: -1') + BODY,
  head('content-length: 99999999999999999999') + BODY,
  head(`content-length: ${BODY.length + 100}`) + BODY,
  head(`content-length: ${BODY.length - 5}`) + BODY,
  `${head('transfer-encoding: chunked')}zz\r\n${BODY}\r\n0\r\n\r\n`,
  `${head('transfer-encoding: chunked')}ffffffffffffffff\r\n${BODY}`,
  `${head('transfer-encoding: chunked')}5\r\n${BODY}\r\n0\r\n\r\n`,
  `${head('content-encoding: gzip', `content-length: ${BODY.length}`)}${BODY}`,
  head(`x: ${'y'.repeat(100_000)}`) + BODY,
  head(...Array.from({ length: 5_000 }, (_, index) => `x-${index}: y`)) + BODY,
  head('no colon here') + BODY,
  head('x: a\u0000b') + BODY,
  head('connection: close') + BODY,
  `${OK}${OK}`,
];

interface Case {
  wrong: number;
  bytes: Uint8Array;
  at: number;
  cut: number;
  how: 'as it is' | 'cut' | 'bytes put in' | 'noise';
}

const cases: fc.Arbitrary<Case> = fc.record({
  wrong: fc.nat(WRONG.length),
  bytes: fc.uint8Array({ minLength: 1, maxLength: 20 }),
  at: fc.nat(400),
  cut: fc.nat(400),
  how: fc.constantFrom('as it is', 'cut', 'bytes put in', 'noise'),
});

let server: Server;
let answer: Buffer;
const sockets = new Set<Socket>();

beforeAll(async () => {
  server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    socket.once('data', () => socket.end(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => server.close(resolve));
});

function clientFor(): ReturnType<typeof createWebexClient> {
  return createWebexClient({
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    credentials: credentialsFromEnvironment({ WEBEX_ACCESS_TOKEN: TOKEN }),
    clock: quickClock(),
    requestTimeoutSeconds: 2,
    retryTimeoutSeconds: 5,
  });
}

describe(`${CASES / 10} answers that are broken on their way`, () => {
  it('are errors of the client or results, and the next request works', { timeout: TIMEOUT }, async () => {
    const client = clientFor();
    const counts = { results: 0, errors: 0 };
    const look = async (made: Case) => {
      answer = bytesOf(made);
      const outcome = await client.customers.get('x').catch((error: unknown) => error);
      if (outcome instanceof WebexError) counts.errors++;
      else if (outcome instanceof Error) throw outcome;
      else counts.results++;
      answer = Buffer.from(OK);
      expect(await client.customers.get('x')).toMatchObject({ id: CUSTOMER.id });
    };
    try {
      await fc.assert(fc.asyncProperty(cases, look), { ...RUN, numRuns: Math.ceil(CASES / 10) });
    } finally {
      await client.close();
    }
    if (CASES >= 500) expect(Math.min(counts.results, counts.errors)).toBeGreaterThan(CASES / 400);
  });
});

function bytesOf({ wrong, bytes, at, cut, how }: Case): Buffer {
  const whole = Buffer.from(WRONG[wrong] ?? OK, 'latin1');
  if (how === 'noise') return Buffer.from(bytes);
  if (how === 'cut') return whole.subarray(0, cut % (whole.length + 1));
  if (how === 'as it is') return whole;
  const place = at % (whole.length + 1);
  return Buffer.concat([whole.subarray(0, place), bytes, whole.subarray(place + (cut % 3))]);
}
