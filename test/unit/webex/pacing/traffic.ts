import { Pacer } from '../../../../provider/webex/pacing/pacer';
import type { Limiter } from './limiters';
import { VirtualTime } from './virtual-time';

/** Provider processes that know nothing of each other, in front of one limit. */
export interface Traffic {
  limiter: Limiter;
  processes: number;
  /** How long it is watched. */
  minutes: number;
  /** When a process has no more work, in minutes. Default: all have work to the end. */
  endsAt?: (process: number) => number;
  seed?: number;
}

/** What was seen, minute by minute for each process. */
export interface Seen {
  taken: number[][];
  turnedAway: number[][];
}

/** Resources that Pulumi works at at the same time, on two cores. */
const WORKERS = 8;
/** Milliseconds that Webex takes for an answer; a refusal takes a sixth. */
const LATENCY = 80;
/** Milliseconds over which the processes start. */
const SPREAD = 1000;

/** Runs the processes in virtual time. */
export async function watch({ limiter, processes, minutes, endsAt, seed = 1 }: Traffic): Promise<Seen> {
  const time = new VirtualTime(seed);
  const table = () => Array.from({ length: processes }, () => new Array<number>(minutes).fill(0));
  const seen: Seen = { taken: table(), turnedAway: table() };

  /** One try as Webex sees it. @returns milliseconds to wait where it was turned away */
  async function attempt(process: number): Promise<number> {
    const way = LATENCY * (0.05 + 0.1 * time.random());
    await time.sleep(way);
    const wait = limiter(time.now());
    const row = (wait === 0 ? seen.taken : seen.turnedAway)[process];
    const minute = Math.floor(time.now() / 60_000);
    if (row?.[minute] !== undefined) row[minute]++;
    await time.sleep(wait === 0 ? LATENCY * (0.7 + 0.3 * time.random()) : way);
    // Retry-After is in whole seconds.
    return Math.ceil(wait / 1000) * 1000;
  }

  async function request(process: number, pacer: Pacer): Promise<void> {
    for (let wait = 1, again = false; wait > 0; again = true) {
      wait = await pacer.run(async (startedAt) => {
        const wait = await attempt(process);
        if (wait > 0) pacer.turnedAway(startedAt, wait);
        return wait;
      }, again);
    }
  }

  for (let process = 0; process < processes; process++) {
    const pacer = new Pacer(time, 16);
    const start = time.random() * SPREAD;
    const end = (endsAt?.(process) ?? minutes) * 60_000;
    const work = async () => {
      await time.sleep(start);
      while (time.now() < end) await request(process, pacer);
    };
    for (let worker = 0; worker < WORKERS; worker++) void work();
  }
  await time.runUntil(minutes * 60_000);
  return seen;
}

/** Sum over the processes, of minutes from..to. */
export function total(rows: number[][], from = 0, to = Number.POSITIVE_INFINITY): number {
  return rows.flatMap((row) => row.slice(from, to)).reduce((sum, value) => sum + value, 0);
}
