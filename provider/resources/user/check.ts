import { type Caller, type Checked, type CheckFailure, UNKNOWN } from '../../lifecycle';
import { hasUnknown, same } from '../inputs/compare';
import { validate } from '../inputs/validation';
import { identityFailure, immutableFailures } from '../outcomes/lifecycle-helpers';
import { DeclarationError } from '../outcomes/refusals';
import { PrechecksAhead } from '../prechecks/ahead';
import { prechecks } from '../prechecks/precheck';
import { declare, isChanging, isReplacementCheck } from '../run/ownership';
import { session } from '../run/session';
import { checkSession } from '../run/session-check';
import { warn } from '../run/warnings';
import { creationOf } from './backend';
import { compared, conflict, findExisting } from './existing';
import { roleIds } from './person';
import { beforeChange, previousOf } from './previous';
import { IMMUTABLE_KEYS, type UserInputs, userInputs, userRules } from './schema';

/** Words of Cisco's descriptions, and the input that each is about. */
const HINTS = [
  [/extension/i, 'extension'],
  [/phone ?number|primaryPhoneNumber/i, 'phoneNumber'],
  [/location/i, 'locationId'],
  [/package|limit|administrator/i, 'package'],
  [/e-?mail|user|subscriber/i, 'email'],
  [/customer/i, 'customerId'],
  [/first ?name/i, 'firstName'],
  [/last ?name/i, 'lastName'],
] as const;

/** Validates a user, and asks Cisco's precheck about a new one in preview. */
export async function check(
  news: Record<string, unknown>,
  olds: UserInputs | undefined,
  caller: Caller,
): Promise<Checked<UserInputs>> {
  checkSession();
  const { inputs, failures } = validated(news);
  const isNew = !isReplacementCheck('user', caller.urn, olds) && olds === undefined;
  ahead.checking(caller, isNew);
  if (failures.length > 0) return { inputs, failures };
  const before = await beforeChange(inputs, olds);
  failures.push(...userRules(inputs, before));
  failures.push(...immutableFailures(IMMUTABLE_KEYS, olds, inputs), ...identityFailure(olds, inputs));
  failures.push(...declaredTwice(inputs, caller));
  if (failures.length === 0 && caller.dryRun) failures.push(...(await askWebex(inputs, olds, isNew)));
  return { inputs: { ...inputs, previous: previousOf(before, inputs) }, failures };
}

function validated(news: Record<string, unknown>) {
  const { personId, status, ...declared } = news;
  const filled = { onBehalfOfSubPartnerOrgId: session.onBehalfOfSubPartnerOrgId, ...declared };
  return validate<UserInputs>(userInputs, filled);
}

const ahead = new PrechecksAhead<UserInputs>({
  validated: (news) => {
    const { inputs, failures } = validated(news);
    return failures.length > 0 || hasUnknown(inputs) ? undefined : inputs;
  },
  ask: (inputs) => session.webex.subscribers.precheck(creationOf(inputs), inputs.onBehalfOfSubPartnerOrgId),
  requestOf: (inputs) => [creationOf(inputs), inputs.onBehalfOfSubPartnerOrgId],
  hints: HINTS,
});

function declaredTwice({ email, phoneNumber }: UserInputs, caller: Caller): CheckFailure[] {
  const failures: CheckFailure[] = [];
  const twice = (property: string, value: string, other: string | undefined) => {
    if (other === undefined) return;
    failures.push({
      property,
      reason: `${value} is declared twice: ${other} has it too. It must be unique`,
    });
  };
  if (email !== UNKNOWN) twice('email', email, declare('user', email.toLowerCase(), caller));
  if (phoneNumber !== undefined && phoneNumber !== UNKNOWN) {
    twice('phoneNumber', phoneNumber, declare('number of a user', phoneNumber, caller));
  }
  return failures;
}

/** Whether this run first updates what the user needs: a package or limit of its customer, a number of its location. */
function changesFirst({ customerId, locationId }: UserInputs): boolean {
  return isChanging('customer', customerId) || (locationId !== undefined && isChanging('location', locationId));
}

/** What the precheck says before that update is worth knowing, but no reason to refuse: else it could never be made. */
function tell({ email }: UserInputs, failures: CheckFailure[]): CheckFailure[] {
  for (const { reason } of failures) warn(`user ${email}: ${reason}; what this run updates first may change that`);
  return [];
}

/** What only Webex can tell, in preview: whether roles exist, and what its precheck says of a new user. */
async function askWebex(inputs: UserInputs, olds: UserInputs | undefined, isNew: boolean): Promise<CheckFailure[]> {
  if (inputs.roles && !hasUnknown(inputs.roles) && !same(olds?.roles ?? [], inputs.roles)) {
    try {
      await roleIds(inputs.roles);
    } catch (error) {
      if (error instanceof DeclarationError) return [{ property: error.property, reason: error.reason }];
      throw error;
    }
  }
  if (!isNew || !prechecks('user') || hasUnknown(inputs)) return [];
  const failures = await ahead.failuresOf(inputs);
  if (failures.length === 0) return [];
  // A user that exists already may be ours: an earlier run may have been killed before it was recorded.
  const existing = await findExisting(inputs);
  if (existing === undefined) return changesFirst(inputs) ? tell(inputs, failures) : failures;
  const { differences } = await compared(existing, inputs);
  if (existing.customerId === inputs.customerId && (differences.length === 0 || inputs.adopt === true)) {
    warn(`user ${inputs.email} exists already; pulumi up will take it over`);
    return [];
  }
  return [{ property: 'email', reason: conflict(inputs.email, differences) }];
}
