import { typeAndName } from '../../dynamic/urn';
import type { RosterCustomer } from '../roster/load';
import { resourceName } from '../roster/resource-name';

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
  const { type, name } = typeAndName(urn);
  return `${type.split(':').at(-1)}::${name}`;
}

/** Part of the Pulumi type that only this package's resources have. */
const OURS = ':dynamic/webex-wholesale:';

/** True if the URN is of one of this package's resources. */
export function isOurs(urn: string): boolean {
  return urn.includes(OURS);
}

/** Finds the customer of a resource by resource names alone; the customer must be among the given keys. */
export function ownerAmong(keys: readonly string[]): (key: string) => string {
  const customers = new Set(keys.flatMap((key) => (key.startsWith('CustomerOrg::') ? [nameIn(key)] : [])));
  return (key) => {
    // Use the longest customer name that is a prefix of the resource's name: an e-mail address may contain a slash.
    for (let name = nameIn(key); name !== ''; name = name.slice(0, Math.max(0, name.lastIndexOf('/')))) {
      if (customers.has(name)) return name;
    }
    return nameIn(key).split('/')[0] ?? '';
  };
}

function nameIn(key: string): string {
  return key.slice(key.indexOf('::') + 2);
}

/** Finds the customer of a resource. */
export class Owners {
  private readonly declared: ReadonlyMap<string, string>;

  constructor(customers: readonly RosterCustomer[]) {
    this.declared = new Map(customers.flatMap((each) => keysOf(each).map((key) => [key, each.externalId])));
  }

  /** The customer's externalId; undefined for a template, the stack and its provider. */
  of(key: string): string | undefined {
    const known = this.declared.get(key);
    if (known !== undefined) return known;
    // The resource is no longer declared: take the customer from its name.
    const [kind, name = ''] = key.split(/::(.*)/s);
    if (kind === 'CustomerOrg') return name;
    return kind === 'Location' || kind === 'User' ? name.slice(0, name.lastIndexOf('/')) : undefined;
  }
}
