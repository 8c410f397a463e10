import type { Caller } from '../../lifecycle';

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
const recorded = new Set<string>();
const replaced = new Set<ObjectKind>();
const changing = new Set<string>();
const declared = new Map<string, Pick<Caller, 'urn' | 'name'>>();

/** Kind of a Webex object that has one owner. */
export type ObjectKind = 'template' | 'customer' | 'location' | 'user';
/** Kind of a natural key: of an object, or of a phone number, which is at one location and is one user's. */
export type KeyKind = ObjectKind | 'number of a location' | 'number of a user';

/** A resource of this run holds this object. */
export function hold(kind: ObjectKind, id: string): void {
  holders.add(`${kind}:${id}`);
}

/** The resource gives the object up: it will be replaced. */
export function release(kind: ObjectKind, id: string): void {
  holders.delete(`${kind}:${id}`);
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

/** This run will update this object, before anything that refers to it. */
export function noteChange(kind: ObjectKind, id: string): void {
  changing.add(`${kind}:${id}`);
}

/** Whether this run updates this object: what Webex says now of what depends on it may not hold any more then. */
export function isChanging(kind: ObjectKind, id: string): boolean {
  return changing.has(`${kind}:${id}`);
}

/**
 * Whether this check is the second one of a resource that Pulumi will replace: it checks with the old inputs first, and
 * without them once it is decided. The old object still exists then and is no reason to refuse the new one.
 */
export function isReplacementCheck(kind: ObjectKind, urn: string, olds: object | undefined): boolean {
  const slot = `${kind}:${urn}`;
  if (olds !== undefined) recorded.add(slot);
  if (olds !== undefined || !recorded.has(slot)) return false;
  replaced.add(kind);
  return true;
}

/** Whether this run replaces an object of this kind. */
export function isAnyReplaced(kind: ObjectKind): boolean {
  return replaced.has(kind);
}

/**
 * Remembers the resource that declares a natural key.
 * @returns another resource that declared the same key before, as messages call it, or undefined.
 */
export function declare(kind: KeyKind, key: string, caller: Pick<Caller, 'urn' | 'name'>): string | undefined {
  const slot = `${kind}:${key}`;
  const before = declared.get(slot);
  declared.set(slot, before ?? caller);
  if (before === undefined || before.urn === caller.urn) return undefined;
  return before.name === caller.name ? `resource "${before.name}" (${before.urn})` : `resource "${before.name}"`;
}

/** Forgets everything; a plugin process never needs it, tests do. */
export function forgetOwners(): void {
  holders.clear();
  expected.clear();
  recorded.clear();
  replaced.clear();
  changing.clear();
  declared.clear();
}
