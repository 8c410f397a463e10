import type { CheckFailure, Upcoming } from '../../lifecycle';
import type { Run } from '../run/run';
import { type Hints, Prechecks } from './precheck';

/** How a kind of resource is prechecked. */
export interface Precheckable<I> {
  /** The resources of the program that are not checked yet, in the order of the program. */
  readonly upcoming: ReadonlyMap<string, Pick<Upcoming, 'inputs'>>;
  /** The inputs, if they are valid and wholly known. */
  validated(inputs: Record<string, unknown>): I | undefined;
  send(inputs: I): Promise<unknown>;
  /** Inputs with the same key make the same request, which has the same answer. */
  keyOf(inputs: I): string;
  readonly hints: Hints;
}

type Failures = CheckFailure[] | undefined;

/** Upper limit of the prechecks that are sent before their resource is known to be new. */
const MOST_AHEAD = 64;

/**
 * Prechecks of new resources, several at the same time although Pulumi checks one resource after the other. A resource
 * is known to be new only when its check comes. So after N new ones in a row, the next N are prechecked ahead; one that
 * exists ends the row. At most as many prechecks are sent in vain as are needed.
 */
export class PrechecksAhead<I> {
  private readonly sent = new Map<string, Promise<Failures>>();
  private newInARow = 0;
  private readonly prechecks: Prechecks;

  constructor(
    run: Run,
    private readonly kind: Precheckable<I>,
  ) {
    this.prechecks = Prechecks.of(run);
  }

  /** To be called in each check, whether the resource is new or not. */
  checking(isNew: boolean): void {
    this.newInARow = isNew ? this.newInARow + 1 : 0;
  }

  /** What Cisco says of a new resource; undefined where Cisco wasn't asked, or the preview waits no longer. */
  async failuresOf(inputs: I): Promise<Failures> {
    return this.prechecks.withinTime(async () => {
      const key = this.kind.keyOf(inputs);
      const answer = this.send(key, inputs);
      this.sendAhead();
      const failures = await answer;
      this.sent.delete(key);
      return failures;
    }, this.kind.upcoming.size);
  }

  private sendAhead(): void {
    let left = Math.min(this.newInARow, MOST_AHEAD);
    for (const next of this.kind.upcoming.values()) {
      if (left-- === 0) return;
      const inputs = this.kind.validated(next.inputs);
      if (inputs !== undefined) this.send(this.kind.keyOf(inputs), inputs);
    }
  }

  private send(key: string, inputs: I): Promise<Failures> {
    const found = this.sent.get(key);
    if (found) return found;
    const answer = this.prechecks.ask(() => this.kind.send(inputs), this.kind.hints);
    // The check of that resource reports the error.
    answer.catch(() => undefined);
    this.sent.set(key, answer);
    return answer;
  }
}
