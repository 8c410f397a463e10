import { createConnection, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Clock } from './clock';
import { Pacer, type RequestPacer } from './pacer';

/** Environment variable that names a process which paces several of the provider's: `127.0.0.1:PORT:KEY`. */
export const PACER_VARIABLE = 'WEBEX_WHOLESALE_PACER';

/** What a process of the provider sends to the shared pacer, a line of JSON each. */
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
/** What it answers. */
export type PacerReply = z.output<typeof pacerReply>;

/** Nothing heard for so long (milliseconds): the process that paces is gone, or stopped. */
const SILENCE = 15_000;

/** The pacer for a host: the shared one where the environment names one, else one of this process alone. */
export function pacerFor(host: string, clock: Clock, maxInFlight: number, env = process.env): RequestPacer {
  const own = new Pacer(clock, maxInFlight);
  const [, address = '', port, key = ''] = /^(127\.0\.0\.1):(\d+):(\S+)$/.exec(env[PACER_VARIABLE] ?? '') ?? [];
  return port === undefined ? own : new SharedPacer(address, Number(port), key, host, clock, own);
}

interface Waiting {
  start: (startedAt: number | undefined) => void;
  ahead: boolean;
}

/** Asks another process for each turn. Where that is gone, the own pacer goes on from there: nothing ever hangs on it. */
class SharedPacer implements RequestPacer {
  #socket: Socket | undefined;
  #gone = false;
  #nextId = 0;
  #pausedUntil = 0;
  readonly #waiting = new Map<number, Waiting>();

  constructor(
    private readonly address: string,
    private readonly port: number,
    private readonly key: string,
    private readonly host: string,
    private readonly clock: Clock,
    private readonly own: Pacer,
  ) {}

  async run<T>(attempt: (startedAt: number) => Promise<T>, ahead = false): Promise<T> {
    const id = this.#nextId++;
    const startedAt = await this.#turn(id, ahead);
    if (startedAt === undefined) return this.own.run(attempt, ahead);
    try {
      return await attempt(startedAt);
    } finally {
      this.#send({ type: 'done', id });
    }
  }

  turnedAway(startedAt: number, pause: number): boolean {
    if (this.#gone) return this.own.turnedAway(startedAt, pause);
    this.#send({ type: 'turned-away', startedAt, pause });
    const now = this.clock.now();
    const first = now >= this.#pausedUntil;
    this.#pausedUntil = Math.max(this.#pausedUntil, now + pause);
    return first;
  }

  /** Resolves when the request may start; with undefined where nobody is there to ask. */
  #turn(id: number, ahead: boolean): Promise<number | undefined> {
    if (this.#gone) return Promise.resolve(undefined);
    return new Promise((start) => {
      this.#waiting.set(id, { start, ahead });
      this.#send({ type: 'ask', id, ahead });
    });
  }

  #send(request: PacerRequest): void {
    if (this.#gone) return;
    this.#socket ??= this.#connect();
    this.#socket.write(`${JSON.stringify(request)}\n`);
  }

  #connect(): Socket {
    const socket = createConnection({ host: this.address, port: this.port });
    // The plugin must not stay alive for it.
    socket
      .setNoDelay(true)
      .setTimeout(SILENCE, () => socket.destroy())
      .unref();
    socket.on('error', () => {}).on('close', () => this.#lost());
    createInterface({ input: socket })
      .on('line', (line) => this.#hear(line))
      .on('error', () => {});
    socket.write(`${JSON.stringify({ type: 'hello', key: this.key, host: this.host } satisfies PacerRequest)}\n`);
    return socket;
  }

  #hear(line: string): void {
    const reply = pacerReply.safeParse(parsed(line)).data;
    if (reply?.type !== 'start') return;
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    waiting?.start(reply.startedAt);
  }

  #lost(): void {
    this.#gone = true;
    for (const { start } of this.#waiting.values()) start(undefined);
    this.#waiting.clear();
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
