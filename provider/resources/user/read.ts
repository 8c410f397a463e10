import type { Person, Subscriber } from '../../webex';
import { roleNames } from '../lookups/roles';
import { personById, subscriberById } from '../lookups/users';
import { orGone } from '../outcomes/errors';
import type { Run } from '../run/run';
import { isCallingReturned, packagesFromApi, personFromApi } from './api';
import { isPending, type UserState } from './schema';

/** Reads a user: what is declared of it, with its real values; everything, where only the ID is known. */
export async function read(run: Run, id: string, state: UserState | undefined): Promise<UserState | undefined> {
  const subscriber = await findSubscriber(run, id, state);
  return subscriber && stateOf(run, subscriber, state);
}

/** What is recorded; of a user that is pending migration what it is now: the person may have consented since. */
export async function pendingNow(run: Run, id: string, state: UserState): Promise<UserState> {
  return isPending(state) ? ((await read(run, id, state)) ?? state) : state;
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
    email: subscriber.email,
    package: name,
    attendantConsole: wants('attendantConsole') || attendantConsole ? attendantConsole : undefined,
    status: subscriber.status,
    personId,
  };
  if (isPending(subscriber) || personId === undefined) return real;
  const person = await personOf(run, personId, real);
  if (person === undefined) return real;
  const roles = wants('roles') && person.roles ? await roleNames(run, person.roles) : undefined;
  const isDeclared = wants('locationId') || !person.locationId ? {} : { locationIsDeclared: false };
  return { ...real, ...personFromApi(person, real, roles, wants), ...isDeclared };
}

/** The person as a list shows it, or as it is alone where the list doesn't return its calling data. */
async function personOf(run: Run, personId: string, user: UserState): Promise<Person | undefined> {
  const person = await personById(run, personId, user.customerId, user.onBehalfOfSubPartnerOrgId);
  return person === undefined || isCallingReturned(person, user) ? person : orGone(run.webex.people.get(personId));
}

async function findSubscriber(run: Run, id: string, state: UserState | undefined): Promise<Subscriber | undefined> {
  const onBehalfOf = state?.onBehalfOfSubPartnerOrgId ?? run.settings.onBehalfOfSubPartnerOrgId;
  if (state === undefined) return orGone(run.webex.subscribers.get(id, onBehalfOf));
  return subscriberById(run, id, state.customerId, onBehalfOf);
}
