import { UNKNOWN } from '../../lifecycle';
import type { Person, Subscriber } from '../../webex';
import { differs, hasUnknown } from '../inputs/compare';
import { NewCustomers } from '../lookups/new-customers';
import { personLookup, subscriberByEmail } from '../lookups/users';
import type { Run } from '../run/run';
import { packagesFromApi } from './api';
import { roleNames } from './person';
import type { Previous, UserInputs } from './schema';

/**
 * What a user was before this change: the old inputs, where they are about the same person at the same customer.
 * Webex is asked where Pulumi has no record of the person (a new name, a replacement), and where the package changes:
 * Webex may have a role, or a higher package, that isn't declared.
 */
export async function beforeChange(
  run: Run,
  inputs: UserInputs,
  olds: UserInputs | undefined,
): Promise<UserInputs | undefined> {
  if ((inputs.package as string) === UNKNOWN) return olds;
  if (olds === undefined || !(await isSamePerson(run, olds, inputs))) {
    return recordedInWebex(run, inputs, inputs.customerId);
  }
  if (olds.package === inputs.package && olds.attendantConsole === inputs.attendantConsole) return olds;
  const recorded = await recordedInWebex(run, { ...inputs, email: olds.email }, olds.customerId);
  if (recorded === undefined) return olds;
  const roles = [...new Set([...(olds.roles ?? []), ...(recorded.roles ?? [])])];
  const { package: name, attendantConsole } = recorded;
  return { ...olds, package: name, attendantConsole, ...(roles.length > 0 && { roles }) };
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

/** Whether the old inputs are about the person that is declared now. Another customer means another person. */
async function isSamePerson(run: Run, olds: UserInputs, now: UserInputs): Promise<boolean> {
  if (now.customerId !== UNKNOWN) return now.customerId === olds.customerId;
  // The customer will be created: a really new one, or one that exists and has a new name in the program.
  const { existing, created } = await NewCustomers.of(run).find();
  return existing.includes(olds.customerId) || created === 0;
}

/** A user as it is in Webex. The ID of a customer that this run will adopt isn't known yet. */
async function recordedInWebex(run: Run, inputs: UserInputs, customerId: string): Promise<UserInputs | undefined> {
  if (hasUnknown(inputs.email)) return undefined;
  const newCustomers = NewCustomers.of(run);
  const customerIds = customerId === UNKNOWN ? (await newCustomers.find()).existing : [customerId];
  for (const id of customerIds) {
    if (newCustomers.isWithoutUsers(id)) continue;
    const found = await subscriberByEmail(run, inputs.email, id, inputs.onBehalfOfSubPartnerOrgId);
    if (found !== undefined) return asInputs(run, found, id, inputs);
  }
  return undefined;
}

async function asInputs(run: Run, found: Subscriber, customerId: string, inputs: UserInputs): Promise<UserInputs> {
  const { personId } = found;
  const person = personId === undefined ? undefined : await personBefore(run, personId, customerId, inputs);
  const { package: name = inputs.package, attendantConsole } = packagesFromApi(found);
  return {
    ...inputs,
    package: name,
    attendantConsole: attendantConsole || undefined,
    locationId: person?.locationId ?? inputs.locationId,
    roles: person ? await roleNames(run, person.roles ?? []) : undefined,
  };
}

/**
 * As it was before this run: no write of this run makes the list outdated, since each user is looked up before its
 * own.
 */
async function personBefore(
  run: Run,
  personId: string,
  customerId: string,
  { onBehalfOfSubPartnerOrgId: onBehalfOf }: UserInputs,
): Promise<Person> {
  const lookup = run.memory.forRun(`people before:${customerId}`, () => personLookup(run, customerId, onBehalfOf));
  return (await lookup.find(personId)) ?? run.webex.people.get(personId);
}
