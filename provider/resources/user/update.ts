import { inSteps } from '../define/steps';
import { changedKeys } from '../inputs/compare';
import { all, without } from '../inputs/keys';
import { Leftovers } from '../moves/leftovers';
import { Lines } from '../moves/lines';
import type { Run } from '../run/run';
import { workNumber } from './api';
import { requestConsent } from './consent';
import { changePackage } from './package';
import { applyPerson } from './person';
import { lineOf, place } from './place';
import { pendingNow } from './read';
import { INPUT_KEYS, isLocationDeclared, isPending, PERSON_KEYS, type UserInputs, type UserState } from './schema';

/**
 * Brings an existing user to the declaration: package first, because it decides what the person can have, then the
 * location, because extension and number belong to it. Each step
 * writes what differs from the record, and nothing else.
 */
export async function update(run: Run, id: string, recorded: UserState, inputs: UserInputs): Promise<UserState> {
  const state = await pendingNow(run, id, recorded);
  const line = lineOf(state.personId, inputs);
  return inSteps(id, state, false, async (record, current) => {
    const changed = await Lines.of(run).assign(line, () => changePackage(run, id, state, inputs));
    if (Object.keys(changed).length > 0) record(changed);
    const { personId } = current();
    if (!isPending(current()) && personId !== undefined) record(await place(run, personId, current(), inputs));
    const person = changedKeys(PERSON_KEYS, current(), inputs);
    if (!isPending(current()) && personId !== undefined && person.length > 0) {
      const isParked = await hasParkedExtension(run, personId, state, inputs, person.includes('phoneNumber'));
      const keys = isParked ? [...person, 'extension' as const] : person;
      await Lines.of(run).assign(line, () => applyPerson(run, personId, keys, inputs));
    }
    const newlyRequested = inputs.sendConsentMoveEmail === true && state.sendConsentMoveEmail !== true;
    if (isPending(current()) && newlyRequested) await requestConsent(run, id, inputs);
    const leftovers = Leftovers.of(run);
    if (!isPending(current()) && inputs.phoneNumber !== undefined) leftovers.arrived(inputs.phoneNumber);
    await leftovers.released([id, personId]);
    record({
      ...all(inputs, without(INPUT_KEYS, ['locationId'])),
      locationIsDeclared: isLocationDeclared(inputs, current().locationId),
    });
  });
}

/**
 * Whether the user has an extension only because an exchange took its number for the time being: one of this run, or of
 * a run that was killed, after which the number is recorded and gone, and the extension is there and not recorded.
 */
async function hasParkedExtension(
  run: Run,
  personId: string,
  state: UserState,
  { extension }: UserInputs,
  getsNumber: boolean,
): Promise<boolean> {
  if (extension !== undefined || state.extension !== undefined) return false;
  if (Lines.of(run).hasTemporaryExtension(personId)) return true;
  if (!getsNumber || state.phoneNumber === undefined) return false;
  const person = await run.webex.people.get(personId);
  return workNumber(person) === undefined && person.extension !== undefined;
}
