import { randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { systemClock } from '../../webex/pacing/clock';
import { Pacer } from '../../webex/pacing/pacer';
import { PACER_VARIABLE } from '../../webex/pacing/shared-pacer';
import { PacerClient, type PacerService } from './pacer-client';

const MINUTE = 60_000;
/** Connections without a key, at most. One more closes the oldest, so that idle connections don't block others. */
const MOST_UNIDENTIFIED = 64;

/**
 * Lets the plugin processes of a fleet share one pacer: they ask it before each request, so that all of them use what
 * one learned about Webex's rate limit. It listens on this machine only, and serves only clients with the key.
 */
export class PacerServer implements PacerService {
  /** Requests that were let through. */
  requests = 0;
  private recent: number[] = [];
  private readonly pacers = new Map<string, Pacer>();
  private readonly clients = new Set<PacerClient>();
  private readonly key = randomBytes(24).toString('base64url');

  private constructor(
    private readonly server: Server,
    private readonly maxInFlight: number,
  ) {
    server.on('connection', (socket) => this.connected(socket));
    // A connection that can't be accepted (too many open files): its process goes on with a pacer of its own.
    server.on('error', () => {});
  }

  /** @param maxInFlight requests at once, of all processes together */
  static async start(maxInFlight: number): Promise<PacerServer> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new PacerServer(server, maxInFlight);
  }

  /** Names this server to the provider's processes. */
  get environment(): Record<string, string> {
    const { port } = this.server.address() as AddressInfo;
    return { [PACER_VARIABLE]: `127.0.0.1:${port}:${this.key}` };
  }

  requestsLastMinute(): number {
    const since = Date.now() - MINUTE;
    this.recent = this.recent.filter((time) => time > since);
    return this.recent.length;
  }

  async stop(): Promise<void> {
    for (const client of this.clients) client.close();
    this.server.close();
    await once(this.server, 'close');
  }

  /** Webex and a template service have limits of their own. */
  pacerFor(key: string, host: string): Pacer | undefined {
    const [given, expected] = [Buffer.from(key), Buffer.from(this.key)];
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
    const pacer = this.pacers.get(host) ?? new Pacer(systemClock, this.maxInFlight);
    this.pacers.set(host, pacer);
    return pacer;
  }

  started(startedAt: number): void {
    this.requests++;
    this.recent.push(startedAt);
  }

  private connected(socket: Socket): void {
    const client = new PacerClient(socket, this);
    this.clients.add(client);
    socket.once('close', () => this.clients.delete(client));
    const unidentified = [...this.clients].filter(({ isIdentified }) => !isIdentified);
    if (unidentified.length > MOST_UNIDENTIFIED) unidentified[0]?.close();
  }
}
