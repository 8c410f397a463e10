import { FOR_POLICIES, UNKNOWN } from '../../lifecycle';
import { isObject } from '../roster/written';
import type { PropertyChange } from './jobs';

/** The key of the object by which Pulumi represents a secret. */
const SECRET_KEY = '4dabf18193072939515e22adb298388d';

/** Placeholders for values that are secret or not yet known. */
const SECRET = '[secret]';
const NOT_KNOWN = '[not known yet]';

/**
 * The differences between two records of a resource, by property. Nested objects are compared; lists of texts are sets,
 * as the provider treats them, and appear whole. A secret is never shown.
 *
 * @example
 * propertyChanges({ firstName: 'Alice' }, { firstName: 'Alicia' });
 * // [{ path: 'firstName', old: 'Alice', new: 'Alicia' }]
 */
export function propertyChanges(before: unknown, after: unknown, path = ''): PropertyChange[] {
  const [old, now] = [shown(before), shown(after)];
  if (isObject(old) || isObject(now)) {
    const [left, right] = [isObject(old) ? old : {}, isObject(now) ? now : {}];
    return [...new Set([...Object.keys(left), ...Object.keys(right)])]
      .filter((name) => !name.startsWith('__') && !FOR_POLICIES.includes(name))
      .flatMap((name) => propertyChanges(left[name], right[name], path === '' ? name : `${path}.${name}`));
  }
  if (canonical(old) === canonical(now)) return [];
  return [{ path, ...(old !== undefined && { old }), ...(now !== undefined && { new: now }) }];
}

/** Replaces secrets, and Pulumi's mark of unknown values, by placeholders. */
function shown(value: unknown): unknown {
  if (value === null) return undefined;
  if (value === UNKNOWN) return NOT_KNOWN;
  if (Array.isArray(value)) return value.map(shown);
  if (isObject(value) && Object.hasOwn(value, SECRET_KEY)) return SECRET;
  return value;
}

function canonical(value: unknown): string | undefined {
  const isSet = Array.isArray(value) && value.every((item) => typeof item !== 'object');
  return JSON.stringify(isSet ? [...value].sort() : value);
}
