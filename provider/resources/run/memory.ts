/** Milliseconds that the answer of a list request is used. */
const FRESH_MS = 120_000;

/**
 * What a run remembers, with two lifetimes: for the whole run, and until the next write. A value that failed to load is
 * forgotten, so that the next caller asks again.
 */
export class Memory {
  private readonly ofRun = new Map<string, unknown>();
  private readonly reads = new Map<string, { readonly at: number; readonly value: Promise<unknown> }>();

  /**
   * The value of `make` for this key, made once a run, whatever this run writes: for what was there before the run
   * began, and for the objects that collect what a run learns.
   */
  forRun<T>(key: string, make: () => T): T {
    if (this.ofRun.has(key)) return this.ofRun.get(key) as T;
    const value = make();
    this.ofRun.set(key, value);
    if (value instanceof Promise) value.catch(() => this.ofRun.get(key) === value && this.ofRun.delete(key));
    return value;
  }

  /**
   * The answer of `load` for this key, asked for at most once within two minutes and between two writes: a refresh
   * reads resources one by one, and one list request answers for all of them.
   */
  untilWrite<T>(key: string, load: () => Promise<T>, now = Date.now()): Promise<T> {
    const found = this.reads.get(key);
    if (found && now - found.at < FRESH_MS) return found.value as Promise<T>;
    const read = { at: now, value: load() };
    this.reads.set(key, read);
    read.value.catch(() => this.reads.get(key) === read && this.reads.delete(key));
    return read.value;
  }

  /** Called before and after each write: what was read earlier may be outdated. */
  forgetReads(): void {
    this.reads.clear();
  }
}
