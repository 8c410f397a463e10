import type { Found } from '../../lifecycle';
import { USER_PACKAGES, type UserPackage } from '../../packages';
import type { Subscriber } from '../../webex';
import { inDeclaredOrder } from '../inputs/compare';
import { personById, subscriberById } from '../lookups/user-lookups';
import { orGone } from '../outcomes/refusals';
import { session } from '../run/session';
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
  const person =
    isPending(subscriber) || personId === undefined
      ? undefined
      : await personById(personId, real.customerId, real.onBehalfOfSubPartnerOrgId);
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

async function findSubscriber(id: string, state: UserState | undefined): Promise<Subscriber | undefined> {
  const behalf = state?.onBehalfOfSubPartnerOrgId ?? session.onBehalfOfSubPartnerOrgId;
  if (state === undefined) return orGone(session.webex.subscribers.get(id, behalf));
  return subscriberById(id, state.customerId, behalf);
}
