import type { DeclaredKey } from '../run/claims';
import type { Calling } from './schema';

/** The phone numbers of a calling block: each may be declared once, because a number is at one location. */
export function declaredNumbers(block: Calling | undefined, path: string): DeclaredKey[] {
  const numbers = block?.phoneNumbers;
  if (!Array.isArray(numbers)) return [];
  return numbers.map((number, index) => ({
    kind: 'number of a location',
    property: `${path}.phoneNumbers[${index}]`,
    key: number,
    shown: number,
  }));
}
