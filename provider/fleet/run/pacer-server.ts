import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { systemClock } from '../../webex/pacing/clock';
import { Pacer } from '../../webex/pacing/pacer';
import { PACER_VARIABLE, type PacerReply, type PacerRequest, pacerRequest } from '../../webex/pacing/shared-pacer';

/** How often it is said that the server is there, in milliseconds. */
const SIGN_OF_LIFE = 2000;
const MINUTE = 60_000;

/**
 * Lets the provider's processes of a fleet share one pacer: they ask here before each request, so that what one learns of
 * Webex's rate limit holds for all. Listens on this machine only, and serves only those that know the key.
 */
export class PacerServer {
  /** Requests that were let through. */
  requests = 0;
  private recent: number[] = [];
  private readonly pacers = new Map<string, Pacer>();
  private readonly sockets = new Set<Socket>();
  private readonly key = randomBytes(24).toString('base64url');

  private constructor(
    private readonly server: Server,
    private readonly maxInFlight: number,
  ) {
    server.on('connection', (socket) => this.serve(socket));
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
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket);
    socket.setNoDelay(true);
    const send = (reply: PacerReply) => void (socket.writable && socket.write(`${JSON.stringify(reply)}\n`));
    const alive = setInterval(() => send({ type: 'alive' }), SIGN_OF_LIFE);
    const running = new Map<number, () => void>();
    let pacer: Pacer | undefined;
    createInterface({ input: socket }).on('line', (line) => {
      const request = understood(line);
      if (request === undefined || (pacer === undefined && request.type !== 'hello')) socket.destroy();
      else if (request.type === 'hello') {
        if (request.key === this.key) pacer = this.pacerFor(request.host);
        else socket.destroy();
      } else if (pacer) this.handle(request, pacer, running, send);
    });
    socket
      .on('error', () => {})
      .on('close', () => {
        clearInterval(alive);
        this.sockets.delete(socket);
        // Its requests are over, however they ended.
        for (const finish of running.values()) finish();
      });
  }

  private handle(
    request: Exclude<PacerRequest, { type: 'hello' }>,
    pacer: Pacer,
    running: Map<number, () => void>,
    send: (reply: PacerReply) => void,
  ): void {
    if (request.type === 'turned-away') pacer.turnedAway(request.startedAt, request.pause);
    if (request.type === 'done') running.get(request.id)?.();
    if (request.type !== 'ask') return;
    const attempt = (startedAt: number) =>
      new Promise<void>((resolve) => {
        running.set(request.id, () => {
          running.delete(request.id);
          resolve();
        });
        this.requests++;
        this.recent.push(startedAt);
        send({ type: 'start', id: request.id, startedAt });
      });
    void pacer.run(attempt, request.ahead);
  }

  /** Webex and a template service have limits of their own. */
  private pacerFor(host: string): Pacer {
    const pacer = this.pacers.get(host) ?? new Pacer(systemClock, this.maxInFlight);
    this.pacers.set(host, pacer);
    return pacer;
  }
}

function understood(line: string): PacerRequest | undefined {
  try {
    return pacerRequest.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}
