import { hasCalling } from '../../packages';
import { guardPackageChange } from '../administrators/guard';
import { inSteps } from '../define/steps';
import { changedKeys } from '../inputs/compare';
import { all, pick } from '../inputs/keys';
import { DeclarationError } from '../outcomes/errors';
import type { Run } from '../run/run';
import { packageBody } from './api';
import { requestConsent } from './consent';
import { applyPerson } from './person';
import { INPUT_KEYS, isPending, PERSON_KEYS, type UserInputs, type UserState } from './schema';

/** Brings an existing user to the declaration: package first, because it decides what the person can have. */
export async function update(run: Run, id: string, state: UserState, inputs: UserInputs): Promise<UserState> {
  refuseMove(state, inputs);
  return inSteps(id, state, false, async (record, current) => {
    if (changedKeys(['package', 'attendantConsole'] as const, state, inputs).length > 0) {
      await guardPackageChange(run, id, state.personId, inputs);
      const body = packageBody(state, inputs);
      const answer = await run.webex.subscribers.update(id, body, inputs.onBehalfOfSubPartnerOrgId);
      const { status, personId = state.personId } = answer;
      record({ ...afterPackageChange(state, inputs), status, personId });
    }
    const { personId } = current();
    const changed = changedKeys(PERSON_KEYS, current(), inputs).length > 0;
    if (!isPending(current()) && personId !== undefined && changed) await applyPerson(run, personId, current(), inputs);
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

/**
 * What the change of package did to the person as well: calling comes with its parameters, and goes with its number.
 */
function afterPackageChange(state: UserState, inputs: UserInputs): Partial<UserState> {
  const changed = pick(inputs, ['package', 'attendantConsole']);
  if (!hasCalling(state.package) && hasCalling(inputs.package)) {
    return { ...changed, ...pick(inputs, ['extension', 'phoneNumber', 'locationId']) };
  }
  if (hasCalling(inputs.package)) return changed;
  return { ...changed, extension: undefined, phoneNumber: undefined, locationId: undefined };
}
