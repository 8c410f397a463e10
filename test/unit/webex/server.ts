import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach } from 'vitest';
import {
  type Clock,
  createWebexClient,
  credentialsFromEnvironment,
  type WebexClient,
  type WebexClientOptions,
} from '../../../provider/webex';
import { PROVISIONING_ID } from '../../samples/cisco';

/** A request as the server saw it. */
export interface Seen {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: string;
}

/** What the server does with a request. */
export type Reply =
  | { status: number; json?: unknown; text?: string | Buffer; headers?: Record<string, string | string[]> }
  /** Ends the connection without an answer. */
  | 'reset'
  /** Never answers. */
  | 'hang'
  /** Sends half of a body, then ends the connection. */
  | 'truncate'
  /** Sends for ever. */
  | 'endless'
  /** Sends for ever, a byte now and then. */
  | 'drip';

/** Replies in this order, or by function. */
export type Script = Reply[] | ((seen: Seen, index: number) => Reply);

export interface TestServer {
  url: string;
  seen: Seen[];
  /** How often GET /people/me was asked; not in `seen`, unless the test answers it. */
  proofs: number;
}

/** What Webex answers to GET /people/me. */
export const ME = { id: 'bWU', orgId: 'cGFydG5lcg', emails: ['john.anderson@acme.com'], displayName: 'John Anderson' };

export const TOKEN = 'test-token-6f2a91';

const cleanups: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

/**
 * Starts a server on 127.0.0.1, on a free port unless one is given; it ends with the test.
 * @param me what GET /people/me gets outside of the script; undefined: the script answers it as well
 */
export async function startServer(
  script: Script,
  port = 0,
  me: Reply | undefined = { status: 200, json: ME },
): Promise<TestServer> {
  const started: TestServer = { url: '', seen: [], proofs: 0 };
  const server = createServer((request, response) => {
    if (request.url !== '/v1/people/me') return void handle(request, response, script, started.seen);
    started.proofs++;
    void handle(request, response, me === undefined ? script : () => me, me === undefined ? started.seen : []);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  cleanups.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  started.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return started;
}

async function handle(request: IncomingMessage, response: ServerResponse, script: Script, seen: Seen[]): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const entry: Seen = {
    method: request.method ?? '',
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body: Buffer.concat(chunks).toString(),
  };
  seen.push(entry);
  const index = seen.length - 1;
  const reply = typeof script === 'function' ? script(entry, index) : script[index];
  if (reply === 'hang') return;
  if (reply === 'reset') {
    request.socket.destroy();
  } else if (reply === 'truncate') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write('{"items":[', () => request.socket.destroy());
  } else if (reply === 'endless') {
    response.writeHead(200, { 'content-type': 'application/json' });
    const block = Buffer.alloc(1024 * 1024, 32);
    const write = () => response.destroyed || response.write(block, () => setImmediate(write));
    write();
  } else if (reply === 'drip') {
    response.writeHead(200, { 'content-type': 'application/json' });
    const timer = setInterval(() => response.write(' '), 5);
    response.on('close', () => clearInterval(timer));
  } else if (reply === undefined) {
    response.writeHead(418).end('the script of the test has no reply left');
  } else {
    const text = reply.json === undefined ? (reply.text ?? '') : JSON.stringify(reply.json);
    response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers }).end(text);
  }
}

/** A port of 127.0.0.1 on which no server listens. */
export async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A clock that does not wait: sleeping moves it on, and is written down. */
export function quickClock(random = 0.5): Clock & { slept: number[] } {
  let now = Date.parse('2025-01-01T00:00:00Z');
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    random: () => random,
    sleep: async (milliseconds) => {
      slept.push(milliseconds);
      // Not at once, so that other callers can begin to wait for the same moment.
      await new Promise((resolve) => setImmediate(resolve));
      now += milliseconds;
    },
  };
}

/** A client of a server, with a quick clock; closed with the test. */
export function clientOf(
  server: TestServer,
  options: Partial<WebexClientOptions> = {},
): { client: WebexClient; clock: ReturnType<typeof quickClock> } {
  const clock = quickClock();
  const client = createWebexClient({
    baseUrl: `${server.url}/v1`,
    credentials: credentialsFromEnvironment({ WEBEX_ACCESS_TOKEN: TOKEN }),
    clock,
    ...options,
  });
  cleanups.push(() => client.close());
  return { client, clock };
}

/** The error that a promise fails with; fails itself where it is of another class. */
export async function failure<E extends Error>(
  promise: Promise<unknown>,
  type: abstract new (...args: never[]) => E,
): Promise<E> {
  const outcome = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (outcome instanceof type) return outcome;
  throw new Error(`expected ${type.name}, got ${outcome === undefined ? 'success' : outcome}`);
}

/** Cisco's error shape. */
export function ciscoError(
  status: number,
  description: string,
  errorCode?: number,
  headers?: Record<string, string>,
): Exclude<Reply, string> {
  const errors = [{ description, ...(errorCode !== undefined && { errorCode }) }];
  return { status, json: { message: 'refused', errors, trackingId: 'ROUTER_1' }, headers };
}

export const CUSTOMER = {
  id: 'Y3VzdG9tZXI',
  externalId: 'c1677a16-557a-4fb4-b48f-24adde57ec99',
  status: 'provisioned',
  packages: ['webex_calling'],
};

export const SUBSCRIBER = {
  id: 'c3Vi',
  email: 'john.anderson@acme.com',
  customerId: CUSTOMER.id,
  status: 'provisioned',
  packages: ['webex_calling'],
};

export const NEW_CUSTOMER = {
  provisioningId: PROVISIONING_ID,
  packages: ['webex_calling'],
  externalId: CUSTOMER.externalId,
  address: { addressLine1: '771 Alder Drive', city: 'Milpitas', country: 'US' },
};
