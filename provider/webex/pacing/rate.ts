/** Webex counts requests by the minute. */
const MINUTE = 60_000;
/** Retry-After is in whole seconds, so a pause may end this much later than it had to. */
const ROUNDING = 1000;

/**
 * While no limit is known: requests a second at first and by how many each request raises it, and the same for requests
 * under way. All that are under way when a limit is met are turned away, most where answers are slow.
 */
const START = { perSecond: 30, growth: 0.25, burst: 16, underWay: 4, underWayGrowth: 1 / 24 };
/** The same after a first 429, when a second is likely. */
const SECOND_START = { perSecond: 20, growth: 0.2, burst: 1, underWay: 2, underWayGrowth: 1 / 64 };

/** How far below the measured limit requests are sent, so that they stay below it wherever its minutes begin. */
const MARGIN = 0.01;
/** How many requests must be taken for each that was turned away, before more are tried: at most 1 in 200. */
const PRICE = 200;
/**
 * After this time more are tried in any case: a process with a small part of the limit must not wait for 200 requests.
 */
const LONGEST_HOLD = 15 * MINUTE;
/** The first attempt goes beyond the limit by its root; each further one by so many times more. */
const STEP = 3;
/** Fewer requests than these are no measurement: others used up the minute, or this process has only just begun. */
const EVIDENCE = 5;
const MOST_DOUBTS = 2;
/**
 * A process that had nothing to send for more than this part of the time was not held back by a limit: what was taken
 * measures its work. Otherwise a few stray 429s let a run that mostly waits for Webex crawl at ten requests a minute.
 */
const MOST_IDLE = 0.5;
/** Over a shorter time than this the rate isn't lowered: any sixty seconds may begin with ten that were full before. */
const TOO_SHORT = 10_000;
/** No process goes below this, in requests a minute: from there it would take too long to get back. */
const LOWEST = 10;
/** Requests that could not start in time, because the machine was busy, are made up for within this time. */
const LATENESS = 2000;

interface Measurement {
  taken: number;
  /** Milliseconds in which that many were taken. */
  time: number;
  perMinute: number;
  /** Part of that time, from 0 to 1, in which there was nothing to send. */
  idle: number;
}

/**
 * How many requests a minute Webex takes from this process, learned from 429s alone: Cisco documents neither the
 * number nor how it counts, and other processes with the same token share it unseen.
 *
 * - Nothing is known at first: requests start ever more quickly.
 * - The first 429 is a hint. Its pause is kept, which brings all processes to the same moment, and one more start
 *   with equal chances follows.
 * - The second is a limit: what was taken between two such pauses, or in the minute before, is this process's part of
 *   it. A server that counts in fixed or sliding minutes, or fills a bucket, takes that again, as long as it comes
 *   evenly.
 * - Then it is held. Each request that was turned away has its price in requests that must be taken first; after that
 *   the rate rises until the next 429, by the root of itself at first, so that small parts gain on large ones.
 *
 * Pure: the caller gives the time. docs/decisions/0018 and 0030 say what was compared.
 */
export class Rate {
  /** Start times of requests that were not turned away, of more than the last minute, oldest first. */
  #started: number[] = [];
  #firstAt: number | undefined;
  #nextAt = Number.NEGATIVE_INFINITY;
  /** Starts since the beginning, or since the first 429, while no limit is known. */
  #free = 0;
  /** Requests a minute; undefined while no limit is known. */
  #rate: number | undefined;
  /** The limit as it was measured. */
  #measured = 0;
  /** How far beyond it the rate is at present; 0 while it is held. */
  #beyond = 0;
  #changedAt = 0;
  /** Requests that must be taken before more are tried. */
  #owed = 0;
  /** Ends of the pauses of the last minute, oldest first. */
  #pauses: number[] = [];
  /** When there was nothing to send, of more than the last minute. */
  #idle: { from: number; to: number }[] = [];
  #hits = 0;
  #doubts = 0;
  #rejections = 0;

  readonly #random: () => number;

  /** @param random gives a number from 0 to 1 */
  constructor(random: () => number) {
    this.#random = random;
  }

  /** Requests a minute that are allowed at present; undefined while no limit is known. */
  get perMinute(): number | undefined {
    return this.#rate;
  }

  /** How many requests may be under way at the same time. */
  get mostUnderWay(): number {
    if (this.#rate !== undefined) return Number.POSITIVE_INFINITY;
    return Math.floor(this.#start.underWay + this.#start.underWayGrowth * this.#free);
  }

  /** When the next request may start. */
  nextStart(now: number): number {
    this.#tryMore(now);
    return Math.max(now, this.#nextAt);
  }

  /** A request starts. */
  started(now: number): void {
    this.#firstAt ??= now;
    if ((this.#started[0] ?? now) < now - 2 * MINUTE) this.#started = this.#since(now - MINUTE - ROUNDING);
    this.#started.push(now);
    this.#owed--;
    const each = this.#spacing();
    const burst = this.#rate === undefined ? this.#start.burst * each : LATENESS;
    this.#nextAt = Math.max(this.#nextAt, now - burst) + each;
    this.#free++;
  }

  /** Nothing was waiting to be sent between these moments. */
  idled(from: number, now: number): void {
    this.#idle = this.#idle.filter(({ to }) => to >= now - 2 * MINUTE);
    if (now > from) this.#idle.push({ from, to: now });
  }

  /** The request that started at this moment was turned away with 429. */
  turnedAway(startedAt: number): void {
    const index = this.#started.lastIndexOf(startedAt);
    if (index >= 0) this.#started.splice(index, 1);
    this.#rejections++;
  }

  /** The pause that Webex asked for is over. */
  resumed(now: number): void {
    const limit = this.#measure(now);
    this.#hits++;
    this.#owed = Math.max(0, this.#owed) + PRICE * this.#rejections;
    this.#rejections = 0;
    this.#free = 0;
    if (this.#isCredible(limit)) {
      this.#measured = Math.max(LOWEST, limit.perMinute);
      this.#rate = this.#measured * (1 - MARGIN);
    }
    this.#beyond = 0;
    this.#changedAt = now;
    // Evenly spaced requests of several processes should fall between each other, not on the same moment.
    this.#nextAt = this.#rate === undefined ? now : now + this.#random() * this.#spacing();
  }

  get #start() {
    return this.#hits === 0 ? START : SECOND_START;
  }

  /** Milliseconds from one start to the next. */
  #spacing(): number {
    if (this.#rate !== undefined) return MINUTE / this.#rate;
    return 1000 / (this.#start.perSecond + this.#start.growth * this.#free);
  }

  #since(from: number): number[] {
    return this.#started.filter((time) => time >= from);
  }

  /** What was taken from the end of a pause to the end of this one, over as much of the last minute as possible. */
  #measure(now: number): Measurement {
    this.#pauses = this.#pauses.filter((time) => time >= now - MINUTE - ROUNDING);
    // All of a minute may have been taken in its first second, which must not be missed.
    const minute = now - MINUTE - (this.#rate === undefined ? ROUNDING : 0);
    const from = this.#pauses[0] ?? Math.max(this.#firstAt ?? now, minute);
    this.#pauses.push(now);
    const taken = this.#since(from).length;
    const time = Math.max(1, now - from);
    const idle = this.#idle.reduce((sum, each) => sum + Math.max(0, each.to - Math.max(from, each.from)), 0) / time;
    return { taken, time, perMinute: (taken * MINUTE) / Math.min(MINUTE, time), idle };
  }

  #isCredible({ taken, time, perMinute, idle }: Measurement): boolean {
    if (this.#hits === 1 || idle > MOST_IDLE) return false;
    if (this.#rate !== undefined && perMinute < this.#rate && time < TOO_SHORT) return false;
    if (taken < EVIDENCE && this.#doubts < MOST_DOUBTS) {
      this.#doubts++;
      return false;
    }
    this.#doubts = 0;
    return true;
  }

  #tryMore(now: number): void {
    if (this.#rate === undefined) return;
    if (this.#beyond === 0) {
      if (this.#owed > 0 && now < this.#changedAt + LONGEST_HOLD) return;
      this.#beyond = Math.sqrt(this.#measured);
    } else {
      // A limit that is counted by the minute shows within one, if there was work enough to meet it.
      if (now < this.#changedAt + MINUTE) return;
      if (this.#since(now - MINUTE).length < 0.9 * this.#rate) return;
      this.#beyond *= STEP;
    }
    this.#rate = this.#measured + this.#beyond;
    this.#changedAt = now;
  }
}
