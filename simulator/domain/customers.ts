import { forbidden, notFound } from '../http/errors';
import { canonicalId } from '../ids';
import { type CustomerRow, fromJson } from '../storage/rows';
import type { World } from '../world';
import { licenseOf } from './licenses';
import type { CustomerPackage } from './packages';

/** How far one package of a customer is (wholesale documents, Package). */
export interface PackageState {
  status: 'provisioned' | 'provisioning' | 'deleting' | 'error';
  errors?: { errorCode: number; description: string }[];
}
export type PackageStates = Partial<Record<CustomerPackage, PackageState>>;

/** The packages that a customer has or is to have. */
export function packagesOf(customer: CustomerRow): CustomerPackage[] {
  return fromJson<CustomerPackage[]>(customer.packages);
}

/** The packages that are usable now. */
export function provisionedPackages(customer: CustomerRow): CustomerPackage[] {
  const states = fromJson<PackageStates>(customer.package_states);
  return packagesOf(customer).filter((name) => states[name]?.status === 'provisioned');
}

/** Whether nothing is under way and users can be added. */
export function isUsable(customer: CustomerRow): boolean {
  return customer.status === 'provisioned' || customer.status === 'provisioned_with_errors';
}

/** A customer by an ID that a client sent, within what the caller may see; throws 404, and 403 where it is another partner's. */
export function getCustomer(world: World, sentId: string, subPartner: string | null): CustomerRow {
  const id = canonicalId('ENTERPRISE', sentId);
  const row = id === undefined ? undefined : world.db.first<CustomerRow>('SELECT * FROM customers WHERE id = ?', id);
  if (row && row.partner_id !== world.partnerId) throw forbidden(`The customer ${sentId} is not one of yours.`);
  // A sub-partner sees its own customers only; others are hidden from it.
  if (!row || (subPartner !== null && row.sub_partner_org_id !== subPartner)) throw notFound(`customer ${sentId}`);
  return row;
}

/** The customer that an organization is mapped to, if any. */
export function customerOfOrganization(world: World, orgId: string): CustomerRow | undefined {
  return world.db.first<CustomerRow>('SELECT * FROM customers WHERE org_id = ?', orgId);
}

/** What GET /wholesale/customers filters by; all given ones must hold. */
export interface CustomerFilter {
  externalId?: string | undefined;
  orgId?: string | undefined;
  status?: string[] | undefined;
  subPartner: string | null;
}

/** Customers that match, oldest first; one more than `max`, so that the caller sees whether there is another page. */
export function listCustomers(world: World, filter: CustomerFilter, max: number, offset: number): CustomerRow[] {
  const conditions = ['partner_id = ?'];
  const values = [world.partnerId];
  const add = (condition: string, ...value: string[]) => {
    conditions.push(condition);
    values.push(...value);
  };
  if (filter.externalId !== undefined) add('external_id = ?', filter.externalId);
  if (filter.orgId !== undefined) add('org_id = ?', canonicalId('ORGANIZATION', filter.orgId) ?? '');
  if (filter.status?.length) add(`status IN (${filter.status.map(() => '?').join(', ')})`, ...filter.status);
  if (filter.subPartner !== null) add('sub_partner_org_id = ?', filter.subPartner);
  return world.db.all<CustomerRow>(
    `SELECT * FROM customers WHERE ${conditions.join(' AND ')} ORDER BY sequence LIMIT ? OFFSET ?`,
    ...values,
    max + 1,
    offset,
  );
}

/**
 * The Customer object of the wholesale documents. `orgId` is "only presented when status is `provisioned`"; the list example shows
 * it for provisioned_with_errors too, so it is shown from the first provisioning on.
 */
export function presentCustomer(world: World, row: CustomerRow, withLicenses: boolean): Record<string, unknown> {
  const states = fromJson<PackageStates>(row.package_states);
  const names = Object.keys(states) as CustomerPackage[];
  const errors = fromJson<unknown[]>(row.errors);
  const license = (name: CustomerPackage) => (row.org_id === null ? undefined : licenseOf(world, row.org_id, name));
  return {
    id: row.id,
    ...(row.org_id === null ? {} : { orgId: row.org_id }),
    externalId: row.external_id,
    address: fromJson<unknown>(row.address),
    status: row.status,
    packages: packagesOf(row),
    resourceDetails: {
      packages: names.map((name) => {
        const id = withLicenses ? license(name) : undefined;
        return { name, ...states[name], ...(id === undefined ? {} : { licenseIds: [id] }) };
      }),
    },
    ...(errors.length ? { errors } : {}),
  };
}
