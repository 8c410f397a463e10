import { setTimeout as sleep } from 'node:timers/promises';
import { FIRST_MS, GROWTH, LONGEST_MS, WaitTimeout } from './backoff';

interface Waiting<T> {
  readonly id: string;
  readonly since: number;
  readonly deadline: number;
  readonly seconds: number;
  readonly finish: (value: T | undefined) => void;
  readonly fail: (error: unknown) => void;
}

/** What a list says of objects that aren't finished. */
export interface Unfinished {
  readonly ids: ReadonlySet<string>;
  /** False where there are more than were asked for. */
  readonly isComplete: boolean;
}

/** How a {@link SharedPoller} asks the backend. */
export interface Source<T> {
  /** The objects, among others, that aren't finished: all of them, or those of one request. */
  listUnfinished(scope: 'all' | 'page'): Promise<Unfinished>;
  /** Looks up many, at the price of a list where that is cheaper. Undefined for one that is gone. */
  lookUp(): (id: string) => Promise<T | undefined>;
  isFinished(value: T): boolean;
}

/** After its time somebody waits so much longer for a poll that is under way: longer than the wait before it. */
const GRACE_MS = 30_000;
const LONGEST_TIMER = 2 ** 31 - 1;

/** Up to this many are asked for one by one; above it a list costs less. */
const FEW = 2;
/** How often one page of the unfinished is believed to stand for all of them. */
const PAGES_BETWEEN_LISTS = 4;

/**
 * Waits for many objects at the price of one. A single loop asks for one page of what isn't finished, and for the rest
 * only where one of that page is done, or now and then: while Webex is at work, waiting for 500 costs no more than
 * waiting for three. What is done is looked up together.
 */
export class SharedPoller<T> {
  private readonly waiting = new Set<Waiting<T>>();
  private readonly timers = new Map<Waiting<T>, NodeJS.Timeout>();
  private running = false;
  private interval: number;
  /** How long the quickest took so far: somebody new need not be asked for much earlier. */
  private quickest = Number.POSITIVE_INFINITY;
  /** Of those that wait, the ones that the last page showed. */
  private shown: string[] = [];
  private pages = 0;

  /** @param firstMs the first wait between two polls */
  constructor(
    private readonly source: Source<T>,
    private readonly what: string,
    private readonly firstMs = FIRST_MS,
  ) {
    this.interval = firstMs;
  }

  /** Resolves with the finished object, or undefined when it is gone. @throws WaitTimeout */
  wait(id: string, seconds: number): Promise<T | undefined> {
    // Somebody new must not make those poll quickly who wait for long, or a long run would poll quickly to its end.
    this.interval = Math.min(this.interval, this.waiting.size === 0 ? this.firstMs : this.soon);
    return new Promise((finish, fail) => {
      const since = Date.now();
      const entry: Waiting<T> = { id, seconds, since, deadline: since + seconds * 1000, finish, fail };
      this.waiting.add(entry);
      this.endAnyway(entry);
      if (!this.running) void this.run();
    });
  }

  /** A poll that is tried again and again must not hold up those whose time is over. */
  private endAnyway(entry: Waiting<T>): void {
    const milliseconds = entry.seconds * 1000 + GRACE_MS;
    if (milliseconds > LONGEST_TIMER) return;
    const text = `${this.what} wasn't finished within ${entry.seconds} seconds, and Webex can't be asked about it`;
    const timer = setTimeout(() => this.settle(entry, () => entry.fail(new WaitTimeout(text))), milliseconds);
    this.timers.set(entry, timer);
  }

  private async run(): Promise<void> {
    this.running = true;
    while (this.waiting.size > 0) {
      await sleep(this.interval);
      await this.round();
      const grown = Math.min(this.interval * GROWTH, LONGEST_MS);
      this.interval = this.isAnyoneLikely() ? Math.min(grown, this.soon) : grown;
    }
    this.interval = this.firstMs;
    this.running = false;
  }

  /** Milliseconds: as often as this is enough where one takes as long as the quickest. */
  private get soon(): number {
    return Math.max(this.firstMs, this.quickest / 4);
  }

  /** Whether somebody waits for whom it is about time; who takes much longer than the quickest may take any time. */
  private isAnyoneLikely(): boolean {
    const since = Date.now() - 3 * this.quickest;
    return [...this.waiting].some((entry) => entry.since > since);
  }

  private async round(): Promise<void> {
    const now = [...this.waiting];
    try {
      const unfinished = now.length > FEW ? await this.unfinished() : NONE;
      const lookUp = this.source.lookUp();
      await Promise.all(now.filter(({ id }) => !unfinished.has(id)).map((entry) => this.ask(entry, lookUp)));
    } catch (error) {
      for (const entry of now) this.settle(entry, () => entry.fail(error));
    }
    for (const entry of now) {
      if (!this.waiting.has(entry) || Date.now() < entry.deadline) continue;
      const text = `${this.what} wasn't finished within ${entry.seconds} seconds`;
      this.settle(entry, () => entry.fail(new WaitTimeout(text)));
    }
  }

  /** Ids that need not be asked for, because they aren't finished, or because nothing says that they are. */
  private async unfinished(): Promise<ReadonlySet<string>> {
    const page = await this.source.listUnfinished('page');
    if (page.isComplete) return page.ids;
    const all = [...this.waiting].map(({ id }) => id);
    const isQuiet = this.shown.length > 0 && this.shown.every((id) => page.ids.has(id));
    this.shown = all.filter((id) => page.ids.has(id));
    if (isQuiet && ++this.pages % PAGES_BETWEEN_LISTS !== 0 && !this.isAnyoneDue()) return new Set(all);
    return (await this.source.listUnfinished('all')).ids;
  }

  /** Whoever's time is over must not be told so on the word of others. */
  private isAnyoneDue(): boolean {
    const now = Date.now();
    return [...this.waiting].some(({ deadline }) => deadline <= now);
  }

  private async ask(entry: Waiting<T>, lookUp: (id: string) => Promise<T | undefined>): Promise<void> {
    try {
      const value = await lookUp(entry.id);
      if (value !== undefined && !this.source.isFinished(value)) return;
      this.quickest = Math.min(this.quickest, Date.now() - entry.since);
      this.settle(entry, () => entry.finish(value));
    } catch (error) {
      this.settle(entry, () => entry.fail(error));
    }
  }

  private settle(entry: Waiting<T>, answer: () => void): void {
    clearTimeout(this.timers.get(entry));
    this.timers.delete(entry);
    if (this.waiting.delete(entry)) answer();
  }
}

const NONE: ReadonlySet<string> = new Set();
