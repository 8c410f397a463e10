import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server before Webex that repeats requests in its answers, in several ways. */
export interface Echo {
  /** For WEBEX_BASE_URL. */
  baseUrl: string;
  /** All access tokens that passed through it. */
  tokens: Set<string>;
  /** Number of requests by way of echoing. */
  met: Map<string, number>;
  /** The requests at the target of its redirect. */
  elsewhere: IncomingMessage['headers'][];
  /** Refuses token requests from now on, and repeats their form. */
  refuseTokens(): void;
  stop(): Promise<void>;
}

/** The e-mail address that selects a way for all requests that contain it. */
export const emailFor = (way: string) => `${way}@echo.example.com`;

/** The answers by way. All other requests are forwarded to Webex. */
export const WAYS: Readonly<Record<string, (text: string, response: ServerResponse, other: string) => void>> = {
  'cisco-401': (text, response) =>
    json(response, 401, { message: text, errors: [{ description: text }], trackingId: text }),
  'html-403': (text, response) => html(response, 403, text),
  'html-500': (text, response) => html(response, 500, text),
  'html-200': (text, response) => html(response, 200, text),
  'cut-200': (text, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(text.length + 1000) });
    response.write(`{"message":${JSON.stringify(text)}`, () => response.destroy());
  },
  'json-200': (text, response) => {
    const items = [
      { id: text, email: emailFor('json-200'), status: 'provisioned', packages: ['webex_meetings'], personId: text },
    ];
    json(response, 200, { ...items[0], items, message: text });
  },
  'redirect-307': (text, response, other) => {
    response
      .writeHead(307, { location: `${other}/v1/elsewhere?said=${encodeURIComponent(text)}`, trackingid: text })
      .end();
  },
};

/** Starts the server in front of a simulator. */
export async function startEcho(target: string): Promise<Echo> {
  const tokens = new Set<string>();
  const met = new Map<string, number>();
  const elsewhere: IncomingMessage['headers'][] = [];
  let refuses = false;
  const other = await listening((request, response) => {
    elsewhere.push(request.headers);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  const server = await listening((request, response) => void pass(request, response).catch(() => response.destroy()));

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { authorization = '' } = request.headers;
    tokens.add(authorization.replace(/^Bearer /, ''));
    const text = [authorization, body, encodeURIComponent(authorization), base64(authorization), base64(body)].join(
      ' ',
    );
    const way = /([a-z]+-\d{3})(?:@|%40)echo\.example\.com/.exec(`${request.url} ${body}`)?.[1] ?? '';
    if (refuses && request.url?.endsWith('/access_token')) json(response, 400, { message: text });
    else if (WAYS[way]) {
      met.set(way, (met.get(way) ?? 0) + 1);
      WAYS[way](text, response, urlOf(other));
    } else await forward(request, response, body);
  }

  async function forward(request: IncomingMessage, response: ServerResponse, body: string): Promise<void> {
    const { host: _, connection: __, 'content-length': ___, 'transfer-encoding': ____, ...headers } = request.headers;
    const { method = 'GET' } = request;
    const answer = await fetch(target + request.url, {
      method,
      headers: headers as Record<string, string>,
      ...(body !== '' && { body }),
    });
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
  }

  return {
    baseUrl: `${urlOf(server)}/v1`,
    tokens,
    met,
    elsewhere,
    refuseTokens: () => {
      refuses = true;
    },
    stop: async () => {
      for (const one of [server, other]) {
        one.closeAllConnections();
        await new Promise((resolve) => one.close(resolve));
      }
    },
  };
}

async function listening(handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<Server> {
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const base64 = (text: string) => Buffer.from(text).toString('base64');

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function html(response: ServerResponse, status: number, text: string): void {
  response
    .writeHead(status, { 'content-type': 'text/html' })
    .end(`<html><body><h1>Error</h1><pre>${text}</pre></body></html>`);
}
