import { isDeepStrictEqual } from 'node:util';
import { UNKNOWN } from '../../lifecycle';
import { comparable } from './spelling';

/** Comparable form: order of keys and of lists of plain texts doesn't matter, undefined keys don't exist. */
function normal(value: unknown, property?: string): unknown {
  if (typeof value === 'string') return comparable(value, property);
  if (Array.isArray(value)) {
    const items = value.map((item) => normal(item));
    return items.every((item) => typeof item === 'string') ? [...(items as string[])].sort() : items;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    return Object.fromEntries(entries.map(([key, item]) => [key, normal(item, key)]));
  }
  return value;
}

/**
 * Whether two values mean the same. Lists of texts (packages, roles, numbers) are sets, and spelling that doesn't
 * matter is no difference (spelling.ts).
 * @param property name of the property that holds the values, where they are texts
 */
export function same(left: unknown, right: unknown, property?: string): boolean {
  // Mostly nothing has changed, and the comparable form of a time zone costs a tenth of a millisecond.
  return isDeepStrictEqual(left, right) || isDeepStrictEqual(normal(left, property), normal(right, property));
}

/** Whether a value holds {@link UNKNOWN} at any depth. */
export function hasUnknown(value: unknown): boolean {
  if (value === UNKNOWN) return true;
  if (Array.isArray(value)) return value.some(hasUnknown);
  return typeof value === 'object' && value !== null && Object.values(value).some(hasUnknown);
}

/**
 * Whether a declared value differs from the recorded one. What isn't known yet is no difference; within objects and
 * lists only the known parts are compared.
 */
export function differs(recorded: unknown, wanted: unknown, property?: string): boolean {
  if (wanted === UNKNOWN) return false;
  if (!hasUnknown(wanted)) return !same(recorded, wanted, property);
  if (Array.isArray(wanted)) return listDiffers(recorded, wanted);
  if (typeof recorded !== 'object' || recorded === null) return true;
  const before = recorded as Record<string, unknown>;
  const after = wanted as Record<string, unknown>;
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].some((key) =>
    differs(before[key], after[key], key),
  );
}

/**
 * Whether a declared value isn't the recorded one, as far as it goes: of an object, only the declared properties are
 * compared.
 */
export function contradicts(recorded: unknown, wanted: unknown, property?: string): boolean {
  if (wanted === undefined) return false;
  const isPlain = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isPlain(recorded) || !isPlain(wanted)) return differs(recorded, wanted, property);
  const before = recorded as Record<string, unknown>;
  return Object.entries(wanted as object).some(([key, value]) => contradicts(before[key], value, key));
}

/** A list with something unknown in it: another length, or a known text that wasn't there, is a difference for sure. */
function listDiffers(recorded: unknown, wanted: unknown[]): boolean {
  if (!Array.isArray(recorded) || recorded.length !== wanted.length) return true;
  return wanted.some((item) => typeof item === 'string' && item !== UNKNOWN && !recorded.includes(item));
}

/** The names among `keys` whose declared value differs from the recorded one. */
export function changedKeys<K extends string>(
  keys: readonly K[],
  recorded: { readonly [key in K]?: unknown },
  wanted: { readonly [key in K]?: unknown },
): K[] {
  return keys.filter((key) => differs(recorded[key], wanted[key], key));
}

/** Both sides of a difference, for an error: `address.city is "Milpitas", declared is "San Jose"`. */
export function describeDifferences(actual: object, declared: object, prefix = ''): string[] {
  return Object.entries(declared).flatMap(([key, wanted]) => {
    const path = `${prefix}${key}`;
    const real = (actual as Record<string, unknown>)[key];
    if (wanted === undefined || same(real, wanted, key)) return [];
    const bothObjects = [real, wanted].every((v) => typeof v === 'object' && v !== null && !Array.isArray(v));
    if (bothObjects) return describeDifferences(real as object, wanted as object, `${path}.`);
    return [`${path} is ${shown(real)}, declared is ${shown(wanted)}`];
  });
}

function shown(value: unknown): string {
  return value === undefined ? 'not set' : JSON.stringify(value);
}

/**
 * Inputs whose lists of texts, which are sets, have each entry at the index of the last update. Pulumi compares lists
 * by index: in another order, entries that did not change would show as changed.
 */
export function inOrderOf<T>(before: unknown, wanted: T): T {
  if (typeof before !== 'object' || before === null || typeof wanted !== 'object' || wanted === null) return wanted;
  if (Array.isArray(wanted)) {
    const isSet = Array.isArray(before) && [...before, ...wanted].every((item) => typeof item === 'string');
    if (!isSet || new Set(wanted).size !== wanted.length) return wanted;
    return inDeclaredOrder<string>([...new Set(before)], wanted) as T;
  }
  const known = before as Record<string, unknown>;
  return Object.fromEntries(Object.entries(wanted).map(([key, value]) => [key, inOrderOf(known[key], value)])) as T;
}

/**
 * A list as it is in Webex, with each declared entry at its index, so that a set that didn't change stays byte for byte
 * the same in the state. What is new takes the place of what is missing; else the last entries do.
 */
export function inDeclaredOrder<T extends string>(declared: readonly T[] | undefined, real: readonly T[]): T[] {
  const added = real.filter((item) => !declared?.includes(item));
  const all = (declared ?? []).map((item) => (real.includes(item) ? item : added.shift())).concat(added);
  while (all.includes(undefined)) {
    const last = all.pop();
    if (last !== undefined) all[all.indexOf(undefined)] = last;
  }
  return all as T[];
}
