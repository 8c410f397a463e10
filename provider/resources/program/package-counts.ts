/** The packages of a user, by customer, and how many checked users had each of them before this one. */
interface Entry {
  readonly isChecked: boolean;
  readonly before: ReadonlyMap<string, number>;
}

/**
 * How many declared users of each customer have a package. Counted as they are declared: counting all users in the
 * check of each one would cost quadratic time.
 */
export class PackageCounts {
  private readonly entries = new Map<string, Entry>();
  private readonly all = new Map<string, number>();
  private readonly checked = new Map<string, number>();

  /** A user was announced or checked, maybe again. */
  set(urn: string, customer: string | undefined, packages: readonly string[] = [], isChecked = false): void {
    const old = this.entries.get(urn);
    for (const key of old?.before.keys() ?? []) this.change(key, -1, old?.isChecked);
    const keys = customer === undefined ? [] : packages.map((name) => keyOf(customer, name));
    // One that is checked again keeps its place.
    const place = (key: string) => (old?.isChecked ? old.before.get(key) : undefined) ?? this.checked.get(key) ?? 0;
    this.entries.set(urn, { isChecked, before: new Map(keys.map((key) => [key, place(key)])) });
    for (const key of keys) this.change(key, 1, isChecked);
  }

  /** Users of a customer that have the package. */
  count(customer: string, name: string): number {
    return this.all.get(keyOf(customer, name)) ?? 0;
  }

  /** How many users of the customer with the package were checked before this one; undefined if it has none. */
  before(urn: string, customer: string, name: string): number | undefined {
    return this.entries.get(urn)?.before.get(keyOf(customer, name));
  }

  private change(key: string, by: number, isChecked = false): void {
    for (const counts of isChecked ? [this.all, this.checked] : [this.all])
      counts.set(key, (counts.get(key) ?? 0) + by);
  }
}

function keyOf(customer: string, name: string): string {
  return `${name} of ${customer}`;
}
