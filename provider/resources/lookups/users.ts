import type { GoOn, Person, Subscriber } from '../../webex';
import { orGone } from '../outcomes/errors';
import type { Run } from '../run/run';
import { Organizations } from './organizations';
import { PagedLookup } from './paged-lookup';

/** A user of a customer; undefined where it doesn't exist. */
export async function subscriberById(
  { memory, webex: { subscribers } }: Run,
  id: string,
  customerId: string,
  onBehalfOf: string | undefined,
): Promise<Subscriber | undefined> {
  const make = async () =>
    new PagedLookup<Subscriber>({
      list: (goOn) => subscribers.list({ customerId }, onBehalfOf, goOn),
      get: (key) => orGone(subscribers.get(key, onBehalfOf)),
      keyOf: (subscriber) => subscriber.id,
      isSmall: true,
    });
  return (await memory.untilWrite(`subscribers:${customerId}`, make)).find(id);
}

/**
 * A user of a customer as it was before this run: no write of this run makes the answer outdated, since each user is
 * looked up before its own. Undefined where there is none.
 */
export async function subscriberByEmail(
  { memory, webex: { subscribers } }: Run,
  email: string,
  customerId: string,
  onBehalfOf: string | undefined,
): Promise<Subscriber | undefined> {
  const keyOf = (subscriber: Subscriber) => subscriber.email.toLowerCase();
  const get = async (address: string) => (await subscribers.list({ customerId, email: address }, onBehalfOf))[0];
  const list = (goOn: GoOn<Subscriber>) => subscribers.list({ customerId }, onBehalfOf, goOn);
  const make = () => new PagedLookup<Subscriber>({ list, get, keyOf, isSmall: true, isForPreview: true });
  return memory.forRun(`subscribers before:${customerId}`, make).find(email.toLowerCase(), () => get(email));
}

/**
 * The person of a user of this customer; undefined where it doesn't exist.
 * @throws IncompleteAnswerError where Webex leaves out a part of the person also when it is asked for this one alone
 */
export async function personById(
  run: Run,
  id: string,
  customerId: string,
  onBehalfOf: string | undefined,
): Promise<Person | undefined> {
  const make = async () => personLookup(run, customerId, onBehalfOf);
  const person = await (await run.memory.untilWrite(`people:${customerId}`, make)).find(id);
  return person?.missingData === undefined ? person : orGone(run.webex.people.get(id));
}

/** A person of an organization as it was before this run; undefined where there is none. */
export function personBefore(
  { memory, webex: { people } }: Run,
  orgId: string,
  email: string,
): Promise<Person | undefined> {
  const has = (address: string) => (person: Person) => person.emails.some((each) => each.toLowerCase() === address);
  const make = () =>
    new PagedLookup<Person>({
      list: (goOn) => people.list({ orgId }, goOn),
      get: async (address) => (await people.list({ orgId, email: address })).find(has(address)),
      keyOf: ({ emails }) => emails[0]?.toLowerCase() ?? '',
      isSmall: true,
      isForPreview: true,
    });
  return memory.forRun(`people before by address:${orgId}`, make).find(email.toLowerCase());
}

/** The people of a customer's organization. */
export function personLookup(run: Run, customerId: string, onBehalfOf: string | undefined): PagedLookup<Person> {
  const { people } = run.webex;
  const organizations = Organizations.of(run);
  return new PagedLookup<Person>({
    list: async (goOn) => people.list({ orgId: await organizations.get(customerId, onBehalfOf) }, goOn),
    get: (id) => orGone(people.get(id)),
    keyOf: ({ id }) => id,
    // Where the organization must be asked for first, a list costs two requests.
    isSmall: organizations.has(customerId),
  });
}
