import { UNKNOWN } from '../../lifecycle';
import { USER_ADD_ON } from '../../packages';
import type { Person, Subscriber } from '../../webex';
import { differs, hasUnknown } from '../inputs/compare';
import { arrivingCustomers, isWithoutUsers } from '../lookups/new-customers';
import { personLookup, subscriberByEmail } from '../lookups/user-lookups';
import { once } from '../run/once';
import { session } from '../run/session';
import { roleNames } from './person';
import type { Previous, UserInputs } from './schema';

/**
 * What a user was before this change. The old inputs tell it, where they are about the same person at the same
 * customer. Webex is asked where Pulumi has no record of the person (a new name, a replacement), and where the package
 * changes: Webex may know a role, or a higher package, that nobody declared.
 */
export async function beforeChange(inputs: UserInputs, olds: UserInputs | undefined): Promise<UserInputs | undefined> {
  if ((inputs.package as string) === UNKNOWN) return olds;
  if (olds === undefined || !(await samePerson(olds, inputs))) return recordedInWebex(inputs, inputs.customerId);
  if (olds.package === inputs.package && olds.attendantConsole === inputs.attendantConsole) return olds;
  const recorded = await recordedInWebex(inputs, olds.customerId);
  if (recorded === undefined) return olds;
  const roles = [...new Set([...(olds.roles ?? []), ...(recorded.roles ?? [])])];
  const { package: name, attendantConsole } = recorded;
  return { ...olds, package: name, attendantConsole, ...(roles.length > 0 && { roles }) };
}

/** For policies, which see neither the old inputs nor Webex. Written only where something differs: see Previous. */
export function previousOf(before: UserInputs | undefined, now: UserInputs): Previous | undefined {
  if (before === undefined || (now.package as string) === UNKNOWN) return undefined;
  const { package: name, attendantConsole, roles } = before;
  const rolesDiffer = now.roles === undefined ? (roles ?? []).length > 0 : differs(roles ?? [], now.roles);
  const addOnDiffers = differs(attendantConsole === true, now.attendantConsole ?? false);
  if (name === now.package && !rolesDiffer && !addOnDiffers) return undefined;
  return { package: name, ...(attendantConsole === true && { attendantConsole }), ...(roles && { roles }) };
}

/** Whether the old inputs are about the person that is declared now. Another customer means another person. */
async function samePerson(olds: UserInputs, now: UserInputs): Promise<boolean> {
  if (now.email !== UNKNOWN && now.email.toLowerCase() !== olds.email.toLowerCase()) return false;
  if (now.customerId !== UNKNOWN) return now.customerId === olds.customerId;
  // The customer will be created: a really new one, or one that exists and has a new name in the program.
  const { existing, created } = await arrivingCustomers();
  return existing.includes(olds.customerId) || created === 0;
}

/** A user as it is in Webex. Not known yet: the customer of a user whose customer will be taken over by this run. */
async function recordedInWebex(inputs: UserInputs, customerId: string): Promise<UserInputs | undefined> {
  if (hasUnknown(inputs.email)) return undefined;
  const places = customerId === UNKNOWN ? (await arrivingCustomers()).existing : [customerId];
  for (const place of places) {
    if (isWithoutUsers(place)) continue;
    const found = await subscriberByEmail(inputs.email, place, inputs.onBehalfOfSubPartnerOrgId);
    if (found !== undefined) return asInputs(found, place, inputs);
  }
  return undefined;
}

async function asInputs(found: Subscriber, customerId: string, inputs: UserInputs): Promise<UserInputs> {
  const { personId, packages } = found;
  const person = personId === undefined ? undefined : await personOf(personId, customerId, inputs);
  const name = packages.find((entry) => entry !== USER_ADD_ON) as UserInputs['package'] | undefined;
  return {
    ...inputs,
    package: name ?? inputs.package,
    attendantConsole: packages.includes(USER_ADD_ON) || undefined,
    locationId: person?.locationId ?? inputs.locationId,
    roles: person ? await roleNames(person.roles ?? []) : undefined,
  };
}

/** As it was before this run: no write of this process makes the list stale, since each user is looked up before its own. */
async function personOf(
  personId: string,
  customerId: string,
  { onBehalfOfSubPartnerOrgId: behalf }: UserInputs,
): Promise<Person> {
  const lookup = await once(`people before:${customerId}`, async () => personLookup(customerId, behalf));
  return (await lookup.find(personId)) ?? session.webex.people.get(personId);
}
