import { FULL_ADMINISTRATOR, isAdministratorRole } from '../../packages';
import { comparable } from '../../resources/inputs/spelling';
import { namesIn } from '../../resources/lookups/roles';
import type { WebexClient } from '../../webex';
import { uuidOf } from '../../webex/ids';
import { listPartner, type Partner } from '../discover/partner';
import type { Expected } from './expected';

/** Kinds of undeclared objects, the most important ones first. */
export const UNMANAGED_KINDS = ['administrator', 'user', 'location', 'number', 'customer'] as const;
export type UnmanagedKind = (typeof UNMANAGED_KINDS)[number];

/** An object in Webex that no program declares. */
export interface Unmanaged {
  kind: UnmanagedKind;
  /** The customer's externalId. */
  customer: string;
  /** The object, with the reason why it is listed. */
  what: string;
}

/** Customers that are read at the same time. */
const AT_ONCE = 8;

/**
 * Finds the objects in Webex that aren't expected, administrators first. Only reads: some lists for the partner, and
 * three for each expected customer.
 */
export async function findUnmanaged(webex: WebexClient, expected: readonly Expected[]): Promise<Unmanaged[]> {
  const partner = await listPartner(webex, { externalIds: [], statuses: [] });
  const byKey = new Map(expected.map((each) => [each.externalId, each]));
  const found: Unmanaged[] = [];
  const waiting = [...partner.customers];
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { id, externalId = '', orgId, status } = next.customer;
      const declared = byKey.get(externalId);
      if (declared === undefined)
        found.push({ kind: 'customer', customer: externalId, what: `is in no program (${status})` });
      else if (orgId !== undefined) found.push(...(await inOrganization(webex, partner, id, orgId, declared)));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const rank = ({ kind }: Unmanaged) => UNMANAGED_KINDS.indexOf(kind);
  const text = ({ customer, what }: Unmanaged) => `${customer} ${what}`;
  return found.sort((one, other) => rank(one) - rank(other) || text(one).localeCompare(text(other)));
}

async function inOrganization(
  webex: WebexClient,
  { roles, subscribers }: Partner,
  customerId: string,
  orgId: string,
  expected: Expected,
): Promise<Unmanaged[]> {
  const { externalId: customer } = expected;
  const [people, locations, numbers] = await Promise.all([
    webex.people.list({ orgId }),
    webex.locations.list({ orgId }),
    expected.numbers.size > 0 ? webex.numbers.list({ orgId }) : [],
  ]);
  const found: Unmanaged[] = [];
  const add = (kind: UnmanagedKind, what: string) => found.push({ kind, customer, what });
  for (const { id, emails, roles: held = [] } of people) {
    const email = emails[0] ?? id;
    const undeclared = namesIn(roles, held).filter(
      (role) => isAdministratorRole(role) && !isDeclared(expected, comparable(email, 'email'), role),
    );
    if (undeclared.length > 0) add('administrator', `${email}: ${undeclared.join(', ')}`);
  }
  for (const { email } of subscribers.get(uuidOf(customerId)) ?? []) {
    if (!expected.users.has(comparable(email, 'email'))) add('user', email);
  }
  for (const { name } of locations) if (!expected.locations.has(name)) add('location', JSON.stringify(name));
  for (const { phoneNumber, location } of numbers) {
    const declared = expected.numbers.get(location?.name ?? '');
    if (phoneNumber !== undefined && declared !== undefined && !declared.includes(phoneNumber)) {
      add('number', `${phoneNumber} at ${JSON.stringify(location?.name)}`);
    }
  }
  return found;
}

/** True if a program declares the person with the role. The customer declares its first administrator. */
function isDeclared({ users, primaryEmail }: Expected, email: string, role: string): boolean {
  if (users.get(email)?.includes(role)) return true;
  return email === primaryEmail && role === FULL_ADMINISTRATOR;
}
