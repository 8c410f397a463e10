import type { Socket } from 'node:net';
import type { Pacer } from '../../webex/pacing/pacer';
import { type PacerReply, type PacerRequest, pacerRequest } from '../../webex/pacing/shared-pacer';

/** How often a client is sent a sign of life, in milliseconds. */
const SIGN_OF_LIFE = 2000;
/** Milliseconds in which a client must have sent the key. */
const TIME_TO_IDENTIFY = 5000;
/** Longest line of a client, in characters: a request has less than 200. */
const LONGEST_LINE = 1000;

/** What the server is for its clients. */
export interface PacerService {
  /** The pacer of a host; undefined where the key is wrong. */
  pacerFor(key: string, host: string): Pacer | undefined;
  /** A request was let through. */
  started(startedAt: number): void;
}

/**
 * One connection to the pacer server. Whatever arrives, and however it ends, nothing but this connection is affected:
 * what isn't understood ends it, and with it everything that it waits for or runs.
 */
export class PacerClient {
  private readonly gone = new AbortController();
  private readonly asked = new Set<number>();
  private readonly running = new Map<number, () => void>();
  private pacer: Pacer | undefined;
  private unfinishedLine = '';
  private signOfLife: NodeJS.Timeout | undefined;
  private readonly identifying: NodeJS.Timeout;

  constructor(
    private readonly socket: Socket,
    private readonly service: PacerService,
  ) {
    this.identifying = setTimeout(() => socket.destroy(), TIME_TO_IDENTIFY);
    socket
      .setNoDelay(true)
      .setEncoding('utf8')
      // A process that is killed resets its connection. The event `close` follows.
      .on('error', () => {})
      .on('data', (text: string) => this.received(text))
      .on('close', () => this.closed());
  }

  /** Whether it has sent the key. */
  get isIdentified(): boolean {
    return this.pacer !== undefined;
  }

  close(): void {
    this.socket.destroy();
  }

  private received(text: string): void {
    const lines = `${this.unfinishedLine}${text}`.split('\n');
    this.unfinishedLine = lines.pop() ?? '';
    const isTooLong = (line: string) => line.length > LONGEST_LINE;
    const isUnderstood = (line: string) => {
      const request = parsed(line);
      return request !== undefined && this.handled(request);
    };
    if (isTooLong(this.unfinishedLine) || lines.some(isTooLong) || !lines.every(isUnderstood)) this.close();
  }

  /** @returns false for a request that makes no sense here */
  private handled(request: PacerRequest): boolean {
    if (request.type === 'hello') return this.pacer === undefined && this.identified(request);
    if (this.pacer === undefined) return false;
    if (request.type === 'turned-away') this.pacer.turnedAway(request.startedAt, request.pause);
    if (request.type === 'done') this.running.get(request.id)?.();
    if (request.type === 'ask') return this.ask(this.pacer, request);
    return true;
  }

  private identified({ key, host }: { key: string; host: string }): boolean {
    this.pacer = this.service.pacerFor(key, host);
    if (this.pacer === undefined) return false;
    clearTimeout(this.identifying);
    this.signOfLife = setInterval(() => this.send({ type: 'alive' }), SIGN_OF_LIFE);
    return true;
  }

  /** @returns false for a second request of one number: of two places, `done` could free but one */
  private ask(pacer: Pacer, { id, ahead }: { id: number; ahead: boolean }): boolean {
    if (this.asked.has(id)) return false;
    this.asked.add(id);
    const attempt = (startedAt: number) =>
      new Promise<void>((resolve) => {
        // Its turn came when the connection had just ended.
        if (this.gone.signal.aborted) {
          resolve();
          return;
        }
        this.running.set(id, () => {
          this.running.delete(id);
          this.asked.delete(id);
          resolve();
        });
        this.service.started(startedAt);
        this.send({ type: 'start', id, startedAt });
      });
    // Rejected when the connection ends while the request waits: there is no client left to answer.
    pacer.run(attempt, ahead, this.gone.signal).catch(() => {});
    return true;
  }

  private closed(): void {
    clearTimeout(this.identifying);
    clearInterval(this.signOfLife);
    // Requests that wait are dropped, and the places of those that run are free: they are over, however they ended.
    this.gone.abort();
    for (const finish of this.running.values()) finish();
  }

  private send(reply: PacerReply): void {
    if (this.socket.writable) this.socket.write(`${JSON.stringify(reply)}\n`);
  }
}

function parsed(line: string): PacerRequest | undefined {
  try {
    return pacerRequest.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}
