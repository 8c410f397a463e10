import type { Caller } from '../../lifecycle';

/** Inputs of a resource, as the program gives them. */
export type Declared = Readonly<Record<string, unknown>>;

/**
 * What the program of this run declares, by kind: what was checked, and what the program has declared beyond that.
 * Pulumi shows a handler one resource at a time; an update that needs what another resource still has (an extension,
 * a phone number) must know whether that one is going to give it up.
 *
 * A resource with the option `ignoreChanges` is known only once it was checked: until then it isn't known what Pulumi
 * makes of its inputs.
 */
export class Declarations {
  private readonly checked = new Map<string, Map<string, Declared>>();
  private readonly before = new Map<string, Map<string, Declared>>();
  private readonly upcoming = new Map<string, Map<string, Declared>>();

  /**
   * Notes the resource that is checked, and those that come with it.
   * @param olds its inputs of the last update
   */
  note(kind: string, { urn, upcoming = [] }: Caller, inputs: Declared, olds: Declared | undefined): void {
    slot(this.checked, kind).set(urn, inputs);
    if (olds !== undefined) slot(this.before, kind).set(urn, olds);
    for (const other of upcoming) slot(this.upcoming, kind).set(other.urn, other.inputs);
  }

  /** The declarations of a kind, by URN. A checked one counts, not what was known of it before. */
  all(kind: string): Map<string, Declared> {
    return new Map([...slot(this.upcoming, kind), ...slot(this.checked, kind)]);
  }

  /**
   * The first declaration of a kind that passes the test, or whose inputs of the last update do, as far as they are known:
   * an object may get another key.
   */
  find(kind: string, test: (inputs: Declared) => boolean): Declared | undefined {
    const all = this.all(kind);
    const found = [...all.values()].find(test);
    if (found !== undefined) return found;
    const [urn] = [...slot(this.before, kind)].find(([, inputs]) => test(inputs)) ?? [];
    return urn === undefined ? undefined : all.get(urn);
  }
}

function slot(kinds: Map<string, Map<string, Declared>>, kind: string): Map<string, Declared> {
  const found = kinds.get(kind) ?? new Map<string, Declared>();
  kinds.set(kind, found);
  return found;
}
