import { type CheckFailure, UNKNOWN } from '../../lifecycle';
import { organizationLevel, USER_ADD_ON } from '../../packages';
import type { Person, Subscriber } from '../../webex';
import { isSameId } from '../../webex/ids';
import { administratorBefore } from '../administrators/before';
import { guardPackageChange, type Reading } from '../administrators/guard';
import type { Checking, Past } from '../define/definition';
import { differs, hasUnknown } from '../inputs/compare';
import { NewCustomers } from '../lookups/new-customers';
import { roleNames } from '../lookups/roles';
import { personLookup, subscriberByEmail, subscriberById } from '../lookups/users';
import { asFailures } from '../outcomes/errors';
import type { Run } from '../run/run';
import { packagesFromApi } from './api';
import { downgradeFailures, listed, type Previous, type UserInputs } from './schema';

/**
 * What a user was before this change: the old inputs, where they are about the same person at the same customer.
 * Webex is asked where Pulumi has no record of the person (a new name, a replacement), and where the package changes:
 * Webex may have a role, or a higher package, that isn't declared.
 */
export async function beforeChange(
  run: Run,
  inputs: UserInputs,
  olds: UserInputs | undefined,
  { urn, dryRun, isReplacement }: Checking,
): Promise<Past<UserInputs>> {
  if ((inputs.package as string) === UNKNOWN) return { was: await rolesToo(run, inputs, olds) };
  if (olds === undefined || !(await isSameUser(run, olds, inputs))) {
    const there = await subscriberInWebex(run, inputs, inputs.customerId);
    if (there !== undefined) {
      return { was: await asInputs(run, there, inputs), failures: await refusals(run, there, inputs) };
    }
    // In an update the write itself is guarded; a replacement would unlink the user before that.
    return dryRun || isReplacement ? inOrganization(run, inputs) : {};
  }
  if (olds.package === inputs.package && olds.attendantConsole === inputs.attendantConsole) return { was: olds };
  const recorded =
    (await recordedInWebex(run, { ...inputs, email: olds.email }, olds.customerId)) ??
    (await byRecord(run, urn, inputs, olds.customerId));
  if (recorded === undefined) return { was: olds };
  const roles = rolesOfBoth(olds, recorded);
  const { package: name, attendantConsole } = recorded;
  const was = { ...olds, package: name, attendantConsole, ...(roles.length > 0 && { roles }) };
  return { was, failures: recorded.roles === undefined ? [] : stale(inputs, was, recorded) };
}

/** A user that is no longer an administrator in Webex is one by the record, until a refresh: the refusal says so. */
function stale(inputs: UserInputs, was: UserInputs, recorded: UserInputs): CheckFailure[] {
  if (downgradeFailures(inputs, recorded).length > 0) return [];
  return downgradeFailures(inputs, was).map(({ property, reason }) => ({
    property,
    reason: `${reason}. In Webex the person has no such role any more: if that is meant, run pulumi refresh first`,
  }));
}

/**
 * The user before a change, with its roles in Webex too: a package that isn't known yet may be lower than an
 * administrator's.
 */
async function rolesToo(run: Run, inputs: UserInputs, olds: UserInputs | undefined): Promise<UserInputs | undefined> {
  const customerId = olds?.customerId ?? inputs.customerId;
  const recorded = await recordedInWebex(run, { ...inputs, email: olds?.email ?? inputs.email }, customerId);
  if (olds === undefined) return recorded ?? (await inOrganization(run, inputs)).was;
  if (recorded === undefined) return olds;
  return { ...olds, roles: rolesOfBoth(olds, recorded) };
}

function rolesOfBoth(left: UserInputs, right: UserInputs): string[] {
  return [...new Set([...(left.roles ?? []), ...(right.roles ?? [])])];
}

/** For policies, which see neither the old inputs nor Webex. Written only where something differs: see Previous. */
export function previousOf(now: UserInputs, before: UserInputs | undefined): Previous | undefined {
  if (before === undefined || (now.package as string) === UNKNOWN) return undefined;
  const { package: name, attendantConsole, roles } = before;
  const rolesDiffer = now.roles === undefined ? (roles ?? []).length > 0 : differs(roles ?? [], now.roles);
  const addOnDiffers = differs(attendantConsole === true, now.attendantConsole ?? false);
  if (name === now.package && !rolesDiffer && !addOnDiffers) return undefined;
  return { package: name, ...(attendantConsole === true && { attendantConsole }), ...(roles && { roles }) };
}

/** Whether the old inputs are about the user that is declared now. Another customer means another user. */
async function isSameUser(run: Run, olds: UserInputs, now: UserInputs): Promise<boolean> {
  if (now.customerId !== UNKNOWN) return isSameId(now.customerId, olds.customerId);
  // The customer will be created: a really new one, or one that exists and has a new name in the program.
  const { existing, created } = await NewCustomers.of(run).find();
  return existing.includes(olds.customerId) || existing.length + created === 0;
}

/** A person that is in the organization, but no user yet: an administrator, or a person that was unlinked. */
async function inOrganization(run: Run, inputs: UserInputs): Promise<Past<UserInputs>> {
  if (hasUnknown(inputs.email)) return {};
  const found = await administratorBefore(run, { ...inputs, roles: listed(inputs.roles) });
  if (found === undefined) return {};
  const { held, roles, error } = found;
  const [name] = organizationLevel(held ?? []);
  return {
    was: { ...inputs, package: name ?? inputs.package, attendantConsole: held?.includes(USER_ADD_ON), roles },
    failures: error ? [error] : [],
  };
}

/** What the write would refuse of a user that this run takes over. */
async function refusals(run: Run, { subscriber, customerId }: There, inputs: UserInputs): Promise<CheckFailure[]> {
  if (hasUnknown([inputs.package, inputs.attendantConsole])) return [];
  const roles = listed(inputs.roles);
  const reading: Reading = {
    subscriber: async () => subscriber,
    person: (id) => personByIdBefore(run, id, customerId, inputs),
  };
  const guarded = guardPackageChange(run, subscriber.id, undefined, { ...inputs, roles }, reading);
  return asFailures(guarded.then(() => []));
}

/** A user that exists in Webex, at the customer with this ID. */
interface There {
  readonly subscriber: Subscriber;
  readonly customerId: string;
}

/** Looks for a user at its customer; where its ID isn't known yet, at each customer that this run will adopt. */
async function subscriberInWebex(run: Run, inputs: UserInputs, customerId: string): Promise<There | undefined> {
  if (hasUnknown(inputs.email)) return undefined;
  const newCustomers = NewCustomers.of(run);
  const customerIds = customerId === UNKNOWN ? (await newCustomers.find()).existing : [customerId];
  for (const id of customerIds) {
    if (newCustomers.isWithoutUsers(id)) continue;
    const subscriber = await subscriberByEmail(run, inputs.email, id, inputs.onBehalfOfSubPartnerOrgId);
    if (subscriber !== undefined) return { subscriber, customerId: id };
  }
  return undefined;
}

/** A user as it is in Webex. */
async function recordedInWebex(run: Run, inputs: UserInputs, customerId: string): Promise<UserInputs | undefined> {
  const there = await subscriberInWebex(run, inputs, customerId);
  return there && asInputs(run, there, inputs);
}

/** A user with another address in Webex than the recorded one: check finds its ID only in the stack's state. */
async function byRecord(
  run: Run,
  urn: string,
  inputs: UserInputs,
  customerId: string,
): Promise<UserInputs | undefined> {
  const { id } = (await run.recorded()).find((recorded) => recorded.urn === urn) ?? {};
  const subscriber = id && (await subscriberById(run, id, customerId, inputs.onBehalfOfSubPartnerOrgId));
  return subscriber ? asInputs(run, { subscriber, customerId }, inputs) : undefined;
}

async function asInputs(run: Run, { subscriber, customerId }: There, inputs: UserInputs): Promise<UserInputs> {
  const { personId } = subscriber;
  const person = personId === undefined ? undefined : await personByIdBefore(run, personId, customerId, inputs);
  const { package: name = inputs.package, attendantConsole } = packagesFromApi(subscriber);
  return {
    ...inputs,
    package: name,
    attendantConsole: attendantConsole || undefined,
    locationId: person?.locationId ?? inputs.locationId,
    roles: person ? await roleNames(run, person.roles ?? []) : undefined,
  };
}

/**
 * A person as it was before this run: no write of this run makes the list outdated, since each user is looked up before
 * its own.
 */
async function personByIdBefore(
  run: Run,
  personId: string,
  customerId: string,
  { onBehalfOfSubPartnerOrgId: onBehalfOf }: UserInputs,
): Promise<Person> {
  const lookup = run.memory.forRun(`people before:${customerId}`, () => personLookup(run, customerId, onBehalfOf));
  return (await lookup.find(personId)) ?? run.webex.people.get(personId);
}
