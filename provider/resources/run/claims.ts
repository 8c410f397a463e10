import { type Caller, UNKNOWN } from '../../lifecycle';
import { uuidOf } from '../../webex/ids';

/** A natural key that may be declared once in a program. */
export interface DeclaredKey {
  /** What the key is of: a kind of object, or `number of a location`, because a number is at one location. */
  readonly kind: string;
  /** Property path for the failure. */
  readonly property: string;
  readonly key: string;
  /** The key as messages show it. */
  readonly shown: string;
  /** Where the key must be unique, as part of a sentence: ` for this customer`. */
  readonly among?: string;
}

/**
 * Which resource of this run manages which Webex object. Pulumi shows a handler one resource at a time; claims let it
 * see the others, so that
 *   - an object that is declared twice is found: by its key in check, else in create,
 *   - create never adopts an object that another resource has claimed,
 *   - delete leaves a claimed object alone. After a rename without an alias, Pulumi creates the new name, which adopts
 *     the object, and then deletes the old name.
 */
export class Claims {
  private readonly claimed = new Set<string>();
  private readonly removals = new Map<string, Promise<void>>();
  private readonly toBeAdopted = new Set<string>();
  /** IDs of these objects, by the name of the input that refers to one and the URN of the resource. */
  private readonly adoptedIds = new Map<string, string>();
  private readonly toBeUpdated = new Set<string>();
  private readonly recorded = new Set<string>();
  private readonly kindsWithoutRecord = new Set<string>();
  private readonly replaceable = new Set<string>();
  private readonly declared = new Map<string, Pick<Caller, 'urn' | 'name'>>();

  /** A resource of this run manages this object. */
  claim(kind: string, id: string): void {
    this.claimed.add(objectOf(kind, id));
  }

  /** The resource will be replaced, so its object may be deleted. */
  release(kind: string, id: string): void {
    this.claimed.delete(objectOf(kind, id));
  }

  isClaimed(kind: string, id: string): boolean {
    return this.claimed.has(objectOf(kind, id));
  }

  /** Removes an object: what finds it from now on must not adopt it. */
  remove(kind: string, id: string, remove: () => Promise<void>): Promise<void> {
    const removal = remove();
    this.removals.set(objectOf(kind, id), removal);
    return removal;
  }

  /** Whether this run has removed the object; waits for a removal that is in progress. */
  async isRemoved(kind: string, id: string): Promise<boolean> {
    const removal = this.removals.get(objectOf(kind, id));
    return (
      removal?.then(
        () => true,
        () => false,
      ) ?? false
    );
  }

  /**
   * Preview found that a new resource will adopt this object: it stays the same object, although the resources that
   * refer to it don't know its ID yet.
   */
  expectAdoption(kind: string, id: string, urn: string): void {
    this.toBeAdopted.add(objectOf(kind, id));
    this.adoptedIds.set(`${kind}Id:${urn}`, id);
  }

  /** Whether a new resource takes an object over, as {@link expectAdoption} was called. */
  isAdopted(kind: string, urn: string): boolean {
    return this.adoptedIds.has(`${kind}Id:${urn}`);
  }

  isAdoptionExpected(kind: string, id: string): boolean {
    return this.toBeAdopted.has(objectOf(kind, id));
  }

  /** Inputs in which `customerId`, and other IDs named so after a kind, are known where an adoption is expected. */
  withAdoptedIds<I extends object>({ references = {} }: Pick<Caller, 'references'>, inputs: I): I {
    const known = Object.entries(references).flatMap(([input, [urn, ...others]]) => {
      const id = others.length === 0 ? this.adoptedIds.get(`${input}:${urn}`) : undefined;
      return id !== undefined && inputs[input as keyof I] === UNKNOWN ? [[input, id]] : [];
    });
    return { ...inputs, ...Object.fromEntries(known) };
  }

  /** This run will update this object, before the resources that refer to it. */
  expectUpdate(kind: string, id: string): void {
    this.toBeUpdated.add(objectOf(kind, id));
  }

  /** If so, what Webex says now of the objects that depend on it may change in this run. */
  isUpdateExpected(kind: string, id: string): boolean {
    return this.toBeUpdated.has(objectOf(kind, id));
  }

  /**
   * Whether this check is the second one of a resource that Pulumi will replace: it checks with the old inputs first,
   * and without them once the replacement is decided. The old object still exists then, which is no reason to refuse.
   */
  isReplacementCheck(kind: string, urn: string, olds: object | undefined): boolean {
    const key = `${kind}:${urn}`;
    if (olds === undefined) this.kindsWithoutRecord.add(kind);
    else this.recorded.add(key);
    return olds === undefined && this.recorded.has(key);
  }

  /**
   * Whether this run may replace an object of this kind: Pulumi checks one that is replaced, like a new one, without
   * the inputs of the last update. False while stacks are destroyed, which checks nothing.
   */
  mayReplace(kind: string): boolean {
    return this.kindsWithoutRecord.has(kind);
  }

  /**
   * Whether this run declares the key of an object and must not replace it. Pulumi deletes such an object that no
   * resource has claimed only where it must replace it without a difference (`--replace`, a taint), or could not create
   * the resource of a new name.
   */
  isKept(kind: string, key: string): boolean {
    const slot = slotOf(kind, key);
    return this.declared.has(slot) && !this.replaceable.has(slot);
  }

  /** Whether a resource of this run declares this natural key. */
  isDeclared(kind: string, key: string): boolean {
    return this.declared.has(slotOf(kind, key));
  }

  /**
   * Records that a resource declares a natural key, and whether it has `allowReplacement: true`.
   * @returns the other resource that declared the same key before, as messages name it, or undefined.
   */
  declare(
    kind: string,
    key: string,
    caller: Pick<Caller, 'urn' | 'name'>,
    allowReplacement?: boolean,
  ): string | undefined {
    const slot = slotOf(kind, key);
    if (allowReplacement === true) this.replaceable.add(slot);
    const before = this.declared.get(slot);
    this.declared.set(slot, before ?? caller);
    if (before === undefined || before.urn === caller.urn) return undefined;
    return before.name === caller.name ? `resource "${before.name}" (${before.urn})` : `resource "${before.name}"`;
  }
}

/** An ID has several forms. */
function objectOf(kind: string, id: string): string {
  return `${kind}:${uuidOf(id)}`;
}

/** Letters may be composed or decomposed: Webex takes both for one name. */
function slotOf(kind: string, key: string): string {
  return `${kind}:${key}`.normalize('NFC');
}
