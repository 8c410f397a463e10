/**
 * One object, one owner. Pulumi shows a handler one resource at a time; this remembers, for the process, which live
 * objects the resources of this run hold and which keys they declare, so that
 *   - two declarations of one object are found (in check where the key is known, else in create),
 *   - create never takes over an object that another resource of this run holds,
 *   - delete of an object that a resource still declares only forgets it: after a rename without an alias, Pulumi
 *     creates the new name (which takes the object over) and then deletes the old one.
 */
const holders = new Set<string>();
const expected = new Set<string>();
const released = new Set<string>();
const declared = new Map<string, string>();

/** Kind of a Webex object that has one owner. */
export type ObjectKind = 'template' | 'customer' | 'location' | 'user';

/** A resource of this run holds this object. */
export function hold(kind: ObjectKind, id: string): void {
  holders.add(`${kind}:${id}`);
}

/** The resource gives the object up: it will be replaced. */
export function release(kind: ObjectKind, id: string): void {
  holders.delete(`${kind}:${id}`);
  released.add(`${kind}:${id}`);
}

/** Whether a resource of this run gives this object up, to be replaced: its keys will be free then. */
export function isReleased(kind: ObjectKind, id: string): boolean {
  return released.has(`${kind}:${id}`);
}

/** Whether a resource of this run holds this object. */
export function isHeld(kind: ObjectKind, id: string): boolean {
  return holders.has(`${kind}:${id}`);
}

/**
 * Preview found that a new resource will take over this object: it stays the same object, although its ID is unknown
 * to what refers to it.
 */
export function expectTakeover(kind: ObjectKind, id: string): void {
  expected.add(`${kind}:${id}`);
}

/** Whether preview knows that a new resource will take over this object. */
export function isTakeoverExpected(kind: ObjectKind, id: string): boolean {
  return expected.has(`${kind}:${id}`);
}

/**
 * Remembers who declares a natural key.
 * @returns the name of another resource that declared the same key before, or undefined.
 */
export function declare(kind: ObjectKind, key: string, name: string): string | undefined {
  const slot = `${kind}:${key}`;
  const before = declared.get(slot);
  declared.set(slot, before ?? name);
  return before === undefined || before === name ? undefined : before;
}

/** Forgets everything; a plugin process never needs it, tests do. */
export function forgetOwners(): void {
  holders.clear();
  expected.clear();
  released.clear();
  declared.clear();
}
