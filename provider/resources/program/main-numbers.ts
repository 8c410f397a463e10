import type { CheckFailure } from '../../lifecycle';

type Inputs = Readonly<Record<string, unknown>>;

/** Phone numbers of a location, or of a customer's headquarters; what isn't known is left out. */
interface Numbers {
  readonly numbers?: readonly string[];
  readonly main?: string;
}

/** A location or headquarters, with its numbers by the last update and by this declaration. */
export interface Numbered {
  readonly urn: string;
  readonly before: Numbers;
  readonly now: Numbers;
}

/** @param kind of the resource: `location`, or `customer` for its headquarters */
export function numbersIn(kind: string, inputs: Inputs | undefined): Numbers {
  const headquarters = inputs?.headquarters as Inputs | undefined;
  const block = (kind === 'customer' ? headquarters?.calling : inputs?.calling) as Inputs | undefined;
  const numbers = block?.phoneNumbers;
  return {
    ...(Array.isArray(numbers) && { numbers }),
    ...(typeof block?.mainNumber === 'string' && { main: block.mainNumber }),
  };
}

/** Whether a place has a main number that is no longer declared there. */
export function losesMainNumber({ before: { main }, now }: Pick<Numbered, 'before' | 'now'>): boolean {
  return main !== undefined && now.numbers !== undefined && !now.numbers.includes(main);
}

/**
 * Places whose main number is declared at another place and can't leave. A main number can't be moved: it goes to
 * another location in one run once its own one has another main number, which can't be where locations exchange all of
 * their numbers.
 */
export function stuckMainNumbers(places: readonly Numbered[]): readonly Numbered[] {
  const isWanted = (number = '') => places.some(({ now }) => now.numbers?.includes(number));
  let stuck = places.filter((place) => {
    const { now, before } = place;
    if (!losesMainNumber(place) || !isWanted(before.main)) return false;
    return !before.numbers?.some((number) => now.numbers?.includes(number));
  });
  const isStuck = (number: string) => stuck.some(({ before }) => before.main === number);
  for (let before = -1; before !== stuck.length; ) {
    before = stuck.length;
    stuck = stuck.filter(({ now }) => now.numbers?.every(isStuck));
  }
  return stuck;
}

/** What is wrong with a place that {@link stuckMainNumbers} found. */
export function mainNumberFailure(kind: string, { before }: Numbered): CheckFailure {
  const reason =
    `${before.main} is the main number here and goes to another location, and no other number is here before: Webex moves no ` +
    'main number. Add another number here first and run pulumi up; then move this one';
  return { property: kind === 'customer' ? 'headquarters.calling.phoneNumbers' : 'calling.phoneNumbers', reason };
}
