import type { Clock } from './clock';

/** Webex counts requests in windows of a minute. */
const WINDOW = 60_000;
/**
 * With fewer requests than these in the minute before a 429, it says nothing about the limit: others used up the window,
 * or we have only just begun. Believing it would let everything that follows crawl; the pause is enough.
 */
const EVIDENCE = 60;
/** By how much a learned limit grows each window in which Webex did not complain. */
const GROWTH = 1.02;

/**
 * Decides when a request may start: bounded in flight, none while Webex asked for a pause (429), and no more a
 * minute than Webex took before it complained. One for all requests to a host; resources know nothing of it.
 */
export class Pacer {
  readonly #clock: Clock;
  readonly #maxInFlight: number;
  #inFlight = 0;
  /** Those who wait to start; a request that was turned away before goes first. */
  #waiting: ((startedAt: number) => void)[] = [];
  #waitingAhead: ((startedAt: number) => void)[] = [];
  #wakeAt = Number.POSITIVE_INFINITY;
  /** Start times of requests that were not turned away, oldest first. */
  #started: number[] = [];
  #pausedUntil = 0;
  #limit = Number.POSITIVE_INFINITY;
  /** When the limit was last learned or raised. */
  #limitSince = 0;
  /** Time of the first 429 of the present pause: what was taken in the minute before it becomes the limit. */
  #rejectedAt: number | undefined;

  constructor(clock: Clock, maxInFlight: number) {
    this.#clock = clock;
    this.#maxInFlight = maxInFlight;
  }

  /**
   * Runs one try of a request when its turn comes.
   * @param ahead for a try after a 429: before those that have not been tried, whose time to wait is not limited
   */
  async run<T>(attempt: (startedAt: number) => Promise<T>, ahead = false): Promise<T> {
    const startedAt = await new Promise<number>((resolve) => {
      (ahead ? this.#waitingAhead : this.#waiting).push(resolve);
      this.#startNext();
    });
    try {
      return await attempt(startedAt);
    } finally {
      this.#inFlight--;
      this.#startNext();
    }
  }

  /** Webex turned a request away with 429. @returns true for the first one of a burst */
  turnedAway(startedAt: number, pauseMilliseconds: number): boolean {
    const now = this.#clock.now();
    const index = this.#started.indexOf(startedAt);
    if (index >= 0) this.#started.splice(index, 1);
    const first = this.#rejectedAt === undefined && now >= this.#pausedUntil;
    if (first) this.#rejectedAt = now;
    this.#pausedUntil = Math.max(this.#pausedUntil, now + pauseMilliseconds);
    return first;
  }

  #startNext(): void {
    while (this.#inFlight < this.#maxInFlight && this.#waiting.length + this.#waitingAhead.length > 0) {
      const now = this.#clock.now();
      const startAt = this.#mayStartAt(now);
      if (startAt > now) {
        this.#wake(startAt, now);
        return;
      }
      this.#inFlight++;
      this.#started.push(now);
      (this.#waitingAhead.shift() ?? this.#waiting.shift())?.(now);
    }
  }

  #mayStartAt(now: number): number {
    if (now < this.#pausedUntil) return this.#pausedUntil;
    this.#learn(now);
    while (this.#started.length > 0 && (this.#started[0] ?? now) <= now - WINDOW) this.#started.shift();
    if (this.#started.length < this.#limit) return now;
    // When the oldest of a full window drops out of it, there is room for one.
    return (this.#started[this.#started.length - this.#limit] ?? now) + WINDOW;
  }

  #learn(now: number): void {
    if (this.#rejectedAt !== undefined) {
      // Only now, after the pause, have the requests that were in flight at the 429 been answered.
      const from = this.#rejectedAt - WINDOW;
      const taken = this.#started.filter((time) => time > from).length;
      if (taken >= EVIDENCE) this.#limit = taken;
      this.#limitSince = now;
      this.#rejectedAt = undefined;
    } else if (now - this.#limitSince >= WINDOW) {
      this.#limit = Math.ceil(this.#limit * GROWTH);
      this.#limitSince = now;
    }
  }

  #wake(at: number, now: number): void {
    if (at >= this.#wakeAt) return;
    this.#wakeAt = at;
    void this.#clock.sleep(at - now).then(() => {
      if (this.#wakeAt === at) this.#wakeAt = Number.POSITIVE_INFINITY;
      this.#startNext();
    });
  }
}
