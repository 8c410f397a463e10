import { createServer, type IncomingMessage } from 'node:http';
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

/** A server that passes everything on to `target` and remembers it. */
export async function record(
  target: string,
): Promise<{ baseUrl: string; exchanges: Exchange[]; stop(): Promise<void> }> {
  const exchanges: Exchange[] = [];
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const url = request.url ?? '/';
    const { host: _, connection: __, 'content-length': ___, 'transfer-encoding': ____, ...headers } = request.headers;
    const answer = await fetch(target + url, {
      method: request.method ?? 'GET',
      headers: headers as Record<string, string>,
      ...(body !== '' && { body }),
    });
    const text = await answer.text();
    const { pathname, searchParams } = new URL(url, target);
    exchanges.push({
      method: request.method ?? 'GET',
      path: pathname.replace(/^\/v1/, ''),
      query: [...searchParams.keys()],
      request: parse(body),
      status: answer.status,
      response: parse(text),
    });
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(text);
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
  return text === '' ? undefined : JSON.parse(text);
}
