import { createConnection, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Clock } from './clock';
import { Pacer, type RequestPacer } from './pacer';

/** Environment variable with the address of a process that paces several plugin processes: `127.0.0.1:PORT:KEY`. */
export const PACER_VARIABLE = 'WEBEX_WHOLESALE_PACER';

/** The messages from a plugin process to the shared pacer, one line of JSON each. */
export const pacerRequest = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), key: z.string(), host: z.string() }),
  /** A request waits for its turn. */
  z.object({ type: z.literal('ask'), id: z.number(), ahead: z.boolean() }),
  z.object({ type: z.literal('done'), id: z.number() }),
  z.object({ type: z.literal('turned-away'), startedAt: z.number(), pause: z.number() }),
]);
export type PacerRequest = z.output<typeof pacerRequest>;

const pacerReply = z.discriminatedUnion('type', [
  z.object({ type: z.literal('start'), id: z.number(), startedAt: z.number() }),
  z.object({ type: z.literal('alive') }),
]);
/** The answers of the shared pacer. */
export type PacerReply = z.output<typeof pacerReply>;

/** After so many milliseconds without an answer, the process that paces counts as ended. */
const SILENCE = 15_000;

/** Makes the pacer for a host: the shared one if the environment names one, else one for this process alone. */
export function pacerFor(host: string, clock: Clock, maxInFlight: number, env = process.env): RequestPacer {
  const own = new Pacer(clock, maxInFlight);
  const [, address = '', port, key = ''] = /^(127\.0\.0\.1):(\d+):(\S+)$/.exec(env[PACER_VARIABLE] ?? '') ?? [];
  return port === undefined ? own : new SharedPacer({ address, port: Number(port), key, host, clock, own });
}

interface SharedPacerSettings {
  address: string;
  port: number;
  /** The process that paces answers only to this key. */
  key: string;
  /** The host whose rate limit is shared. */
  host: string;
  clock: Clock;
  /** Takes over when the process that paces has ended. */
  own: Pacer;
}

interface Waiting {
  start: (startedAt: number | undefined) => void;
  ahead: boolean;
}

/**
 * Asks another process for each turn. When that process has ended, the pacer of this process takes over, so that no
 * request waits for ever.
 */
class SharedPacer implements RequestPacer {
  private socket: Socket | undefined;
  private gone = false;
  private nextId = 0;
  private pausedUntil = 0;
  private readonly waiting = new Map<number, Waiting>();

  constructor(private readonly settings: SharedPacerSettings) {}

  async run<T>(attempt: (startedAt: number) => Promise<T>, ahead = false): Promise<T> {
    const id = this.nextId++;
    const startedAt = await this.turn(id, ahead);
    if (startedAt === undefined) return this.settings.own.run(attempt, ahead);
    try {
      return await attempt(startedAt);
    } finally {
      this.send({ type: 'done', id });
    }
  }

  turnedAway(startedAt: number, pause: number): boolean {
    if (this.gone) return this.settings.own.turnedAway(startedAt, pause);
    this.send({ type: 'turned-away', startedAt, pause });
    const now = this.settings.clock.now();
    const first = now >= this.pausedUntil;
    this.pausedUntil = Math.max(this.pausedUntil, now + pause);
    return first;
  }

  /** Resolves when the request may start; with undefined if the process that paces has ended. */
  private turn(id: number, ahead: boolean): Promise<number | undefined> {
    if (this.gone) return Promise.resolve(undefined);
    return new Promise((start) => {
      this.waiting.set(id, { start, ahead });
      this.send({ type: 'ask', id, ahead });
    });
  }

  private send(request: PacerRequest): void {
    if (this.gone) return;
    this.socket ??= this.connect();
    this.socket.write(`${JSON.stringify(request)}\n`);
  }

  private connect(): Socket {
    const socket = createConnection({ host: this.settings.address, port: this.settings.port });
    // An open socket must not keep the plugin alive.
    socket
      .setNoDelay(true)
      .setTimeout(SILENCE, () => socket.destroy())
      .unref();
    socket.on('error', () => {}).on('close', () => this.lost());
    createInterface({ input: socket })
      .on('line', (line) => this.receive(line))
      .on('error', () => {});
    socket.write(
      `${JSON.stringify({ type: 'hello', key: this.settings.key, host: this.settings.host } satisfies PacerRequest)}\n`,
    );
    return socket;
  }

  private receive(line: string): void {
    const reply = pacerReply.safeParse(parsed(line)).data;
    if (reply?.type !== 'start') return;
    const waiting = this.waiting.get(reply.id);
    this.waiting.delete(reply.id);
    waiting?.start(reply.startedAt);
  }

  private lost(): void {
    this.gone = true;
    for (const { start } of this.waiting.values()) start(undefined);
    this.waiting.clear();
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
