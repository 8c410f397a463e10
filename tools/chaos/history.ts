/**
 * The history of a plan's earlier rounds. It decides which changes a program may contain after a killed run. A span is
 * the time since everything was last settled. Within a span it is unknown which changes of the earlier rounds were made
 * and recorded. So within a span
 *   - an object that may be unrecorded is not removed (Pulumi would not know it any more), and not changed without
 *     `adopt` (the difference is refused, as documented);
 *   - its natural key doesn't change, because the object is found by it, and a renamed object is not replaced;
 *   - a changed value is not restored: if the record still has it, Pulumi sees no difference;
 *   - an object with an omitted input keeps its resource name: under another one it is taken over, and the input stays;
 *   - a user that gives its line to another one stays: Pulumi deletes last, and the other one needs the line earlier;
 *   - a customer that loses an administrator is not replaced: the provider refuses that, as documented.
 * docs/reliability.md says the same to users.
 */
export class History {
  #born = new Set<string>();
  #renamed = new Set<string>();
  #rekeyed = new Set<string>();
  #changed = new Set<string>();
  #toggled = new Set<string>();
  #leftOut = new Set<string>();
  #givers = new Set<string>();
  #losers = new Set<string>();
  readonly #ever = new Set<string>();
  #refresh = false;
  #removedCustomer = false;

  /** Begins a new span: everything is settled and known. */
  newSpan(): void {
    const objects = [this.#born, this.#renamed, this.#rekeyed, this.#changed, this.#givers, this.#losers];
    for (const set of [...objects, this.#toggled, this.#leftOut]) set.clear();
    this.#refresh = false;
    this.#removedCustomer = false;
  }

  /** A customer is deleted. Until that is finished, a refresh would remove its organization from the state. */
  removesCustomer(): void {
    this.#removedCustomer = true;
  }

  get mayRefresh(): boolean {
    return !this.#removedCustomer;
  }

  /** True if this span has no changes yet. */
  get isFresh(): boolean {
    return [this.#born, this.#renamed, this.#changed].every((set) => set.size === 0) && !this.#removedCustomer;
  }

  /** Only a refresh detects this change: the span must end with one. */
  needRefresh(): void {
    this.#refresh = true;
  }

  get needsRefresh(): boolean {
    return this.#refresh;
  }

  /** An object is created. */
  born(key: string): void {
    this.#born.add(key);
  }

  /** It is deleted and created again. Until that is finished, another object has the same key. */
  replaced(key: string): void {
    this.born(key);
    this.rekeyed(key);
  }

  /** Its resource has a new name. */
  renamed(key: string): void {
    this.#renamed.add(key);
  }

  /** An administrator of this customer is removed. */
  losesAdministrator(key: string): void {
    this.#losers.add(key);
  }

  /** Its natural key changes. */
  rekeyed(key: string): void {
    this.#rekeyed.add(key);
    this.#changed.add(key);
  }

  changed(key: string): void {
    this.#changed.add(key);
  }

  /** One of its inputs is omitted from now on. */
  leavesOut(key: string): void {
    this.changed(key);
    this.#leftOut.add(key);
  }

  /** A user gives its line to another user. */
  gives(key: string): void {
    this.changed(key);
    this.#givers.add(key);
  }

  /**
   * Something of an object goes from one value to another that isn't new to it. @returns whether it may, once a span
   */
  toggle(what: string): boolean {
    if (this.#toggled.has(what)) return false;
    this.#toggled.add(what);
    return true;
  }

  /** True if {@link toggle} was called for this in this span. */
  isToggled(what: string): boolean {
    return this.#toggled.has(what);
  }

  mayChange({ key, adopt }: { key: string; adopt: boolean }): boolean {
    return adopt || !(this.#born.has(key) || this.#renamed.has(key));
  }

  /** True if its natural key may change, or it may be replaced. */
  mayBeAnother({ key }: { key: string }): boolean {
    return ![this.#born, this.#renamed, this.#rekeyed, this.#givers, this.#losers].some((set) => set.has(key));
  }

  mayRename({ key, adopt }: { key: string; adopt: boolean }): boolean {
    return !this.#rekeyed.has(key) && !this.#leftOut.has(key) && (adopt || !this.#changed.has(key));
  }

  /** True if it was created in this span, and may be unrecorded. */
  isBorn({ key }: { key: string }): boolean {
    return this.#born.has(key);
  }

  mayRemove({ key }: { key: string }): boolean {
    return !this.#born.has(key) && !this.#givers.has(key);
  }

  /** Records a fact for the whole run, such as `used NUMBER`. */
  note(fact: string): void {
    this.#ever.add(fact);
  }

  /** True if the fact was recorded. */
  was(fact: string): boolean {
    return this.#ever.has(fact);
  }
}
