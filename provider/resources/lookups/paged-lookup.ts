import type { Pages } from '../../webex';
import { uuidOf } from '../../webex/ids';

/** Where a {@link PagedLookup} finds what it looks up. */
export interface Collection<T> {
  /** Lists the collection. */
  pages(): Pages<T> | Promise<Pages<T>>;
  /** Its key; where that is an ID, lists may spell it otherwise. */
  keyOf(item: T): string;
  /** One object; undefined where it doesn't exist. Also called for one that the whole list lacks: lists lag behind. */
  get(key: string): Promise<T | undefined>;
  /** Whether the first page is worth a request for the first object already: most collections have no second one. */
  isSmall: boolean;
  /** Whether an object that the complete list lacks counts as absent: enough for a preview, as the write asks again. */
  isForPreview?: boolean;
}

/**
 * Looks objects up by key at the price of a list, where that is cheaper than asking for each: pages are asked for one
 * by one, and never more of them than half of the objects that were looked up. So a stack of 200 customers costs 2
 * requests where the partner has 200, and at most 300 where it has 100,000.
 */
export class PagedLookup<T> {
  private readonly found = new Map<string, T>();
  private lookups = 0;
  private read = 0;
  private isComplete = false;
  private reading: Promise<void> | undefined;
  private list: Pages<T> | undefined;

  constructor(private readonly collection: Collection<T>) {}

  /**
   * The object with this key; undefined where it doesn't exist.
   * @param get asks for this one alone, where that takes more than the key
   */
  async find(key: string, get = () => this.collection.get(key)): Promise<T | undefined> {
    this.lookups++;
    for (;;) {
      const item = this.found.get(uuidOf(key));
      if (item !== undefined) return item;
      // A list that lacks an object proves nothing: it may lag behind.
      if (this.isComplete) return this.collection.isForPreview ? undefined : get();
      if (this.reading === undefined && !this.isWorthAPage()) return get();
      await this.readPage();
    }
  }

  private isWorthAPage(): boolean {
    return 2 * (this.read + 1) <= this.lookups + (this.collection.isSmall ? 1 : 0);
  }

  /** One page at a time, for all that wait for it. */
  private readPage(): Promise<void> {
    this.reading ??= this.nextPage().finally(() => {
      this.reading = undefined;
    });
    return this.reading;
  }

  private async nextPage(): Promise<void> {
    try {
      this.list ??= await this.collection.pages();
      const { value, done = false } = await this.list.next();
      this.isComplete = done;
      this.read++;
      for (const item of value) this.found.set(uuidOf(this.collection.keyOf(item)), item);
    } catch (error) {
      // From the beginning next time.
      this.list = undefined;
      throw error;
    }
  }
}
