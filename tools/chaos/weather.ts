import type { Dice } from './dice.ts';

/** The weather (docs/simulator.md): `observed`, or single switches. */
export type Weather = { readonly weather: 'observed' } | Readonly<Record<string, unknown>>;

/** The documented behaviour. */
export const DOCUMENTED: Weather = {};

/** Values of each switch besides the documented one. Times are short, because runs wait for them. */
const SWITCHES: Readonly<Record<string, readonly unknown[]>> = {
  managedList: [true],
  referencedSeconds: [1, 4],
  callingMissingAnswers: [1, 3],
  noCallingIs400: [true],
  storedLanguages: [true],
  largestPeoplePage: [1, 3, 10],
  numbersBusySeconds: [1, 4],
  numbersPartlyStatus: [200, 400],
  numbersStay: [true],
  telephonyErrors: [true],
  customerBusySeconds: [1, 4],
  retryAfter: ['malformed', 'missing'],
  emptyLastPages: [true],
  missingListKeys: [true],
  itemsWithoutId: [true],
  listLagSeconds: [0.5, 2],
  otherIds: [true],
  absentStates: [true],
};

/**
 * A random weather.
 * @param numbersMayStay whether numbers may stay with their place when a user leaves it
 */
export function weather(dice: Dice, numbersMayStay: boolean): Weather {
  const kind = dice.pick(['documented', 'observed', 'mixed', 'mixed'] as const);
  if (kind === 'documented') return DOCUMENTED;
  if (kind === 'observed') return { weather: 'observed' };
  const drawn = Object.entries(SWITCHES).filter(() => dice.chance(0.3));
  const found = Object.fromEntries(drawn.map(([name, values]) => [name, dice.pick(values)]));
  if (!numbersMayStay) delete found.numbersStay;
  return found;
}
