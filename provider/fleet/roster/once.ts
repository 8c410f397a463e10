import { MOST_PROBLEMS } from './problems';

/** Reports a repeated mistake once, at its first place, with the number of further places. */
export class Once {
  private readonly found = new Map<string, { count: number; report: (more: string) => void }>();

  /**
   * @param key identifies the mistake
   * @param report called with a text such as ` (and in 19 more rows)`; empty if there is only one place
   */
  add(key: string, report: (more: string) => void): void {
    const before = this.found.get(key);
    if (before) before.count++;
    // One more than is kept, so that the error says that there are more.
    else if (this.found.size <= MOST_PROBLEMS) this.found.set(key, { count: 1, report });
  }

  /** @param kind the kind of place, in the singular: `row` */
  report(kind: string): void {
    for (const { count, report } of this.found.values()) {
      report(count === 1 ? '' : ` (and in ${count - 1} more ${kind}${count === 2 ? '' : 's'})`);
    }
  }
}
