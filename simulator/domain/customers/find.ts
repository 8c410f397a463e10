import { forbidden, notFound } from '../../api-error';
import { canonicalId } from '../../ids';
import type { CustomerRow } from '../../storage/rows';
import type { World } from '../../world';

/**
 * A customer by an ID that a client sent, within what the caller may see; throws 404, and 403 where it is another
 * partner's.
 */
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
  const values: (string | number)[] = [world.partnerId];
  const add = (condition: string, ...value: (string | number)[]) => {
    conditions.push(condition);
    values.push(...value);
  };
  if (filter.externalId !== undefined) add('external_id = ?', filter.externalId);
  if (filter.orgId !== undefined) add('org_id = ?', canonicalId('ORGANIZATION', filter.orgId) ?? '');
  if (filter.status?.length) add(`status IN (${filter.status.map(() => '?').join(', ')})`, ...filter.status);
  if (filter.subPartner !== null) add('sub_partner_org_id = ?', filter.subPartner);
  const until = world.weather.listedUntil(world.clock.now());
  if (until !== undefined) add('created <= ?', until);
  return world.db.all<CustomerRow>(
    `SELECT * FROM customers WHERE ${conditions.join(' AND ')} ORDER BY sequence LIMIT ? OFFSET ?`,
    ...values,
    max + 1,
    offset,
  );
}
