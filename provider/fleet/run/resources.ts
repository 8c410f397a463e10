import type { RosterCustomer } from '../roster/load';

/** Name of a resource: a customer by its externalId, what belongs to it below that. */
export function resourceName(externalId: string, inner?: string): string {
  return inner === undefined ? externalId : `${externalId}/${inner}`;
}

/** `User::acme/alice@example.com`: kind and name of a resource, which are unique in a stack. */
export const customerKey = (externalId: string) => `CustomerOrg::${resourceName(externalId)}`;
export const locationKey = (externalId: string, name: string) => `Location::${resourceName(externalId, name)}`;
export const userKey = (externalId: string, email: string) => `User::${resourceName(externalId, email)}`;

/** Keys of all resources of a customer. */
export function keysOf({ externalId, locations, users }: RosterCustomer): string[] {
  return [
    customerKey(externalId),
    ...locations.map(({ name }) => locationKey(externalId, name)),
    ...users.map(({ email }) => userKey(externalId, email)),
  ];
}

/** Key of the resource that a URN names. */
export function keyOf(urn: string): string {
  const [, , type = '', ...name] = urn.replace(/^urn:pulumi:/, '').split('::');
  return `${type.split('$').at(-1)?.split(':').at(-1)}::${name.join('::')}`;
}

/** What the type of each of our resources has, and that of the stack and of the provider hasn't. */
const OURS = ':dynamic/webex-wholesale:';

/** Whether a URN is that of one of our resources. */
export function isOurs(urn: string): boolean {
  return urn.includes(OURS);
}

/** Finds the customers of resources by their names alone, for resources that are there together with their customer. */
export function ownerAmong(keys: readonly string[]): (key: string) => string {
  const customers = new Set(keys.flatMap((key) => (key.startsWith('CustomerOrg::') ? [nameIn(key)] : [])));
  return (key) => {
    // The longest customer's name that the resource's begins with: an e-mail address may hold a slash.
    for (let name = nameIn(key); name !== ''; name = name.slice(0, Math.max(0, name.lastIndexOf('/')))) {
      if (customers.has(name)) return name;
    }
    return nameIn(key).split('/')[0] ?? '';
  };
}

function nameIn(key: string): string {
  return key.slice(key.indexOf('::') + 2);
}

/** Which customer a resource belongs to. */
export class Owners {
  private readonly declared: ReadonlyMap<string, string>;

  constructor(customers: readonly RosterCustomer[]) {
    this.declared = new Map(customers.flatMap((each) => keysOf(each).map((key) => [key, each.externalId])));
  }

  /** The customer's externalId; undefined for a template, the stack itself and its provider. */
  of(key: string): string | undefined {
    const known = this.declared.get(key);
    if (known !== undefined) return known;
    // It is no longer declared: take the customer from the resource's name.
    const [kind, name = ''] = key.split(/::(.*)/s);
    if (kind === 'CustomerOrg') return name;
    return kind === 'Location' || kind === 'User' ? name.slice(0, name.lastIndexOf('/')) : undefined;
  }
}
