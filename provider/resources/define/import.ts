import type { Difference, Found } from '../../lifecycle';
import { contradicts } from '../inputs/compare';
import type { Run } from '../run/run';
import type { Definition, Identified, SharedInputs } from './definition';
import { marked, type OfPartner } from './partner';

/** IDs of objects that this run imported, with their kind. */
export function importedIn({ memory }: Run): Set<string> {
  return memory.forRun('imported', () => new Set<string>());
}

/** Makes the `import` of a resource. */
export function makeImport<
  I extends SharedInputs,
  S extends OfPartner & object,
  E extends Identified,
  P extends Identified,
>(definition: Definition<I, S, E, P>, run: Run): (key: string, declared: I | undefined) => Promise<Found<I, S>> {
  return async (key, declared) => {
    const id = await definition.identify(run, key);
    const state =
      declared === undefined
        ? withoutDefaults(await definition.read(run, id, undefined))
        : await definition.adopted(run, id, declared);
    // Pulumi would call a missing object a plugin that can't import.
    if (state === undefined) throw new Error(`Webex shows no ${definition.kind} "${key}" to this token`);
    if (declared === undefined) await definition.refuseImport?.(run, id, state);
    importedIn(run).add(`${definition.kind}:${id}`);
    return { id, state: await marked(run, state), inputs: definition.inputsOf(state) };
  };
}

/** Without what a program leaves out: what Webex assumes by itself, and what it doesn't return. */
function withoutDefaults<S extends object>(state: S | undefined): S | undefined {
  if (state === undefined) return undefined;
  const isDefault = (value: unknown) => value === false || value === '' || (Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(state).filter(([, value]) => !isDefault(value))) as S;
}

/**
 * What `diff` answers in the run that imports an object, which Pulumi fails where something differs: only what is
 * declared and returned is compared. What is left out isn't managed, unless leaving it out removes it.
 */
export function importDifference<I extends SharedInputs, S extends object, E extends Identified, P extends Identified>(
  { inputKeys, withUnreturned, removedWhenLeftOut = [] }: Definition<I, S, E, P>,
  state: S,
  inputs: I,
): Difference {
  const recorded = withUnreturned?.(state, inputs) ?? state;
  const compared = inputKeys.filter((key) => !(MANAGEMENT_INPUTS as readonly string[]).includes(key));
  const changes = compared.some((key) => {
    const isRemoved = inputs[key] === undefined && recorded[key] !== undefined && removedWhenLeftOut.includes(key);
    return isRemoved || contradicts(recorded[key], inputs[key], key);
  });
  return { changes };
}

/** Inputs that say how a resource is managed rather than what it is: Webex has nothing to compare them with. */
const MANAGEMENT_INPUTS = ['removal', 'adopt', 'allowReplacement', 'timeouts', 'sendConsentMoveEmail'] as const;
