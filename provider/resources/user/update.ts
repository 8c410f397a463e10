import { hasCalling } from '../../packages';
import { inSteps } from '../define/steps';
import { changedKeys } from '../inputs/compare';
import { all } from '../inputs/keys';
import { DeclarationError } from '../outcomes/errors';
import type { Run } from '../run/run';
import { requestConsent } from './consent';
import { changePackage } from './package';
import { applyPerson } from './person';
import { INPUT_KEYS, isPending, PERSON_KEYS, type UserInputs, type UserState } from './schema';

/**
 * Brings an existing user to the declaration: package first, because it decides what the person can have. Each step
 * writes what differs from the record, and nothing else.
 */
export async function update(run: Run, id: string, state: UserState, inputs: UserInputs): Promise<UserState> {
  refuseMove(state, inputs);
  return inSteps(id, state, false, async (record, current) => {
    const changed = await changePackage(run, id, state, inputs);
    if (Object.keys(changed).length > 0) record(changed);
    refuseMove(current(), inputs);
    const { personId } = current();
    const person = changedKeys(PERSON_KEYS, current(), inputs);
    if (!isPending(current()) && personId !== undefined && person.length > 0) {
      await applyPerson(run, personId, person, inputs);
    }
    const newlyRequested = inputs.sendConsentMoveEmail === true && state.sendConsentMoveEmail !== true;
    if (isPending(current()) && newlyRequested) await requestConsent(run, id, inputs);
    record(all(inputs, INPUT_KEYS));
  });
}

/** check() refuses a move that the old inputs show; a user that is adopted may be at another location, too. */
function refuseMove(state: UserState, { locationId, package: name, email }: UserInputs): void {
  if (locationId === undefined || !hasCalling(state.package) || !hasCalling(name)) return;
  if (state.locationId === locationId) return;
  throw new DeclarationError(
    'locationId',
    `user ${email} is at the location ${state.locationId ?? '(none)'}, declared is ${locationId}: Webex has no operation that ` +
      'moves a calling user. Declare the location where it is, or delete the user first',
  );
}
