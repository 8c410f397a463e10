import { hasCalling } from '../../packages';
import { changedKeys } from '../inputs/compare';
import { inSteps, pick } from '../outcomes/lifecycle-helpers';
import { DeclarationError } from '../outcomes/refusals';
import { hold } from '../run/ownership';
import { session } from '../run/session';
import { askForConsent, packagesOf } from './backend';
import { applyPerson } from './person';
import { INPUT_KEYS, isPending, PERSON_KEYS, type UserInputs, type UserState } from './schema';

/** Brings an existing user to the declaration: package first, because it decides what the person can have. */
export async function update(id: string, state: UserState, inputs: UserInputs): Promise<UserState> {
  hold('user', id);
  const behalf = inputs.onBehalfOfSubPartnerOrgId;
  refuseMove(state, inputs);
  return inSteps(id, state, false, async (note, current) => {
    if (changedKeys(['package', 'attendantConsole'] as const, state, inputs).length > 0) {
      const answer = await session.webex.subscribers.update(id, packageChangeOf(state, inputs), behalf);
      const { status, personId = state.personId } = answer;
      note({ ...afterPackageChange(state, inputs), status, personId });
    }
    const { personId } = current();
    const changed = changedKeys(PERSON_KEYS, current(), inputs).length > 0;
    if (!isPending(current()) && personId !== undefined && changed) await applyPerson(personId, current(), inputs);
    const asksNow = inputs.sendConsentMoveEmail === true && state.sendConsentMoveEmail !== true;
    if (isPending(current()) && asksNow) await askForConsent(id, inputs);
    note(Object.fromEntries(INPUT_KEYS.map((key) => [key, inputs[key]])));
  });
}

/** check() refuses a move that Pulumi knows of; a user that is taken over may be at another location, too. */
function refuseMove(state: UserState, { locationId, package: name, email }: UserInputs): void {
  if (locationId === undefined || !hasCalling(state.package) || !hasCalling(name)) return;
  if (state.locationId === locationId) return;
  throw new DeclarationError(
    'locationId',
    `user ${email} is at the location ${state.locationId ?? '(none)'}, declared is ${locationId}: Webex has no operation that ` +
      'moves a calling user. Declare the location where it is, or delete the user first',
  );
}

/** Provisioning parameters "should only be supplied when changing from the webex_meetings package to any calling-enabled package". */
function packageChangeOf(state: UserState, inputs: UserInputs) {
  const packages = packagesOf(inputs);
  if (hasCalling(state.package) || !hasCalling(inputs.package)) return { packages };
  const { phoneNumber: primaryPhoneNumber, extension, locationId } = inputs;
  return { packages, provisioningParameters: { primaryPhoneNumber, extension, locationId } };
}

/** What the change of package did to the person as well: calling comes with its parameters, and goes with its number. */
function afterPackageChange(state: UserState, inputs: UserInputs): Partial<UserState> {
  const changed = pick(inputs, ['package', 'attendantConsole']);
  if (!hasCalling(state.package) && hasCalling(inputs.package)) {
    return { ...changed, ...pick(inputs, ['extension', 'phoneNumber', 'locationId']) };
  }
  if (hasCalling(inputs.package)) return changed;
  return { ...changed, extension: undefined, phoneNumber: undefined, locationId: undefined };
}
