import { forbidden, notFound } from '../../api-error';
import { canonicalId } from '../../ids';
import type { CustomerRow } from '../../storage/rows';
import type { World } from '../../world';

/**
 * Finds a customer by an ID from a client. Throws 404, and 403 for a customer of another partner.
 */
export function getCustomer(world: World, sentId: string, subPartner: string | null): CustomerRow {
  const id = canonicalId('ENTERPRISE', sentId);
  const row = id === undefined ? undefined : world.db.first<CustomerRow>('SELECT * FROM customers WHERE id = ?', id);
  if (row && row.partner_id !== world.partnerId) throw forbidden(`The customer ${sentId} is not one of yours.`);
  // A sub-partner sees only its own customers.
  if (!row || (subPartner !== null && row.sub_partner_org_id !== subPartner)) throw notFound(`customer ${sentId}`);
  return row;
}

/** The customer that an organization is mapped to, if any. */
export function customerOfOrganization(world: World, orgId: string): CustomerRow | undefined {
  return world.db.first<CustomerRow>('SELECT * FROM customers WHERE org_id = ?', orgId);
}

/** The filters of GET /wholesale/customers; all given ones apply. */
export interface CustomerFilter {
  externalId?: string | undefined;
  orgId?: string | undefined;
  status?: string[] | undefined;
  subPartner: string | null;
}

/** Matching customers, oldest first; one more than `max`, so that the caller knows whether there is another page. */
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
