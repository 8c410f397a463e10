/**
 * What a plan remembers of the rounds before, because Pulumi does not: what a program may ask for after a run that was
 * killed. A span is the time since everything was last brought to its end. Within a span nobody knows what of the
 * earlier rounds was done and what of it was recorded, so within it
 *   - what may have been created without being recorded is neither removed (nobody would know of it any more) nor
 *     changed, unless it says `adopt` (else the difference is refused, as documented);
 *   - its natural key doesn't change, since the key is how it is found again, and what is renamed is not replaced, too;
 *   - what was changed doesn't change back: where the record still has the old value, Pulumi sees no difference;
 *   - what leaves an input out keeps its name: under another one it is taken over, and what is left out then stays;
 *   - a user who gives its line to another one stays: Pulumi deletes last, and the other one needs the line before.
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
  readonly #ever = new Set<string>();
  #refresh = false;
  #removedCustomer = false;

  /** Everything is known again. */
  newSpan(): void {
    const sets = [this.#born, this.#renamed, this.#rekeyed, this.#changed, this.#toggled, this.#leftOut, this.#givers];
    for (const set of sets) set.clear();
    this.#refresh = false;
    this.#removedCustomer = false;
  }

  /** A customer is deleted: until that is done, a refresh would forget its organization. */
  removesCustomer(): void {
    this.#removedCustomer = true;
  }

  get mayRefresh(): boolean {
    return !this.#removedCustomer;
  }

  /** Whether nothing happened yet in this span. */
  get isFresh(): boolean {
    return [this.#born, this.#renamed, this.#changed].every((set) => set.size === 0) && !this.#removedCustomer;
  }

  /** Only a refresh sees what happened: the span must end with one. */
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

  /** It is deleted and created anew: until that is done, what is there is another object under the same key. */
  replaced(key: string): void {
    this.born(key);
    this.rekeyed(key);
  }

  /** Its resource has a new name. */
  renamed(key: string): void {
    this.#renamed.add(key);
  }

  /** Its natural key changes. */
  rekeyed(key: string): void {
    this.#rekeyed.add(key);
    this.#changed.add(key);
  }

  changed(key: string): void {
    this.#changed.add(key);
  }

  /** One of its inputs is left out from now on. */
  leavesOut(key: string): void {
    this.changed(key);
    this.#leftOut.add(key);
  }

  /** A user's line goes to another user. */
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

  /** Whether {@link toggle} was asked for this in this span. */
  isToggled(what: string): boolean {
    return this.#toggled.has(what);
  }

  mayChange({ key, adopt }: { key: string; adopt: boolean }): boolean {
    return adopt || !(this.#born.has(key) || this.#renamed.has(key));
  }

  /** Whether its natural key may change, or it may be replaced. */
  mayBeAnother({ key }: { key: string }): boolean {
    return ![this.#born, this.#renamed, this.#rekeyed, this.#givers].some((set) => set.has(key));
  }

  mayRename({ key, adopt }: { key: string; adopt: boolean }): boolean {
    return !this.#rekeyed.has(key) && !this.#leftOut.has(key) && (adopt || !this.#changed.has(key));
  }

  /** Whether it was created in this span, and maybe not recorded. */
  isBorn({ key }: { key: string }): boolean {
    return this.#born.has(key);
  }

  mayRemove({ key }: { key: string }): boolean {
    return !this.#born.has(key) && !this.#givers.has(key);
  }

  /** Remembers for the whole run that something was so once: `used NUMBER`. */
  note(fact: string): void {
    this.#ever.add(fact);
  }

  /** Whether it was ever so. */
  was(fact: string): boolean {
    return this.#ever.has(fact);
  }
}
