import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request and its answer, bodies parsed. */
export interface Exchange {
  readonly method: string;
  /** Below the base URL, without the query. */
  readonly path: string;
  readonly query: readonly string[];
  readonly request: unknown;
  readonly status: number;
  readonly response: unknown;
}

/**
 * Replaces the body of a successful answer to a client; undefined keeps the real one.
 */
export type Falsify = (request: { method: string; url: URL }, body: unknown) => string | undefined;

/** A server between a client and its target. */
export interface Recorder {
  readonly baseUrl: string;
  /** The exchanges with the real bodies, also if the client got another one. */
  readonly exchanges: Exchange[];
  stop(): Promise<void>;
}

/** Starts a server that forwards everything to `target` and records it. */
export async function record(target: string, falsify: Falsify = () => undefined): Promise<Recorder> {
  const exchanges: Exchange[] = [];
  const pass = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await bodyOf(request);
    const url = request.url ?? '/';
    const method = request.method ?? 'GET';
    const { host: _, connection: __, 'content-length': ___, 'transfer-encoding': ____, ...headers } = request.headers;
    const answer = await fetch(target + url, {
      method,
      headers: headers as Record<string, string>,
      redirect: 'manual',
      ...(body !== '' && { body }),
    });
    const text = await answer.text();
    const asked = new URL(url, target);
    const { pathname, searchParams } = asked;
    // OAuth is not in the documents, and its exchanges contain only secrets.
    const remembered = pathname === '/v1/access_token' ? [] : exchanges;
    remembered.push({
      method,
      path: pathname.replace(/^\/v1/, ''),
      query: [...new Set(searchParams.keys())],
      request: parse(body),
      status: answer.status,
      response: parse(text),
    });
    const { 'content-length': _____, ...answered } = Object.fromEntries(answer.headers);
    response.writeHead(answer.status, answered);
    response.end((answer.ok ? falsify({ method, url: asked }, parse(text)) : undefined) ?? text);
  };
  const server = createServer((request, response) => {
    // Also break the client's connection: a test may need that.
    pass(request, response).catch(() => request.socket.destroy());
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    exchanges,
    stop: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}

function parse(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
}
