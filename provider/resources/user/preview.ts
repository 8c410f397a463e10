import type { CheckFailure } from '../../lifecycle';
import { hasCalling } from '../../packages';
import type { MoveValidation } from '../../webex';
import { isSameId } from '../../webex/ids';
import { hasUnknown, same } from '../inputs/compare';
import { isSameText } from '../inputs/spelling';
import { NoOrganizationError, organizationOf } from '../lookups/organizations';
import { subscriberByEmail } from '../lookups/users';
import { mainNumberFailures } from '../moves/closing-sites';
import { keptFailures, Lines } from '../moves/lines';
import { propertyOf } from '../moves/move-error';
import { type RecordedUser, recordedUsers, text } from '../moves/recorded-users';
import { moveOf } from '../moves/user-move';
import { Prechecks } from '../prechecks/precheck';
import type { Run } from '../run/run';
import { adviseUnknown } from './administrator';
import { workNumber } from './api';
import { warnOfLeavers } from './leavers';
import { roleIds } from './person';
import { lineOf } from './place';
import type { UserInputs } from './schema';

/** What Webex says in preview of a user that exists: of its roles, another address, another location. */
export async function previewFailures(
  run: Run,
  inputs: UserInputs,
  olds: UserInputs | undefined,
  was: UserInputs | undefined,
): Promise<CheckFailure[]> {
  const { roles } = inputs;
  adviseUnknown(run, inputs, was);
  if (roles && !hasUnknown(roles) && !same(olds?.roles ?? [], roles)) await roleIds(run, roles);
  if (olds?.package !== inputs.package && !hasUnknown([inputs.customerId, inputs.package]))
    await warnOfLeavers(run, inputs);
  if (olds === undefined) return [];
  warnOfAddress(run, inputs, olds);
  return moveFailures(run, inputs, olds).catch((error: unknown) => {
    // There is nothing yet to compare with; the update says so.
    if (error instanceof NoOrganizationError) return [];
    throw error;
  });
}

/** The person confirms another address: Cisco help article nsi3kgb. */
function warnOfAddress(run: Run, { email }: UserInputs, olds: UserInputs): void {
  if (hasUnknown(email) || isSameText(email, olds.email, 'email')) return;
  run.warn(
    `user ${olds.email} gets the address ${email}: Webex writes to both, and the person must confirm the new one within 15 days, ` +
      'or the old one comes back, which pulumi refresh shows then (Cisco help nsi3kgb)',
  );
}

/**
 * Failures for a changed extension or number: another person has it and keeps it, or the customer lacks the number.
 * What a user gives up is released first.
 */
async function lineFailures(run: Run, inputs: UserInputs, olds: UserInputs): Promise<CheckFailure[]> {
  const isOwn = ({ state }: RecordedUser) => isSameText(text(state.email) ?? '', olds.email, 'email');
  const isNew = (key: 'extension' | 'phoneNumber') => inputs[key] !== olds[key] && !hasUnknown(inputs[key]);
  const isChanged = isNew('extension') || isNew('phoneNumber');
  if (!isChanged || hasUnknown([inputs.customerId, inputs.locationId]) || run.settings.precheck !== 'all') return [];
  const locationId = inputs.locationId ?? text((await recordedUsers(run)).find(isOwn)?.state.locationId);
  const changed = {
    ...lineOf(undefined, { ...inputs, locationId }),
    // The same extension may be that of a user elsewhere.
    extension: isNew('extension') && locationId !== undefined ? inputs.extension : undefined,
    phoneNumber: isNew('phoneNumber') ? inputs.phoneNumber : undefined,
  };
  const lines = Lines.of(run);
  const held = (await lines.heldBy(changed)).filter(({ holder }) => !holder.emails.includes(olds.email));
  const kept = keptFailures(held, changed);
  const { phoneNumber } = changed;
  const isKept = kept.some(({ property }) => property === 'phoneNumber');
  if (phoneNumber === undefined || isKept || (await lines.isNumberExpected(changed))) return kept;
  const reason = `${phoneNumber} is not a number of this customer. Add it to the phoneNumbers of the user's location, or choose one of these`;
  return [...kept, { property: 'phoneNumber', reason }];
}

/** Webex validates the move of a user without doing it. What else it would change is shown as a warning. */
async function moveFailures(run: Run, inputs: UserInputs, olds: UserInputs): Promise<CheckFailure[]> {
  const { locationId } = inputs;
  const ofMain = await mainNumberFailures(run, inputs, olds);
  if (ofMain.length > 0) return ofMain;
  const isKnown = !hasUnknown([locationId, inputs.extension, inputs.phoneNumber, inputs.package]);
  const mayMove = locationId !== undefined && locationId !== olds.locationId && isKnown;
  if (!hasCalling(olds.package) || !hasCalling(inputs.package)) return [];
  const isAsked = mayMove && run.settings.precheck === 'all';
  const found = isAsked && (await Prechecks.of(run).withinTime(() => validated(run, inputs, olds, locationId), 0));
  if (!found) return lineFailures(run, inputs, olds);
  const { errors, impacts } = found;
  for (const { code, message } of impacts)
    run.warn(
      `user ${inputs.email} moves to another location: ${message} (shown for the first such user)`,
      `impact ${code ?? message} of a move`,
    );
  return errors.length === 0 ? [] : refusals(run, inputs, errors);
}

async function validated(
  run: Run,
  inputs: UserInputs,
  olds: UserInputs,
  locationId: string,
): Promise<MoveValidation | undefined> {
  const { customerId, onBehalfOfSubPartnerOrgId: onBehalfOf } = olds;
  const subscriber = await subscriberByEmail(run, olds.email, customerId, onBehalfOf);
  if (subscriber?.personId === undefined) return undefined;
  const person = await run.webex.people.get(subscriber.personId);
  if (person.locationId === undefined || isSameId(person.locationId, locationId)) return undefined;
  const move = moveOf(person.id, olds, inputs, workNumber(person));
  return run.webex.moveUsers.validate(await organizationOf(run, olds), locationId, move);
}

/** What this run changes first may make the move possible. */
async function refusals(run: Run, inputs: UserInputs, errors: MoveValidation['errors']): Promise<CheckFailure[]> {
  const { email, locationId } = inputs;
  const line = lineOf(undefined, inputs);
  const held = (await Lines.of(run).heldBy(line)).filter(({ holder }) => !holder.emails.includes(email));
  const kept = keptFailures(held, line);
  if (kept.length > 0) return kept;
  const isReleased = held.length > 0;
  const { claims } = run;
  const isUpdated =
    claims.isUpdateExpected('customer', inputs.customerId) ||
    (locationId !== undefined && claims.isUpdateExpected('location', locationId));
  if (!isReleased && !isUpdated)
    return errors.map(({ code, message }) => ({
      property: propertyOf([code]),
      reason: `Webex can't move user ${email} to this location: ${message}`,
    }));
  for (const { code, message } of errors)
    run.warn(
      `Webex can't move user ${email} to this location now: ${message}; what this run updates first may change that (shown for the first such user)`,
      `error ${code ?? message} of a move`,
    );
  return [];
}
