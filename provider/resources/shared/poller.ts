import { setTimeout as sleep } from 'node:timers/promises';

/** How the waits between two polls grow: from half a second to a quarter of a minute. */
const FIRST_MS = 500;
const LONGEST_MS = 15_000;
const GROWTH = 1.5;

/** Raised when Webex didn't finish within the `timeouts` of a resource. */
export class WaitTimeout extends Error {
  override readonly name = 'WaitTimeout';
}

/** Waits between polls that grow, and end at a deadline. */
export class Patience {
  private next = FIRST_MS;
  private readonly deadline: number;

  /** @param seconds after which {@link pause} throws. */
  constructor(
    private readonly seconds: number,
    private readonly what: string,
  ) {
    this.deadline = Date.now() + seconds * 1000;
  }

  /** @throws WaitTimeout when the time is over. */
  async pause(): Promise<void> {
    const left = this.deadline - Date.now();
    if (left <= 0) throw new WaitTimeout(`${this.what} wasn't finished within ${this.seconds} seconds`);
    await sleep(Math.min(this.next, left));
    this.next = Math.min(this.next * GROWTH, LONGEST_MS);
  }
}

interface Waiting<T> {
  readonly id: string;
  readonly deadline: number;
  readonly seconds: number;
  readonly finish: (value: T | undefined) => void;
  readonly fail: (error: unknown) => void;
}

/** How a {@link SharedPoller} asks the backend. */
export interface Source<T> {
  /** Ids, among others, of all objects that aren't finished: one list request for any number of them. */
  listUnfinished(): Promise<ReadonlySet<string>>;
  /** The object, or undefined when it is gone. */
  get(id: string): Promise<T | undefined>;
  isFinished(value: T): boolean;
}

/** Up to this many are asked for one by one; above it a list costs less. */
const FEW = 2;

/**
 * Waits for many objects at the price of one: a single loop lists what isn't finished and fetches only those that no
 * longer are in that list.
 */
export class SharedPoller<T> {
  private readonly waiting = new Set<Waiting<T>>();
  private running = false;
  private interval = FIRST_MS;

  constructor(
    private readonly source: Source<T>,
    private readonly what: string,
  ) {}

  /** Resolves with the finished object, or undefined when it is gone. @throws WaitTimeout */
  wait(id: string, seconds: number): Promise<T | undefined> {
    this.interval = FIRST_MS;
    return new Promise((finish, fail) => {
      this.waiting.add({ id, seconds, deadline: Date.now() + seconds * 1000, finish, fail });
      if (!this.running) void this.run();
    });
  }

  private async run(): Promise<void> {
    this.running = true;
    while (this.waiting.size > 0) {
      await sleep(this.interval);
      this.interval = Math.min(this.interval * GROWTH, LONGEST_MS);
      await this.round();
    }
    this.running = false;
  }

  private async round(): Promise<void> {
    const now = [...this.waiting];
    try {
      const unfinished = now.length > FEW ? await this.source.listUnfinished() : new Set<string>();
      await Promise.all(now.filter(({ id }) => !unfinished.has(id)).map((entry) => this.ask(entry)));
    } catch (error) {
      for (const entry of now) this.settle(entry, () => entry.fail(error));
    }
    for (const entry of now) {
      if (!this.waiting.has(entry) || Date.now() < entry.deadline) continue;
      const text = `${this.what} wasn't finished within ${entry.seconds} seconds`;
      this.settle(entry, () => entry.fail(new WaitTimeout(text)));
    }
  }

  private async ask(entry: Waiting<T>): Promise<void> {
    try {
      const value = await this.source.get(entry.id);
      if (value === undefined || this.source.isFinished(value)) this.settle(entry, () => entry.finish(value));
    } catch (error) {
      this.settle(entry, () => entry.fail(error));
    }
  }

  private settle(entry: Waiting<T>, answer: () => void): void {
    if (this.waiting.delete(entry)) answer();
  }
}
