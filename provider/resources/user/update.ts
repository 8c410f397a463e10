import { inSteps } from '../define/steps';
import { changedKeys } from '../inputs/compare';
import { all, without } from '../inputs/keys';
import { Leftovers } from '../moves/leftovers';
import { Lines } from '../moves/lines';
import type { Run } from '../run/run';
import { requestConsent } from './consent';
import { changePackage } from './package';
import { applyPerson } from './person';
import { lineOf, place } from './place';
import { INPUT_KEYS, isPending, PERSON_KEYS, type PersonKey, type UserInputs, type UserState } from './schema';

/**
 * Brings an existing user to the declaration: package first, because it decides what the person can have, then the
 * location, because extension and number belong to it. Each step
 * writes what differs from the record, and nothing else.
 */
export async function update(run: Run, id: string, state: UserState, inputs: UserInputs): Promise<UserState> {
  const line = lineOf(state.personId, inputs);
  return inSteps(id, state, false, async (record, current) => {
    const changed = await Lines.of(run).assign(line, () => changePackage(run, id, state, inputs));
    if (Object.keys(changed).length > 0) record(changed);
    const { personId } = current();
    if (!isPending(current()) && personId !== undefined) record(await place(run, personId, current(), inputs));
    const person = changedKeys(PERSON_KEYS, current(), inputs);
    if (!isPending(current()) && personId !== undefined && person.length > 0) {
      await Lines.of(run).assign(line, () => applyPerson(run, personId, keysOf(run, personId, person, inputs), inputs));
    }
    const newlyRequested = inputs.sendConsentMoveEmail === true && state.sendConsentMoveEmail !== true;
    if (isPending(current()) && newlyRequested) await requestConsent(run, id, inputs);
    await Leftovers.of(run).released([id, personId]);
    record({
      ...all(inputs, without(INPUT_KEYS, ['locationId'])),
      locationIsDeclared: inputs.locationId !== undefined,
    });
  });
}

/** An extension that an exchange gave for the time being goes with the first write. */
function keysOf(run: Run, personId: string, changed: readonly PersonKey[], { extension }: UserInputs): PersonKey[] {
  const isTemporary = extension === undefined && Lines.of(run).hasTemporaryExtension(personId);
  return [...changed, ...(isTemporary ? (['extension'] as const) : [])];
}
