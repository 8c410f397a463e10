import type { Clock } from './clock';
import { Rate } from './rate';

/**
 * Decides when a request may start. Small and stable, so that a pacer of another kind, such as one that several
 * processes share, can take its place.
 */
export interface RequestPacer {
  /**
   * Runs one try of a request when its turn comes.
   * @param attempt gets the moment at which it started, which {@link turnedAway} wants to know
   * @param ahead for a try after a 429: before those that have not been tried, whose time to wait is not limited
   */
  run<T>(attempt: (startedAt: number) => Promise<T>, ahead?: boolean): Promise<T>;
  /**
   * Webex turned a request away with 429. To be called within its attempt: the next one must not start before.
   * @param pauseMilliseconds for which nothing may start
   * @returns true for the first one of a burst
   */
  turnedAway(startedAt: number, pauseMilliseconds: number): boolean;
}

/** Requests at once of one process, unless a setting says otherwise. */
export const MOST_IN_FLIGHT = 16;

/**
 * The pacer of one process: bounded in flight, none while Webex asked for a pause (429), and no more than {@link Rate}.
 */
export class Pacer implements RequestPacer {
  readonly #clock: Clock;
  readonly #maxInFlight: number;
  readonly #rate: Rate;
  #inFlight = 0;
  /** Since when nothing is under way or waiting, if so. */
  #idleSince: number;
  /** Requests that wait to start; one that was turned away before goes first. */
  #waiting: ((startedAt: number) => void)[] = [];
  #waitingAhead: ((startedAt: number) => void)[] = [];
  #wakeAt = Number.POSITIVE_INFINITY;
  #pausedUntil = 0;
  /** In the present pause, or in the one that ended when nothing was waiting. */
  #wasTurnedAway = false;

  constructor(clock: Clock, maxInFlight: number) {
    this.#clock = clock;
    this.#maxInFlight = maxInFlight;
    this.#rate = new Rate(() => clock.random());
    this.#idleSince = clock.now();
  }

  /** @param cancelled takes the request out of the queue, as if it had never been there; `run` then rejects */
  async run<T>(attempt: (startedAt: number) => Promise<T>, ahead = false, cancelled?: AbortSignal): Promise<T> {
    cancelled?.throwIfAborted();
    if (this.#isIdle) this.#rate.idled(this.#idleSince, this.#clock.now());
    const startedAt = await new Promise<number>((resolve, reject) => {
      const cancel = () => this.#forget(start) && reject(cancelled?.reason);
      const start = (now: number) => {
        cancelled?.removeEventListener('abort', cancel);
        resolve(now);
      };
      (ahead ? this.#waitingAhead : this.#waiting).push(start);
      cancelled?.addEventListener('abort', cancel, { once: true });
      this.#startNext();
    });
    try {
      return await attempt(startedAt);
    } finally {
      this.#inFlight--;
      this.#startNext();
      if (this.#isIdle) this.#idleSince = this.#clock.now();
    }
  }

  /** Takes a request out of the queue. @returns false where it isn't there any more */
  #forget(waiting: (startedAt: number) => void): boolean {
    for (const queue of [this.#waiting, this.#waitingAhead]) {
      const index = queue.indexOf(waiting);
      if (index < 0) continue;
      queue.splice(index, 1);
      if (this.#isIdle) this.#idleSince = this.#clock.now();
      return true;
    }
    return false;
  }

  get #isIdle(): boolean {
    return this.#inFlight + this.#waiting.length + this.#waitingAhead.length === 0;
  }

  turnedAway(startedAt: number, pauseMilliseconds: number): boolean {
    const now = this.#clock.now();
    const first = !this.#wasTurnedAway && now >= this.#pausedUntil;
    this.#wasTurnedAway = true;
    this.#rate.turnedAway(startedAt);
    this.#pausedUntil = Math.max(this.#pausedUntil, now + pauseMilliseconds);
    return first;
  }

  #startNext(): void {
    while (this.#waiting.length + this.#waitingAhead.length > 0) {
      if (this.#inFlight >= Math.min(this.#maxInFlight, this.#rate.mostUnderWay)) return;
      const now = this.#clock.now();
      const startAt = this.#mayStartAt(now);
      if (startAt > now) {
        this.#wake(startAt, now);
        return;
      }
      this.#inFlight++;
      this.#rate.started(now);
      (this.#waitingAhead.shift() ?? this.#waiting.shift())?.(now);
    }
  }

  #mayStartAt(now: number): number {
    if (now < this.#pausedUntil) return this.#pausedUntil;
    if (this.#wasTurnedAway) {
      // Only now, after the pause, have the requests that were in flight at the 429 been answered.
      this.#wasTurnedAway = false;
      this.#rate.resumed(this.#pausedUntil);
    }
    return this.#rate.nextStart(now);
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
