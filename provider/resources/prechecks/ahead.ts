import type { Caller, CheckFailure } from '../../lifecycle';
import { precheck, withinTime } from './precheck';

/** How a kind of resource is prechecked. */
export interface Precheckable<I> {
  /** The inputs, if they are valid and wholly known. */
  validated(inputs: Record<string, unknown>): I | undefined;
  ask(inputs: I): Promise<unknown>;
  /** What the request is made of: the same means the same answer. */
  requestOf(inputs: I): unknown;
  hints: Parameters<typeof precheck>[1];
}

/** No more than so many are asked about before it is known whether they are new. */
const MOST_AHEAD = 64;

/**
 * Prechecks of new resources, several at the same time although Pulumi checks one after the other. Only those that are
 * new are to be asked about, and nobody knows which they are before their check comes: the more new ones in a row, the
 * more are asked about ahead; one that exists ends that. So at most as many are asked about in vain as rightly.
 */
export class PrechecksAhead<I> {
  /** By URN, in the order of the program. */
  private readonly upcoming = new Map<string, Record<string, unknown>>();
  private readonly started = new Map<string, Promise<CheckFailure[]>>();
  private readonly checked = new Set<string>();
  private row = 0;

  constructor(private readonly kind: Precheckable<I>) {}

  /** To be called in each check of a preview, whether the resource is new or not. */
  checking({ urn, upcoming = [] }: Caller, isNew: boolean): void {
    this.checked.add(urn);
    this.upcoming.delete(urn);
    for (const entry of upcoming) if (!this.checked.has(entry.urn)) this.upcoming.set(entry.urn, entry.inputs);
    this.row = isNew ? this.row + 1 : 0;
  }

  /** What Cisco says of a new resource; nothing where previews have waited for prechecks long enough. */
  async failuresOf(inputs: I): Promise<CheckFailure[]> {
    return withinTime(async () => {
      const key = this.keyOf(inputs);
      const mine = this.start(key, inputs);
      this.startAhead();
      const failures = await mine;
      this.started.delete(key);
      return failures;
    }, this.upcoming.size);
  }

  private startAhead(): void {
    let left = Math.min(this.row, MOST_AHEAD);
    for (const next of this.upcoming.values()) {
      if (left-- === 0) return;
      const known = this.kind.validated(next);
      if (known !== undefined) this.start(this.keyOf(known), known);
    }
  }

  private start(key: string, inputs: I): Promise<CheckFailure[]> {
    const found = this.started.get(key);
    if (found) return found;
    const asked = precheck(() => this.kind.ask(inputs), this.kind.hints);
    // Whoever waits for it hears of it.
    asked.catch(() => undefined);
    this.started.set(key, asked);
    return asked;
  }

  private keyOf(inputs: I): string {
    return JSON.stringify(this.kind.requestOf(inputs));
  }
}
