import type { Socket } from 'node:net';
import type { Pacer } from '../../webex/pacing/pacer';
import { type PacerReply, type PacerRequest, pacerRequest } from '../../webex/pacing/shared-pacer';

/** Interval of keep-alive messages to a client, in milliseconds. */
const SIGN_OF_LIFE = 2000;
/** Time in which a client must send the key, in milliseconds. */
const TIME_TO_IDENTIFY = 5000;
/** Longest line that is accepted, in characters; a valid request has fewer than 200. */
const LONGEST_LINE = 1000;

/** The part of the server that connections use. */
export interface PacerService {
  /** The pacer of a host; undefined if the key is wrong. */
  pacerFor(key: string, host: string): Pacer | undefined;
  /** Called when a request was permitted. */
  started(startedAt: number): void;
}

/**
 * One connection to the pacer server. An invalid message closes this connection and cancels its waiting requests; other
 * connections are not affected.
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
      // A killed process resets its connection. The event `close` follows.
      .on('error', () => {})
      .on('data', (text: string) => this.received(text))
      .on('close', () => this.closed());
  }

  /** True if the client has sent the key. */
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

  /** @returns false if the message is invalid at this point */
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

  /** @returns false if the number of the request is in use: one `done` could not free two places */
  private ask(pacer: Pacer, { id, ahead }: { id: number; ahead: boolean }): boolean {
    if (this.asked.has(id)) return false;
    this.asked.add(id);
    const attempt = (startedAt: number) =>
      new Promise<void>((resolve) => {
        // The connection ended just before the request was permitted.
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
    // The promise is rejected if the connection ends while the request waits. No client is left to answer.
    pacer.run(attempt, ahead, this.gone.signal).catch(() => {});
    return true;
  }

  private closed(): void {
    clearTimeout(this.identifying);
    clearInterval(this.signOfLife);
    // Drop waiting requests, and free the places of running ones: their process has gone.
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
