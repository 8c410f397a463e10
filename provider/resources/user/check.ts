import { type Caller, type Checked, type CheckFailure, UNKNOWN } from '../../lifecycle';
import { isDowngrade } from '../../packages';
import { differs, hasUnknown, same } from '../shared/compare';
import { identityFailure, immutableFailures } from '../shared/lifecycle-helpers';
import { declare } from '../shared/ownership';
import { precheck, prechecks } from '../shared/precheck';
import { DeclarationError, messageOf } from '../shared/refusals';
import { session } from '../shared/session';
import { checkSession } from '../shared/session-check';
import { snapshot } from '../shared/snapshot';
import { validate } from '../shared/validation';
import { warn } from '../shared/warnings';
import { creationOf } from './backend';
import { compared, conflict, findExisting } from './existing';
import { roleIds, roleNames } from './person';
import { IMMUTABLE_KEYS, type Previous, type UserInputs, userInputs, userRules } from './schema';

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
  const { personId, status, ...declared } = news;
  const filled = { onBehalfOfSubPartnerOrgId: session.onBehalfOfSubPartnerOrgId, ...declared };
  const { inputs, failures } = validate<UserInputs>(userInputs, filled);
  if (failures.length > 0) return { inputs, failures };
  // A user as it is in Webex where Pulumi has no record: a new name for it, or a replacement.
  const before = olds ? await withRoles(olds, inputs) : await recordedInWebex(inputs);
  failures.push(...userRules(inputs, before));
  failures.push(...immutableFailures(IMMUTABLE_KEYS, olds, inputs), ...identityFailure(olds, inputs));
  failures.push(...declaredTwice(inputs, caller));
  if (failures.length === 0 && caller.dryRun) failures.push(...(await askWebex(inputs, olds)));
  return { inputs: { ...inputs, previous: previousOf(before, inputs) }, failures };
}

function declaredTwice({ email }: UserInputs, { name }: Caller): CheckFailure[] {
  if (email === UNKNOWN) return [];
  const other = declare('user', email.toLowerCase(), name);
  if (other === undefined) return [];
  return [
    { property: 'email', reason: `${email} is declared twice: resource "${other}" has it too. It must be unique` },
  ];
}

/** Written only where something differs: a field that is always there would dirty every state once. */
function previousOf(before: UserInputs | undefined, now: UserInputs): Previous | undefined {
  if (before === undefined || (now.package as string) === UNKNOWN) return undefined;
  const rolesDiffer =
    now.roles !== undefined ? differs(before.roles ?? [], now.roles) : (before.roles ?? []).length > 0;
  if (before.package === now.package && !rolesDiffer) return undefined;
  return { package: before.package, ...(before.roles && { roles: before.roles }) };
}

/**
 * Package and roles of a user that exists in Webex. One list a customer answers for all its new users; a person is
 * asked for only where the user really exists.
 */
async function recordedInWebex(inputs: UserInputs): Promise<UserInputs | undefined> {
  const { customerId, email, onBehalfOfSubPartnerOrgId: behalf } = inputs;
  if (hasUnknown([customerId, email])) return undefined;
  const users = await snapshot(`subscribers:${customerId}`, () =>
    session.webex.subscribers.list({ customerId }, behalf),
  );
  const found = users.find((user) => user.email.toLowerCase() === email.toLowerCase());
  if (found === undefined) return undefined;
  const person = found.personId === undefined ? undefined : await session.webex.people.get(found.personId);
  const name = found.packages.find((entry) => entry !== 'attendant_console') as UserInputs['package'] | undefined;
  return {
    ...inputs,
    package: name ?? inputs.package,
    locationId: person?.locationId ?? inputs.locationId,
    roles: person ? await roleNames(person.roles ?? []) : undefined,
  };
}

/**
 * The recorded user, with its real roles where the program says nothing about roles and a capability is to be taken
 * away: only then does it matter whether this is an administrator.
 */
async function withRoles(olds: UserInputs, inputs: UserInputs): Promise<UserInputs> {
  if (olds.roles !== undefined || (inputs.package as string) === UNKNOWN) return olds;
  if (!isDowngrade(olds.package, inputs.package)) return olds;
  return { ...olds, roles: (await recordedInWebex(inputs))?.roles };
}

/** What only Webex can tell, in preview: whether roles exist, and what its precheck says of a new user. */
async function askWebex(inputs: UserInputs, olds: UserInputs | undefined): Promise<CheckFailure[]> {
  if (inputs.roles && !hasUnknown(inputs.roles) && !same(olds?.roles ?? [], inputs.roles)) {
    try {
      await roleIds(inputs.roles);
    } catch (error) {
      if (error instanceof DeclarationError) return [{ property: 'roles', reason: messageOf(error) }];
      throw error;
    }
  }
  if (olds !== undefined || !prechecks('user') || hasUnknown(inputs)) return [];
  const ask = () => session.webex.subscribers.precheck(creationOf(inputs), inputs.onBehalfOfSubPartnerOrgId);
  const failures = await precheck(ask, HINTS);
  if (failures.length === 0) return [];
  // A user that exists already may be ours: an earlier run may have been killed before it was recorded.
  const existing = await findExisting(inputs);
  if (existing === undefined) return failures;
  const { differences } = await compared(existing, inputs);
  if (existing.customerId === inputs.customerId && (differences.length === 0 || inputs.adopt === true)) {
    warn(`user ${inputs.email} exists already; pulumi up will take it over`);
    return [];
  }
  return [{ property: 'email', reason: conflict(inputs.email, differences) }];
}
