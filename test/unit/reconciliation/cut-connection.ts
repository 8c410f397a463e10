import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, vi } from 'vitest';

/** Requests that change something: all but GETs, and the POSTs that only ask. */
function isWrite(method: string, url: string): boolean {
  return method !== 'GET' && !/validate|precheck|access_token/i.test(url);
}

/** What happens at a write: its answer is lost, or the connection is cut for good, as when the run is killed there. */
export type Cut = 'answer' | 'connection';

/** A proxy that loses answers of writes: the write takes effect, and its sender gets no answer. */
class CutConnection {
  writes = 0;
  private cutAt = Number.POSITIVE_INFINITY;
  private cut: Cut = 'answer';
  private isDead = false;
  private readonly server = createServer((asked, answer) => {
    if (this.isDead) return void asked.socket.destroy();
    const { method = '', url = '', headers } = asked;
    const isCut = isWrite(method, url) && ++this.writes === this.cutAt;
    const target = new URL(url, this.url());
    const forwarded = request(target, { method, headers: { ...headers, host: target.host } }, (real) => {
      if (!isCut) {
        answer.writeHead(real.statusCode ?? 500, real.headers);
        return void real.pipe(answer);
      }
      this.isDead = this.cut === 'connection';
      real.resume().on('end', () => asked.socket.destroy());
    });
    forwarded.on('error', () => asked.socket.destroy());
    asked.pipe(forwarded);
  });

  /** @param url gives the URL of the simulator, which starts later */
  constructor(private readonly url: () => string) {}

  async start(): Promise<string> {
    await new Promise<void>((listening) => this.server.listen(0, '127.0.0.1', listening));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Counts writes anew, and cuts at the write of this number. */
  cutAtWrite(number: number, cut: Cut): void {
    this.mend();
    this.cutAt = number;
    this.cut = cut;
  }

  /** Nothing is cut any more. */
  mend(): void {
    this.writes = 0;
    this.cutAt = Number.POSITIVE_INFINITY;
    this.isDead = false;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

/** A proxy between provider and simulator, for the tests of a file or `describe`. Each test begins without a cut. */
export function cutConnection(url: () => string): CutConnection {
  const proxy = new CutConnection(url);
  beforeAll(async () => {
    const through = await proxy.start();
    for (const name of ['WEBEX_BASE_URL', 'WEBEX_TEMPLATE_API_URL'])
      vi.stubEnv(name, (process.env[name] ?? '').replace(url(), through));
  });
  afterEach(() => proxy.mend());
  afterAll(() => proxy.stop());
  return proxy;
}
