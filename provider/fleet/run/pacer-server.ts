import { randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { systemClock } from '../../webex/pacing/clock';
import { Pacer } from '../../webex/pacing/pacer';
import { PACER_VARIABLE } from '../../webex/pacing/shared-pacer';
import { PacerClient, type PacerService } from './pacer-client';

const MINUTE = 60_000;
/** Most connections that have not sent the key. One more closes the oldest, so that idle ones don't block others. */
const MOST_UNIDENTIFIED = 64;

/**
 * Shares one pacer among the plugin processes of a fleet: each asks for a permit before a request, so all of them use
 * the same knowledge of Webex's rate limit. Listens on 127.0.0.1 only and serves only clients that have the key.
 */
export class PacerServer implements PacerService {
  /** Number of permitted requests. */
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
    // A connection could not be accepted (too many open files). Its process continues with a pacer of its own.
    server.on('error', () => {});
  }

  /** @param maxInFlight most simultaneous requests of all processes together */
  static async start(maxInFlight: number): Promise<PacerServer> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new PacerServer(server, maxInFlight);
  }

  /** The environment variables through which plugin processes find this server. */
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

  /** One pacer for each host: Webex and a template service have separate limits. */
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
