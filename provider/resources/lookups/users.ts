import { IncompleteAnswerError, type Person, type Subscriber } from '../../webex';
import { comparable, isSameText } from '../inputs/spelling';
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
      pages: () => subscribers.pages({ customerId }, onBehalfOf),
      get: (key) => orGone(subscribers.get(key, onBehalfOf)),
      keyOf: (subscriber) => subscriber.id,
      isSmall: true,
    });
  return (await memory.untilWrite(`subscribers:${customerId}`, make)).find(id);
}

/** The user that has this e-mail address, at any customer. */
export async function subscriberAnywhere(
  { webex: { subscribers } }: Run,
  email: string,
  onBehalfOf: string | undefined,
): Promise<Subscriber | undefined> {
  const listed = await subscribers.list({ email }, onBehalfOf);
  return listed.find((each) => isSameText(each.email, email, 'email'));
}

/** ID of the user that has this e-mail address. @throws Error where there is none */
export async function subscriberIdOf(run: Run, email: string, onBehalfOf: string | undefined): Promise<string> {
  const found = await subscriberAnywhere(run, email, onBehalfOf);
  if (found === undefined) throw new Error(`no customer has a user with the e-mail address ${email}`);
  return found.id;
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
  const keyOf = (subscriber: Subscriber) => comparable(subscriber.email, 'email');
  const get = async (address: string) => (await subscribers.list({ customerId, email: address }, onBehalfOf))[0];
  const pages = () => subscribers.pages({ customerId }, onBehalfOf);
  const make = () => new PagedLookup<Subscriber>({ pages, get, keyOf, isSmall: true, isForPreview: true });
  return memory.forRun(`subscribers before:${customerId}`, make).find(comparable(email, 'email'), () => get(email));
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

/**
 * A person of an organization as it was before this run; undefined where there is none.
 * @throws IncompleteAnswerError as {@link personNow}
 */
export function personBefore(run: Run, orgId: string, email: string): Promise<Person | undefined> {
  const make = () =>
    new PagedLookup<Person>({
      pages: () => peopleOf(run, orgId),
      get: (address) => personByAddress(run, orgId, address),
      keyOf: ({ emails: [address = ''] }) => comparable(address, 'email'),
      isSmall: true,
      isForPreview: true,
    });
  return run.memory.forRun(`people before by address:${orgId}`, make).find(comparable(email, 'email'));
}

/**
 * A person of an organization. Undefined where there is none, if Webex lists other people of the organization, and
 * finds one of them by address: an answer that names nobody proves nothing by itself.
 * @throws IncompleteAnswerError where the list has no people, or people without an address, or finds nobody
 */
export async function personNow(run: Run, orgId: string, email: string): Promise<Person | undefined> {
  const found = await personByAddress(run, orgId, email);
  if (found !== undefined) return found;
  const first = await run.memory.forRun(`people at first:${orgId}`, () => peopleOf(run, orgId).next());
  const listed = first.value.find((person) => hasAddress(person, email));
  // The first page of several proves nothing about the others.
  if (listed === undefined && !first.done)
    await run.memory.forRun(`people by address:${orgId}`, () => expectFound(run, orgId, first.value));
  return listed;
}

/** Looks by address for a person that Webex lists. */
async function expectFound(run: Run, orgId: string, [listed]: readonly Person[]): Promise<void> {
  const [address = ''] = listed?.emails ?? [];
  if ((await personByAddress(run, orgId, address)) === undefined) throw unlisted('nobody by address', orgId);
}

async function personByAddress({ webex: { people } }: Run, orgId: string, email: string): Promise<Person | undefined> {
  const listed = await people.list({ orgId, email });
  // A person that is listed without an address matched the filter.
  return listed.find((person) => person.emails.length === 0 || hasAddress(person, email));
}

/** Whether a person has this e-mail address. */
export function hasAddress({ emails }: { emails: readonly string[] }, email: string): boolean {
  return emails.some((each) => isSameText(each, email, 'email'));
}

/**
 * The people of an organization. Each organization has an administrator, and each person an address: an answer without
 * them is incomplete.
 */
async function* peopleOf({ webex: { people } }: Run, orgId: string): AsyncGenerator<Person[], Person[]> {
  const pages = people.pages({ orgId });
  for (let isFirst = true; ; isFirst = false) {
    const { value, done } = await pages.next();
    if (isFirst || value.length > 0) expectComplete(value, orgId);
    if (done) return value;
    yield value;
  }
}

function expectComplete(listed: readonly Person[], orgId: string): void {
  if (listed.length > 0 && listed.every(({ emails }) => emails.length > 0)) return;
  throw unlisted(listed.length > 0 ? 'people without an e-mail address' : 'nobody', orgId);
}

function unlisted(what: string, orgId: string): IncompleteAnswerError {
  return new IncompleteAnswerError(
    `GET /people lists ${what} in the organization ${orgId}: whether somebody in it is an administrator who would lose something ` +
      "can't be determined. Nothing was changed; run again later, or look in Control Hub",
  );
}

/** The people of a customer's organization. */
export function personLookup(run: Run, customerId: string, onBehalfOf: string | undefined): PagedLookup<Person> {
  const { people } = run.webex;
  const organizations = Organizations.of(run);
  return new PagedLookup<Person>({
    pages: async () => people.pages({ orgId: await organizations.get(customerId, onBehalfOf) }),
    get: (id) => orGone(people.get(id)),
    keyOf: ({ id }) => id,
    // Where the organization must be asked for first, a list costs two requests.
    isSmall: organizations.has(customerId),
  });
}
