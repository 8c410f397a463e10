import type { GoOn, Person, Subscriber } from '../../webex';
import { orGone } from '../outcomes/refusals';
import { once } from '../run/once';
import { session } from '../run/session';
import { snapshot } from '../run/snapshot';
import { isOrganizationKnown, organizationOf } from './organizations';
import { PagedLookup } from './paged-lookup';

/** A user of a customer; undefined where it doesn't exist. */
export async function subscriberById(
  id: string,
  customerId: string,
  behalf: string | undefined,
): Promise<Subscriber | undefined> {
  const { subscribers } = session.webex;
  const make = async () =>
    new PagedLookup<Subscriber>({
      list: (goOn) => subscribers.list({ customerId }, behalf, goOn),
      get: (key) => orGone(subscribers.get(key, behalf)),
      keyOf: (subscriber) => subscriber.id,
      isSmall: true,
    });
  return (await snapshot(`subscribers:${customerId}`, make)).find(id);
}

/**
 * A user of a customer as it was before this run: no write of this process makes the answer stale, since each user is
 * looked up before its own. Undefined where there is none.
 */
export async function subscriberByEmail(
  email: string,
  customerId: string,
  behalf: string | undefined,
): Promise<Subscriber | undefined> {
  const { subscribers } = session.webex;
  const keyOf = (subscriber: Subscriber) => subscriber.email.toLowerCase();
  const get = async (address: string) => (await subscribers.list({ customerId, email: address }, behalf))[0];
  const list = (goOn: GoOn<Subscriber>) => subscribers.list({ customerId }, behalf, goOn);
  const make = async () => new PagedLookup<Subscriber>({ list, get, keyOf, isSmall: true });
  return (await once(`subscribers before:${customerId}`, make)).find(email.toLowerCase(), () => get(email));
}

/** The person of a user of this customer; undefined where it doesn't exist. */
export async function personById(
  id: string,
  customerId: string,
  behalf: string | undefined,
): Promise<Person | undefined> {
  return (await snapshot(`people:${customerId}`, async () => personLookup(customerId, behalf))).find(id);
}

/** The people of a customer's organization. */
export function personLookup(customerId: string, behalf: string | undefined): PagedLookup<Person> {
  const { people } = session.webex;
  const list = async (goOn: GoOn<Person>) => people.list({ orgId: await organizationOf(customerId, behalf) }, goOn);
  return new PagedLookup<Person>({
    list,
    get: (id) => orGone(people.get(id)),
    keyOf: ({ id }) => id,
    // Where the organization must be asked for first, a list costs two requests.
    isSmall: isOrganizationKnown(customerId),
  });
}
