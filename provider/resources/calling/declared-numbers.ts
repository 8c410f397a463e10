import { type Caller, type CheckFailure, UNKNOWN } from '../../lifecycle';
import { declare } from '../run/ownership';
import type { Calling } from './schema';

/** Failures for phone numbers that another location of this run declares too: a number is at one location. */
export function numbersDeclaredTwice(block: Calling | undefined, path: string, caller: Caller): CheckFailure[] {
  const numbers = block?.phoneNumbers;
  if (!Array.isArray(numbers)) return [];
  return numbers.flatMap((number, index) => {
    const other = number === UNKNOWN ? undefined : declare('number of a location', number, caller);
    if (other === undefined) return [];
    return [
      {
        property: `${path}.phoneNumbers[${index}]`,
        reason: `${number} is declared twice: ${other} has it too. A number is at one location`,
      },
    ];
  });
}
