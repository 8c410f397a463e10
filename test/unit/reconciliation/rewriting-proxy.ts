import { createServer, type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, vi } from 'vitest';

/** An answer of the simulator on its way to the provider. */
export interface Answer {
  status: number;
  /** Its JSON; undefined where the body is none. */
  body: unknown;
}

/** What a proxy changes: the answer, in place, and maybe a request before it is sent on. */
export interface Rewriting {
  answer(answer: Answer, asked: { method: string; url: string }): void;
  request?(text: string): string;
}

/** A proxy between provider and simulator, for the tests of a file or `describe`, that rewrites what passes. */
export function rewritingProxy(url: () => string) {
  let rewriting: Rewriting | undefined;
  const server = createServer(async (asked, answer) => {
    const sent = (await textOf(asked)).toString();
    const rewritten = rewriting?.request ?? ((text: string) => text);
    const { method = '', headers } = asked;
    const target = new URL(rewritten(asked.url ?? ''), url());
    const { 'content-length': _, ...others } = headers;
    const forwarded = request(target, { method, headers: { ...others, host: target.host } }, async (real) => {
      const text = (await textOf(real)).toString();
      const result: Answer = { status: real.statusCode ?? 500, body: text === '' ? undefined : JSON.parse(text) };
      rewriting?.answer(result, { method, url: asked.url ?? '' });
      const { 'content-length': _, 'transfer-encoding': __, ...kept } = real.headers;
      answer.writeHead(result.status, kept).end(result.body === undefined ? undefined : JSON.stringify(result.body));
    });
    forwarded.end(rewritten(sent));
  });
  beforeAll(async () => {
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const through = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    vi.stubEnv('WEBEX_BASE_URL', (process.env.WEBEX_BASE_URL ?? '').replace(url(), through));
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
  return {
    /** From now on, answers are rewritten so; undefined: not at all. */
    rewrite: (next: Rewriting | undefined) => {
      rewriting = next;
    },
  };
}

async function textOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
