import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import type { Cut } from './faults.ts';

/** Receives the proxy's events: a request, and later the first bytes of its answer. */
export interface Watcher {
  /** @returns true to drop the request */
  request(method: string, path: string): boolean;
  /** @returns true to drop the answer: the write took effect, but the client doesn't know */
  answer(method: string, path: string): boolean;
}

/** One request on a connection. HTTP clients that don't pipeline have one at a time. */
interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly cut: Cut | undefined;
  sent: number;
  received: number;
}

/**
 * A TCP proxy between pulumi and the simulator. It cuts connections after a number of bytes, and reports requests and
 * answers. Of HTTP it only recognizes the beginning of a request.
 */
export class CuttingProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #cuts: Cut[] = [];
  #requests = 0;

  /** Number of cut connections by kind. */
  readonly met = new Map<string, number>();
  watcher: Watcher | undefined;

  readonly #backendPort: () => number;

  constructor(backendPort: () => number) {
    this.#backendPort = backendPort;
    this.#server = createServer((client) => this.#serve(client));
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async start(port = 0): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject).listen(port, '127.0.0.1', () => resolve());
    });
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Restarts the count of requests at 1, and sets the cuts. */
  expect(cuts: readonly Cut[]): void {
    this.#cuts = [...cuts];
    this.#requests = 0;
  }

  #serve(client: Socket): void {
    const upstream = connect(this.#backendPort(), '127.0.0.1');
    const close = () => {
      client.destroy();
      upstream.destroy();
    };
    // Reset the connection instead of ending it, like a broken network.
    const cut = () => {
      client.resetAndDestroy();
      upstream.resetAndDestroy();
    };
    let current: Exchange | undefined;
    for (const socket of [client, upstream]) {
      this.#sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', close).on('end', close);
      socket.on('close', () => {
        this.#sockets.delete(socket);
        close();
      });
    }
    client.on('data', (bytes) => {
      if (current === undefined || current.received > 0) {
        current = this.#begin(bytes);
        if (this.watcher?.request(current.method, current.path)) return cut();
      }
      const room = roomIn(current, 'request', current.sent);
      current.sent += bytes.length;
      if (bytes.length < room) upstream.write(bytes);
      else {
        this.#meet('cut in a request');
        upstream.write(bytes.subarray(0, room), close);
      }
    });
    upstream.on('data', (bytes) => {
      if (current === undefined) return cut();
      if (current.received === 0 && this.watcher?.answer(current.method, current.path)) return cut();
      const room = roomIn(current, 'answer', current.received);
      current.received += bytes.length;
      if (bytes.length < room) client.write(bytes);
      else {
        this.#meet('cut in an answer');
        client.write(bytes.subarray(0, room), close);
      }
    });
  }

  #begin(bytes: Buffer): Exchange {
    this.#requests += 1;
    const [method = '', path = ''] = bytes.toString('latin1', 0, 2000).split('\r\n', 1)[0]?.split(' ') ?? [];
    const cut = this.#cuts.find(({ request }) => request === this.#requests);
    return { method, path, cut, sent: 0, received: 0 };
  }

  #meet(kind: string): void {
    this.met.set(kind, (this.met.get(kind) ?? 0) + 1);
  }
}

/** Number of bytes that may pass before the cut. */
function roomIn({ cut }: Exchange, where: Cut['where'], passed: number): number {
  return cut?.where === where ? Math.max(0, cut.bytes - passed) : Number.POSITIVE_INFINITY;
}
