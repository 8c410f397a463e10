import type { Subscriber } from '../../webex';
import { inDeclaredOrder } from '../inputs/compare';
import { personById, subscriberById } from '../lookups/users';
import { orGone } from '../outcomes/errors';
import type { Run } from '../run/run';
import { packagesFromApi, workNumber } from './api';
import { roleNames } from './person';
import { isPending, type UserState } from './schema';

/** Reads a user: what is declared of it, with its real values; everything, where only the ID is known. */
export async function read(run: Run, id: string, state: UserState | undefined): Promise<UserState | undefined> {
  const subscriber = await findSubscriber(run, id, state);
  return subscriber && stateOf(run, subscriber, state);
}

/** Reads all of a user that a list returned, as a program would declare it. */
export function readListed(run: Run, subscriber: Subscriber): Promise<UserState> {
  return stateOf(run, subscriber, undefined);
}

async function stateOf(run: Run, subscriber: Subscriber, state: UserState | undefined): Promise<UserState> {
  const declared = state ?? ({} as UserState);
  const wants = (key: keyof UserState) => state === undefined || declared[key] !== undefined;
  const personId = subscriber.personId ?? state?.personId;
  const { package: name = declared.package, attendantConsole } = packagesFromApi(subscriber);
  const real: UserState = {
    ...declared,
    customerId: subscriber.customerId ?? declared.customerId,
    // An address that differs in case only is the same mailbox.
    email: isSameMailbox(subscriber.email, declared.email) ? declared.email : subscriber.email,
    package: name,
    attendantConsole: wants('attendantConsole') || attendantConsole ? attendantConsole : undefined,
    status: subscriber.status,
    personId,
  };
  if (isPending(subscriber) || personId === undefined) return real;
  const person = await personById(run, personId, real.customerId, real.onBehalfOfSubPartnerOrgId);
  if (person === undefined) return real;
  return {
    ...real,
    firstName: person.firstName ?? '',
    lastName: person.lastName ?? '',
    extension: wants('extension') ? person.extension || undefined : undefined,
    phoneNumber: wants('phoneNumber') ? workNumber(person) : undefined,
    locationId: person.locationId || undefined,
    ...(!wants('locationId') && { locationIsDeclared: false }),
    roles: wants('roles') ? inDeclaredOrder(declared.roles, await roleNames(run, person.roles ?? [])) : undefined,
  };
}

function isSameMailbox(real: string, declared: string | undefined): boolean {
  return declared !== undefined && real.toLowerCase() === declared.toLowerCase();
}

async function findSubscriber(run: Run, id: string, state: UserState | undefined): Promise<Subscriber | undefined> {
  const onBehalfOf = state?.onBehalfOfSubPartnerOrgId ?? run.settings.onBehalfOfSubPartnerOrgId;
  if (state === undefined) return orGone(run.webex.subscribers.get(id, onBehalfOf));
  return subscriberById(run, id, state.customerId, onBehalfOf);
}
