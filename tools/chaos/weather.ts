import type { Dice } from './dice.ts';

/** What of Webex comes and goes (docs/simulator.md, Weather): all that was observed, or switches. */
export type Weather = { readonly weather: 'observed' } | Readonly<Record<string, unknown>>;

/** As Cisco documents it. */
export const DOCUMENTED: Weather = {};

/** Values of each switch, besides the documented one. Short times: what is waited for costs a run its time. */
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

/** A weather at random. */
export function weather(dice: Dice): Weather {
  const kind = dice.pick(['documented', 'observed', 'mixed', 'mixed'] as const);
  if (kind === 'documented') return DOCUMENTED;
  if (kind === 'observed') return { weather: 'observed' };
  const drawn = Object.entries(SWITCHES).filter(() => dice.chance(0.3));
  return Object.fromEntries(drawn.map(([name, values]) => [name, dice.pick(values)]));
}
