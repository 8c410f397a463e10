import type { Clock } from './clock';
import { Rate } from './rate';

/**
 * Decides when a request may start. There are two implementations: {@link Pacer} for one process, and a client of a
 * pacer that several processes share.
 */
export interface RequestPacer {
  /**
   * Runs one try of a request when its turn comes.
   * @param attempt gets the time at which it started, for {@link turnedAway}
   * @param ahead true for a try after a 429: it goes before the first tries, whose waiting time is not limited
   */
  run<T>(attempt: (startedAt: number) => Promise<T>, ahead?: boolean): Promise<T>;
  /**
   * Reports a 429. Call it within the attempt, so that no other request starts before.
   * @param pauseMilliseconds time during which no request may start
   * @returns true for the first 429 of a burst
   */
  turnedAway(startedAt: number, pauseMilliseconds: number): boolean;
}

/** Default for the requests that one process has under way at the same time. */
export const MOST_IN_FLIGHT = 16;

/**
 * The pacer of one process. It limits the requests under way, starts none during a pause that Webex asked for (429),
 * and keeps to the {@link Rate}.
 */
export class Pacer implements RequestPacer {
  private readonly rate: Rate;
  private inFlight = 0;
  /** The time since which no request is under way or waiting. */
  private idleSince: number;
  /** Requests that wait to start. A request that got a 429 before goes first. */
  private waiting: ((startedAt: number) => void)[] = [];
  private waitingAhead: ((startedAt: number) => void)[] = [];
  private wakeAt = Number.POSITIVE_INFINITY;
  private pausedUntil = 0;
  /** Whether there was a 429 in the present pause, or in the last one if no request waited at its end. */
  private wasTurnedAway = false;

  constructor(
    private readonly clock: Clock,
    private readonly maxInFlight: number,
  ) {
    this.rate = new Rate(() => clock.random());
    this.idleSince = clock.now();
  }

  /** @param cancelled removes the request from the queue without a trace; `run` then rejects */
  async run<T>(attempt: (startedAt: number) => Promise<T>, ahead = false, cancelled?: AbortSignal): Promise<T> {
    cancelled?.throwIfAborted();
    if (this.isIdle) this.rate.idled(this.idleSince, this.clock.now());
    const startedAt = await new Promise<number>((resolve, reject) => {
      const cancel = () => this.forget(start) && reject(cancelled?.reason);
      const start = (now: number) => {
        cancelled?.removeEventListener('abort', cancel);
        resolve(now);
      };
      (ahead ? this.waitingAhead : this.waiting).push(start);
      cancelled?.addEventListener('abort', cancel, { once: true });
      this.startNext();
    });
    try {
      return await attempt(startedAt);
    } finally {
      this.inFlight--;
      this.startNext();
      if (this.isIdle) this.idleSince = this.clock.now();
    }
  }

  /** Removes a request from the queue. @returns false where it isn't in the queue any more */
  private forget(waiting: (startedAt: number) => void): boolean {
    for (const queue of [this.waiting, this.waitingAhead]) {
      const index = queue.indexOf(waiting);
      if (index < 0) continue;
      queue.splice(index, 1);
      if (this.isIdle) this.idleSince = this.clock.now();
      return true;
    }
    return false;
  }

  private get isIdle(): boolean {
    return this.inFlight + this.waiting.length + this.waitingAhead.length === 0;
  }

  turnedAway(startedAt: number, pauseMilliseconds: number): boolean {
    const now = this.clock.now();
    const first = !this.wasTurnedAway && now >= this.pausedUntil;
    this.wasTurnedAway = true;
    this.rate.turnedAway(startedAt);
    this.pausedUntil = Math.max(this.pausedUntil, now + pauseMilliseconds);
    return first;
  }

  private startNext(): void {
    while (this.waiting.length + this.waitingAhead.length > 0) {
      if (this.inFlight >= Math.min(this.maxInFlight, this.rate.mostUnderWay)) return;
      const now = this.clock.now();
      const startAt = this.mayStartAt(now);
      if (startAt > now) {
        this.wake(startAt, now);
        return;
      }
      this.inFlight++;
      this.rate.started(now);
      (this.waitingAhead.shift() ?? this.waiting.shift())?.(now);
    }
  }

  private mayStartAt(now: number): number {
    if (now < this.pausedUntil) return this.pausedUntil;
    if (this.wasTurnedAway) {
      // The requests that were under way at the 429 are answered only now, after the pause.
      this.wasTurnedAway = false;
      this.rate.resumed(this.pausedUntil);
    }
    return this.rate.nextStart(now);
  }

  private wake(at: number, now: number): void {
    if (at >= this.wakeAt) return;
    this.wakeAt = at;
    void this.clock.sleep(at - now).then(() => {
      if (this.wakeAt === at) this.wakeAt = Number.POSITIVE_INFINITY;
      this.startNext();
    });
  }
}
