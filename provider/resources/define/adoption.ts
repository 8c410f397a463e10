import { DeclarationError } from '../outcomes/errors';
import type { Run } from '../run/run';
import type { Comparison, Definition, Identified, SharedInputs } from './definition';

/**
 * Compares an existing object with the declaration. An object that is as declared is adopted: an earlier run may have
 * been killed before it was recorded. One that differs is adopted only with `adopt: true`, and never where no operation
 * can make it what is declared.
 * @param isOurs this run has made the object: the answer of its POST was lost
 * @throws DeclarationError with the differences
 */
export async function compareForAdoption<I extends SharedInputs, S extends object, E extends Identified>(
  definition: Definition<I, S, E, Identified>,
  run: Run,
  found: E,
  inputs: I,
  isOurs = false,
): Promise<Comparison<S>> {
  const [key] = definition.keys(inputs, true);
  const property = key?.property ?? '';
  const comparison = await definition.compare(run, found, inputs);
  const { immutable = [] } = comparison;
  const differences = isOurs ? comparison.differences : allDifferences(comparison);
  const exists = `${definition.existing(inputs)} exists and differs`;
  if (immutable.length > 0) {
    const others = inputs.adopt === true ? [] : differences.filter((each) => !immutable.includes(each));
    const besides = others.length === 0 ? '' : `; besides, ${others.join('; ')}`;
    throw new DeclarationError(
      property,
      `${exists} in what Webex has no operation to change: ${immutable.join('; ')}${besides}. Declare what it has, ` +
        `choose another ${property}, or delete it first`,
    );
  }
  if (differences.length > 0 && inputs.adopt !== true) {
    const adopt = 'adopt' in definition.schema.shape ? ', or set adopt: true to take it over and change it' : '';
    throw new DeclarationError(
      property,
      `${exists} from what is declared: ${differences.join('; ')}. Correct the declaration, choose another ${property}${adopt}`,
    );
  }
  return comparison;
}

/** All that `adopt` would write, in words. */
export function allDifferences<S>({ differences, missing = [] }: Comparison<S>): string[] {
  return [...differences, ...missing];
}
