import { type Customer, type Role, type Subscriber, WebexApiError, type WebexClient } from '../../webex';
import { uuidOf } from '../../webex/ids';

/** The customers to read. */
export interface Wanted {
  /** Their externalIds; all customers where there are none. */
  externalIds: readonly string[];
  /** Statuses of the wholesale API; all where there are none. */
  statuses: readonly string[];
}

/** A customer of the partner, or of one of its sub-partners. */
export interface Listed {
  customer: Customer;
  /** The sub-partner's organization. */
  onBehalfOf?: string;
}

/** The data of a partner from lists. */
export interface Partner {
  customers: Listed[];
  /** Names of organizations, by the UUID of their ID. */
  names: ReadonlyMap<string, string>;
  /** The same for all organizations. */
  roles: readonly Role[];
  /** By the UUID of the customer's ID. */
  subscribers: Map<string, readonly Subscriber[]>;
}

/** Number of customers up to which single lists of users cost less than the list of all. */
const FEW = 3;

/**
 * Lists a partner's customers, with their names and users: as many requests as these have pages.
 * @throws Error if a wanted externalId is missing or not unique
 */
export async function listPartner(webex: WebexClient, wanted: Wanted): Promise<Partner> {
  const customers = await listCustomers(webex, wanted);
  checkWanted(customers, wanted);
  const [names, subscribers, roles] = await Promise.all([
    namesOf(webex, customers),
    subscribersOf(webex, customers, wanted),
    webex.roles.list(),
  ]);
  return { customers, names, subscribers, roles };
}

async function listCustomers(webex: WebexClient, { externalIds, statuses }: Wanted): Promise<Listed[]> {
  const filter = statuses.length === 0 ? {} : { status: [...statuses] };
  const list = async (onBehalfOf?: string): Promise<Listed[]> => {
    const filters = externalIds.length === 0 ? [filter] : externalIds.map((externalId) => ({ ...filter, externalId }));
    const pages = await Promise.all(filters.map((each) => webex.customers.list(each, onBehalfOf)));
    return pages.flat().map((customer) => ({ customer, ...(onBehalfOf !== undefined && { onBehalfOf }) }));
  };
  const own = await list();
  const theirs = await Promise.all((await subPartners(webex)).map((orgId) => list(orgId)));
  // A partner's list includes the customers of its sub-partners. The entry with the sub-partner replaces the other one.
  const byId = new Map([...own, ...theirs.flat()].map((listed) => [uuidOf(listed.customer.id), listed]));
  return [...byId.values()];
}

/** Organizations of the sub-partners; none where the partner may have none. */
async function subPartners(webex: WebexClient): Promise<string[]> {
  try {
    return (await webex.subPartners.list()).map(({ orgId }) => orgId);
  } catch (error) {
    if (error instanceof WebexApiError && [403, 404].includes(error.status)) return [];
    throw error;
  }
}

function checkWanted(customers: readonly Listed[], { externalIds }: Wanted): void {
  for (const externalId of externalIds) {
    const count = customers.filter(({ customer }) => customer.externalId === externalId).length;
    if (count === 0) throw new Error(`there is no customer with the externalId "${externalId}"`);
    if (count > 1) throw new Error(`there are ${count} customers with the externalId "${externalId}"`);
  }
}

async function namesOf(webex: WebexClient, customers: readonly Listed[]): Promise<Map<string, string>> {
  const ids = customers.flatMap(({ customer: { orgId } }) => orgId ?? []);
  const listed =
    ids.length <= FEW
      ? await Promise.all(ids.map((id) => webex.organizations.get(id)))
      : await webex.organizations.list();
  return new Map(
    listed.flatMap(({ id, displayName }) => (displayName === undefined ? [] : [[uuidOf(id), displayName] as const])),
  );
}

async function subscribersOf(
  webex: WebexClient,
  customers: readonly Listed[],
  { externalIds }: Wanted,
): Promise<Map<string, Subscriber[]>> {
  const { subscribers } = webex;
  const found = new Map<string, Subscriber[]>();
  const keep = (customerId: string, subscriber: Subscriber) => {
    const some = found.get(uuidOf(customerId)) ?? [];
    found.set(uuidOf(customerId), some);
    some.push(subscriber);
  };
  if (externalIds.length > 0 || customers.length <= FEW) {
    const lists = customers.map(async ({ customer: { id }, onBehalfOf }) => {
      for (const subscriber of await subscribers.list({ customerId: id }, onBehalfOf)) keep(id, subscriber);
    });
    await Promise.all(lists);
    return found;
  }
  const subPartnerOrgIds = [...new Set(customers.map(({ onBehalfOf }) => onBehalfOf))];
  const lists = await Promise.all(subPartnerOrgIds.map((onBehalfOf) => subscribers.list({}, onBehalfOf)));
  // A partner's list has its sub-partners' users, too.
  const byId = new Map(lists.flat().map((subscriber) => [uuidOf(subscriber.id), subscriber]));
  for (const subscriber of byId.values()) if (subscriber.customerId) keep(subscriber.customerId, subscriber);
  return found;
}
