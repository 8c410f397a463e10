// The tree that `npm start` shows at its end: the objects in Webex, read through the public API. It is for small
// numbers: up to 100 objects of each kind are read.
import type { Simulator } from 'webex-wholesale-simulator';

interface Customer {
  id: string;
  orgId?: string;
  externalId: string;
  status: string;
  packages: string[];
}

interface Organization {
  id: string;
  displayName: string;
}

interface Subscriber {
  email: string;
  personId?: string;
  status: string;
  packages: string[];
}

interface Location {
  id: string;
  name: string;
  address: { city?: string; state?: string; country?: string };
}

interface Person {
  id: string;
  displayName: string;
  emails: string[];
  extension?: string;
  phoneNumbers?: { value: string }[];
  locationId?: string;
  roles?: string[];
}

interface NumberList {
  phoneNumbers: { phoneNumber?: string; mainNumber?: boolean }[];
}

interface Items<T> {
  items: T[];
}

/** A line and its children. */
interface Node {
  text: string;
  below: Node[];
}

/** The tree as lines of text. */
export async function whatExists(simulator: Simulator): Promise<string> {
  const get = reader(simulator);
  const templates = await get<Items<{ name: string; country: string; provisioningId: string }>>(
    simulator.templateApiUrl,
  );
  const customers = await get<Items<Customer>>('/wholesale/customers?max=100');
  const roles = new Map(
    (await get<Items<{ id: string; name: string }>>('/roles')).items.map(({ id, name }) => [id, name]),
  );
  const nodes: Node[] = templates.items.map((template) => ({
    text: `onboarding template ${template.name} (${template.country}) ${template.provisioningId}`,
    below: [],
  }));
  for (const customer of customers.items) nodes.push(await customerNode(get, customer, roles));
  // Deleting a customer removes the mapping; its organization stays (wholesale documents).
  const mapped = new Set(customers.items.map(({ orgId }) => orgId));
  for (const { id, displayName } of (await get<Items<Organization>>('/organizations')).items) {
    if (mapped.has(id)) continue;
    const below = await organizationNodes(get, id, [], roles);
    if (below.length > 0) nodes.push({ text: `organization ${displayName}, no customer of ours`, below });
  }
  return nodes.map((node) => `${node.text}\n${draw(node.below, '')}`).join('');
}

type Get = <T>(path: string) => Promise<T>;
type Roles = Map<string, string>;

async function customerNode(get: Get, customer: Customer, roles: Roles): Promise<Node> {
  const { id, orgId, externalId, status, packages } = customer;
  const what = `${status}, packages ${packages.join(', ')}`;
  if (orgId === undefined) return { text: `customer ${externalId}: ${what}`, below: [] };
  const { displayName } = await get<Organization>(`/organizations/${orgId}`);
  const subscribers = await get<Items<Subscriber>>(`/wholesale/subscribers?customerId=${id}&max=100`);
  const below = await organizationNodes(get, orgId, subscribers.items, roles);
  return { text: `customer ${displayName} (${externalId}): ${what}`, below };
}

/** The locations of an organization with their people, then the people without a location. */
async function organizationNodes(get: Get, orgId: string, subscribers: Subscriber[], roles: Roles): Promise<Node[]> {
  const listed = await get<Items<Person>>(`/people?orgId=${orgId}&max=100`);
  // Only GET of a single person has all roles and the extension.
  const people = await Promise.all(listed.items.map(({ id }) => get<Person>(`/people/${id}?callingData=true`)));
  const nodesOf = (some: Person[]) => some.map((one) => ({ text: describePerson(one, subscribers, roles), below: [] }));
  const locations = await get<Items<Location>>(`/locations?orgId=${orgId}&max=100`);
  const nodes: Node[] = [];
  for (const location of locations.items) {
    const below = nodesOf(people.filter(({ locationId }) => locationId === location.id));
    nodes.push({ text: await describeLocation(get, location, orgId), below });
  }
  const known = new Set(locations.items.map(({ id }) => id));
  return [...nodes, ...nodesOf(people.filter(({ locationId }) => !locationId || !known.has(locationId)))];
}

async function describeLocation(get: Get, { id, name, address }: Location, orgId: string): Promise<string> {
  const pstn = await get<{ displayName?: string } | undefined>(
    `/telephony/pstn/locations/${id}/connection?orgId=${orgId}`,
  );
  const list = await get<NumberList | undefined>(`/telephony/config/numbers?orgId=${orgId}&locationId=${id}&max=100`);
  const numbers = (list?.phoneNumbers ?? []).flatMap(({ phoneNumber, mainNumber }) =>
    phoneNumber === undefined ? [] : [mainNumber ? `${phoneNumber} (main)` : phoneNumber],
  );
  const where = [address.city, address.state, address.country].filter(Boolean).join(' ');
  const calling = [pstn?.displayName, numbers.join(', ')].filter(Boolean).join(': ');
  return `location ${name}, ${where}${calling ? `, ${calling}` : ''}`;
}

function describePerson(person: Person, subscribers: Subscriber[], roles: Map<string, string>): string {
  const subscriber = subscribers.find(({ personId }) => personId === person.id);
  const parts = [
    subscriber ? subscriber.packages.join(', ') : 'no package',
    subscriber && subscriber.status !== 'provisioned' ? subscriber.status : '',
    person.extension ? `extension ${person.extension}` : '',
    // Webex also lists the extension among the phone numbers.
    (person.phoneNumbers ?? []).flatMap(({ value }) => (value.startsWith('+') ? [value] : [])).join(', '),
    (person.roles ?? []).map((id) => roles.get(id) ?? id).join(', '),
  ];
  return `${person.displayName} <${person.emails[0]}>: ${parts.filter(Boolean).join(', ')}`;
}

function draw(nodes: Node[], indent: string): string {
  return nodes
    .map((node, index) => {
      const last = index === nodes.length - 1;
      const below = draw(node.below, `${indent}${last ? '   ' : '│  '}`);
      return `${indent}${last ? '└─ ' : '├─ '}${node.text}\n${below}`;
    })
    .join('');
}

/** GET with the simulator's token; undefined for 404, such as a missing PSTN connection. */
function reader(simulator: Simulator): Get {
  return async <T>(path: string): Promise<T> => {
    const url = path.startsWith('http') ? path : `${simulator.baseUrl}${path}`;
    const response = await fetch(url, { headers: { authorization: `Bearer ${simulator.token}` } });
    const text = await response.text();
    if (response.status === 404) return undefined as T;
    if (!response.ok) throw new Error(`GET ${url}: ${response.status} ${text}`);
    return (text ? JSON.parse(text) : undefined) as T;
  };
}
