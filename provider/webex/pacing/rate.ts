/** Webex counts requests by the minute. */
const MINUTE = 60_000;
/** Retry-After has whole seconds, so a pause may end this many milliseconds later than necessary. */
const ROUNDING = 1000;

/**
 * Values while no limit is known: the requests a second at first and the growth with each request, and the same for
 * requests under way. Webex refuses all requests that are under way when the limit is reached; with slow answers these
 * are many.
 */
const START = { perSecond: 30, growth: 0.25, burst: 16, underWay: 4, underWayGrowth: 1 / 24 };
/** The same values after the first 429, when a second one is likely. */
const SECOND_START = { perSecond: 20, growth: 0.2, burst: 1, underWay: 2, underWayGrowth: 1 / 64 };

/** Requests that Webex must accept for each 429 before the rate rises, so that at most 1 in 200 is refused. */
const PRICE = 200;
/**
 * The rate rises after this time in any case. A process that measured while others used up the limit would else wait
 * for hours: at ten requests a minute, thousands may be owed.
 */
const LONGEST_HOLD = 30 * MINUTE;
/** The first step beyond the limit is the root of the limit; each further step is larger by this factor. */
const STEP = 3;
/** Fewer requests are no measurement: other processes used up the minute, or this process has only just begun. */
const EVIDENCE = 5;
const MOST_DOUBTS = 2;
/**
 * If a process had nothing to send for more than this part of the time, the accepted requests measure its work and not
 * the limit. Otherwise a few 429s would slow a run that mostly waits for Webex down to ten requests a minute.
 */
const MOST_IDLE = 0.5;
/** A measurement over a shorter time does not lower the rate: the limit may count requests from before that time. */
const TOO_SHORT = 10_000;
/** The lowest rate in requests a minute. From a lower one, the rate would take too long to rise again. */
const LOWEST = 10;
/** Requests that started late because the machine was busy are made up for within this time. */
const LATENESS = 2000;

interface Measurement {
  taken: number;
  /** Milliseconds in which Webex accepted these requests. */
  time: number;
  perMinute: number;
  /** Part of that time, from 0 to 1, in which there was nothing to send. */
  idle: number;
}

/**
 * How many requests a minute Webex takes from this process, learned from 429s alone: Cisco documents neither the
 * number nor how it counts, and other processes with the same token share it unseen.
 *
 * - While no limit is known, requests start ever more quickly.
 * - The first 429 is only a hint: another process may have caused it. After its pause all processes start again at the
 *   same time, with equal chances.
 * - The second 429 shows the limit. The requests that Webex accepted between the two pauses, or in the minute before,
 *   are this process's part of it. A server that counts in fixed or sliding minutes, or fills a bucket, accepts as many
 *   again, if they come evenly.
 * - Then the rate is held. For each refused request, a number of requests must be accepted first ({@link PRICE}); after
 *   that the rate rises until the next 429, at first by its root, so that processes with small parts catch up.
 *
 * Pure: the caller gives the time. docs/decisions/0018, 0030 and 0071 say what was compared.
 */
export class Rate {
  /** Start times of the accepted requests of at least the last minute, oldest first. */
  private starts: number[] = [];
  private firstAt: number | undefined;
  private nextAt = Number.NEGATIVE_INFINITY;
  /** While no limit is known: the number of starts since the beginning, or since the first 429. */
  private free = 0;
  /** Requests a minute; undefined while no limit is known. */
  private rate: number | undefined;
  /** The measured limit, in requests a minute. */
  private measured = 0;
  /** How far the rate is above the measured limit at present; 0 while it is held. */
  private beyond = 0;
  private changedAt = 0;
  /** Requests that Webex must accept before the rate rises. */
  private owed = 0;
  /** Ends of the pauses of the last minute, oldest first. */
  private pauses: number[] = [];
  /** Periods of at least the last minute in which there was nothing to send. */
  private idle: { from: number; to: number }[] = [];
  private hits = 0;
  private doubts = 0;
  private rejections = 0;

  /** @param random gives a number from 0 to 1 */
  constructor(private readonly random: () => number) {}

  /** Requests a minute that are allowed at present; undefined while no limit is known. */
  get perMinute(): number | undefined {
    return this.rate;
  }

  /** How many requests may be under way at the same time. */
  get mostUnderWay(): number {
    if (this.rate !== undefined) return Number.POSITIVE_INFINITY;
    return Math.floor(this.start.underWay + this.start.underWayGrowth * this.free);
  }

  /** When the next request may start. */
  nextStart(now: number): number {
    this.tryMore(now);
    return Math.max(now, this.nextAt);
  }

  /** Notes that a request starts. */
  started(now: number): void {
    this.firstAt ??= now;
    if ((this.starts[0] ?? now) < now - 2 * MINUTE) this.starts = this.since(now - MINUTE - ROUNDING);
    this.starts.push(now);
    this.owed--;
    const each = this.spacing();
    const burst = this.rate === undefined ? this.start.burst * each : LATENESS;
    this.nextAt = Math.max(this.nextAt, now - burst) + each;
    this.free++;
  }

  /** Notes that no request was waiting between these times. */
  idled(from: number, now: number): void {
    this.idle = this.idle.filter(({ to }) => to >= now - 2 * MINUTE);
    if (now > from) this.idle.push({ from, to: now });
  }

  /** Notes that the request that started at this time got a 429. */
  turnedAway(startedAt: number): void {
    const index = this.starts.lastIndexOf(startedAt);
    if (index >= 0) this.starts.splice(index, 1);
    this.rejections++;
  }

  /** Notes that the pause that Webex asked for is over. */
  resumed(now: number): void {
    const limit = this.measure(now);
    this.hits++;
    this.owed = Math.max(0, this.owed) + PRICE * this.rejections;
    this.rejections = 0;
    this.free = 0;
    if (this.isCredible(limit)) {
      this.measured = Math.max(LOWEST, limit.perMinute);
      this.rate = this.measured;
    }
    this.beyond = 0;
    this.changedAt = now;
    // The random offset keeps the evenly spaced requests of several processes from starting at the same time.
    this.nextAt = this.rate === undefined ? now : now + this.random() * this.spacing();
  }

  private get start() {
    return this.hits === 0 ? START : SECOND_START;
  }

  /** Milliseconds from one start to the next. */
  private spacing(): number {
    if (this.rate !== undefined) return MINUTE / this.rate;
    return 1000 / (this.start.perSecond + this.start.growth * this.free);
  }

  private since(from: number): number[] {
    return this.starts.filter((time) => time >= from);
  }

  /** Counts the accepted requests since the end of an earlier pause, over as much of the last minute as possible. */
  private measure(now: number): Measurement {
    this.pauses = this.pauses.filter((time) => time >= now - MINUTE - ROUNDING);
    // Webex may have accepted all requests of a minute in its first second, which the measurement must include.
    const minute = now - MINUTE - (this.rate === undefined ? ROUNDING : 0);
    const from = this.pauses[0] ?? Math.max(this.firstAt ?? now, minute);
    this.pauses.push(now);
    const taken = this.since(from).length;
    const time = Math.max(1, now - from);
    const idle = this.idle.reduce((sum, each) => sum + Math.max(0, each.to - Math.max(from, each.from)), 0) / time;
    return { taken, time, perMinute: (taken * MINUTE) / Math.min(MINUTE, time), idle };
  }

  private isCredible({ taken, time, perMinute, idle }: Measurement): boolean {
    if (this.hits === 1 || idle > MOST_IDLE) return false;
    if (this.rate !== undefined && perMinute < this.rate && time < TOO_SHORT) return false;
    if (taken < EVIDENCE && this.doubts < MOST_DOUBTS) {
      this.doubts++;
      return false;
    }
    this.doubts = 0;
    return true;
  }

  private tryMore(now: number): void {
    if (this.rate === undefined) return;
    if (this.beyond === 0) {
      if (this.owed > 0 && now < this.changedAt + LONGEST_HOLD) return;
      this.beyond = Math.sqrt(this.measured);
    } else {
      // If there was enough to send, a limit a minute shows within a minute.
      if (now < this.changedAt + MINUTE) return;
      if (this.since(now - MINUTE).length < 0.9 * this.rate) return;
      this.beyond *= STEP;
    }
    this.rate = this.measured + this.beyond;
    this.changedAt = now;
  }
}
