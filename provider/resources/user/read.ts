import type { Found } from '../../lifecycle';
import { USER_PACKAGES, type UserPackage } from '../../packages';
import type { Person, Subscriber } from '../../webex';
import { inDeclaredOrder } from '../shared/compare';
import { organizationOf } from '../shared/organizations';
import { orGone } from '../shared/refusals';
import { session } from '../shared/session';
import { snapshot, worthListing } from '../shared/snapshot';
import { roleNames, workNumber } from './person';
import { inputsOf, isPending, type UserInputs, type UserState } from './schema';

/** Reads a user: what is declared of it with its real values. */
export async function read(
  id: string,
  state: UserState | undefined,
): Promise<Found<UserInputs, UserState> | undefined> {
  const subscriber = await findSubscriber(id, state);
  if (subscriber === undefined) return undefined;
  const { status, packages } = subscriber;
  const personId = subscriber.personId ?? state?.personId;
  const declared = state ?? ({} as UserState);
  const wants = (key: keyof UserState) => state === undefined || declared[key] !== undefined;
  const consoleToo = packages.includes('attendant_console');
  const real: UserState = {
    ...declared,
    customerId: subscriber.customerId ?? declared.customerId,
    // An address that differs in case only is the same mailbox.
    email: sameMailbox(subscriber.email, declared.email) ? declared.email : subscriber.email,
    package:
      packages.find((name): name is UserPackage => (USER_PACKAGES as readonly string[]).includes(name)) ??
      declared.package,
    attendantConsole: wants('attendantConsole') || consoleToo ? consoleToo : undefined,
    status,
    personId,
  };
  const person = isPending(subscriber) || personId === undefined ? undefined : await findPerson(personId, real);
  if (person === undefined) return { id, state: real, inputs: inputsOf(real) };
  Object.assign(real, {
    firstName: person.firstName ?? '',
    lastName: person.lastName ?? '',
    extension: wants('extension') ? person.extension || undefined : undefined,
    phoneNumber: wants('phoneNumber') ? workNumber(person) : undefined,
    locationId: wants('locationId') ? person.locationId || undefined : undefined,
    roles: wants('roles') ? inDeclaredOrder(declared.roles, await roleNames(person.roles ?? [])) : undefined,
  });
  return { id, state: real, inputs: inputsOf(real) };
}

function sameMailbox(real: string, declared: string | undefined): boolean {
  return declared !== undefined && real.toLowerCase() === declared.toLowerCase();
}

/** By ID for a few; for many, one list of the customer's users answers for all. */
async function findSubscriber(id: string, state: UserState | undefined): Promise<Subscriber | undefined> {
  const behalf = state?.onBehalfOfSubPartnerOrgId ?? session.onBehalfOfSubPartnerOrgId;
  const customerId = state?.customerId;
  if (customerId === undefined || !worthListing(`subscribers:${customerId}`)) {
    return orGone(session.webex.subscribers.get(id, behalf));
  }
  const all = await snapshot(`subscribers:${customerId}`, () => session.webex.subscribers.list({ customerId }, behalf));
  return all.find((subscriber) => subscriber.id === id);
}

async function findPerson(
  personId: string,
  { customerId, onBehalfOfSubPartnerOrgId }: UserState,
): Promise<Person | undefined> {
  if (!worthListing(`people:${customerId}`)) return orGone(session.webex.people.get(personId));
  const orgId = await organizationOf(customerId, onBehalfOfSubPartnerOrgId);
  const all = await snapshot(`people:${orgId}`, () => session.webex.people.list({ orgId }));
  return all.find((person) => person.id === personId);
}
