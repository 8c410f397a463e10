import { setTimeout as sleep } from 'node:timers/promises';
import { FIRST_MS, GROWTH, LONGEST_MS, WaitTimeout } from './backoff';

/** How a {@link SharedPoller} asks Webex. */
export interface Source<T> {
  /** IDs of the objects, among others, that aren't finished. */
  listUnfinished(): Promise<ReadonlySet<string>>;
  /** Looks up many, at the price of a list where that is cheaper. Undefined for one that is gone. */
  lookUp(): (id: string) => Promise<T | undefined>;
  isFinished(value: T): boolean;
}

/** One call of {@link SharedPoller.wait}. */
interface Waiter<T> {
  readonly id: string;
  readonly since: number;
  readonly deadline: number;
  readonly seconds: number;
  readonly finish: (value: T | undefined) => void;
  readonly fail: (error: unknown) => void;
  timer?: NodeJS.Timeout;
}

/** Milliseconds after its deadline in which a waiter still waits for a poll that is under way. */
const GRACE_MS = 30_000;
/** The longest time that a timer takes; longer waits end by a poll only. */
const LONGEST_TIMER = 2 ** 31 - 1;
/** Up to so many objects are looked up one by one; for more, a list costs less. */
const FEW = 2;
/** Polls in the time that the fastest object took: one that takes as long is found within a quarter of that. */
const POLLS_A_COMPLETION = 4;

/**
 * Waits for many objects at the price of one: a single loop lists what isn't finished, and looks up the rest. The
 * pauses grow, but stay below a quarter of the time that the fastest object took: in a long run, objects that start
 * later are found sooner. docs/decisions/0071 has what each of these rules gains.
 */
export class SharedPoller<T> {
  private readonly waiters = new Set<Waiter<T>>();
  private isRunning = false;
  private pauseMs: number;
  private fastestMs = Number.POSITIVE_INFINITY;

  /** @param firstMs the first pause before a poll */
  constructor(
    private readonly source: Source<T>,
    private readonly what: string,
    private readonly firstMs = FIRST_MS,
  ) {
    this.pauseMs = firstMs;
  }

  /** Resolves with the finished object, or undefined when it is gone. @throws WaitTimeout */
  wait(id: string, seconds: number): Promise<T | undefined> {
    return new Promise((finish, fail) => {
      const since = Date.now();
      const waiter: Waiter<T> = { id, seconds, since, deadline: since + seconds * 1000, finish, fail };
      this.waiters.add(waiter);
      this.limit(waiter);
      if (!this.isRunning) void this.run();
    });
  }

  /** A poll that is retried for long must not keep a waiter beyond its deadline. */
  private limit(waiter: Waiter<T>): void {
    const milliseconds = waiter.seconds * 1000 + GRACE_MS;
    if (milliseconds > LONGEST_TIMER) return;
    const timeout = new WaitTimeout(this.what, waiter.seconds, { more: ", and Webex can't be asked about it" });
    waiter.timer = setTimeout(() => this.settle(waiter, () => waiter.fail(timeout)), milliseconds);
  }

  private async run(): Promise<void> {
    this.isRunning = true;
    this.pauseMs = this.firstMs;
    while (this.waiters.size > 0) {
      await sleep(this.pauseMs);
      await this.poll();
      const longest = Math.max(this.firstMs, Math.min(LONGEST_MS, this.fastestMs / POLLS_A_COMPLETION));
      this.pauseMs = Math.min(this.pauseMs * GROWTH, longest);
    }
    this.isRunning = false;
  }

  private async poll(): Promise<void> {
    const now = [...this.waiters];
    try {
      const unfinished = now.length > FEW ? await this.source.listUnfinished() : new Set<string>();
      const lookUp = this.source.lookUp();
      await Promise.all(now.filter(({ id }) => !unfinished.has(id)).map((waiter) => this.ask(waiter, lookUp)));
    } catch (error) {
      for (const waiter of now) this.settle(waiter, () => waiter.fail(error));
    }
    for (const waiter of now) {
      if (!this.waiters.has(waiter) || Date.now() < waiter.deadline) continue;
      this.settle(waiter, () => waiter.fail(new WaitTimeout(this.what, waiter.seconds)));
    }
  }

  private async ask(waiter: Waiter<T>, lookUp: (id: string) => Promise<T | undefined>): Promise<void> {
    try {
      const value = await lookUp(waiter.id);
      if (value !== undefined && !this.source.isFinished(value)) return;
      this.fastestMs = Math.min(this.fastestMs, Date.now() - waiter.since);
      this.settle(waiter, () => waiter.finish(value));
    } catch (error) {
      this.settle(waiter, () => waiter.fail(error));
    }
  }

  private settle(waiter: Waiter<T>, answer: () => void): void {
    clearTimeout(waiter.timer);
    if (this.waiters.delete(waiter)) answer();
  }
}
