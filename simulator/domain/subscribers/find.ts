import { forbidden, notFound } from '../../api-error';
import { canonicalId } from '../../ids';
import type { CustomerRow, SubscriberRow } from '../../storage/rows';
import type { World } from '../../world';

/** A subscriber with the fields of its customer. */
export interface ListedSubscriber extends SubscriberRow {
  external_customer_id: string;
}

const SELECT =
  'SELECT subscribers.*, customers.external_id AS external_customer_id FROM subscribers JOIN customers ON customers.id = subscribers.customer_id';

/**
 * Finds a subscriber by an ID from a client. Throws 404, and 403 for a subscriber of another partner.
 */
export function getSubscriber(world: World, sentId: string, subPartner: string | null): ListedSubscriber {
  const id = canonicalId('SUBSCRIBER', sentId);
  const row =
    id === undefined
      ? undefined
      : world.db.first<ListedSubscriber>(
          `${SELECT} WHERE subscribers.id = ? AND (? IS NULL OR subscribers.sub_partner_org_id = ?)`,
          id,
          subPartner,
          subPartner,
        );
  if (row && row.partner_id !== world.partnerId) throw forbidden(`The subscriber ${sentId} is not one of yours.`);
  if (!row) throw notFound(`subscriber ${sentId}`);
  return row;
}

/** Filters and order of GET /wholesale/subscribers. */
export interface SubscriberFilter {
  customerId?: string | undefined;
  personId?: string | undefined;
  externalCustomerId?: string | undefined;
  email?: string | undefined;
  status?: string | undefined;
  /** Milliseconds since 1970. */
  after?: number | undefined;
  lastStatusChange?: number | undefined;
  sortBy: 'created' | 'lastStatusChange';
  sortOrder: 'ASC' | 'DESC';
  subPartner: string | null;
}

/** Matching subscribers; one more than `max`. */
export function listSubscribers(
  world: World,
  filter: SubscriberFilter,
  max: number,
  offset: number,
): ListedSubscriber[] {
  const conditions: string[] = [];
  const values: (string | number)[] = [];
  const add = (condition: string, value: string | number | undefined | null) => {
    if (value === undefined || value === null) return;
    conditions.push(condition);
    values.push(value);
  };
  // Use the index of the most selective filter, which also contains the order.
  const customerId = customerOf(world, filter);
  if (customerId !== undefined) add('customer_id = ?', customerId);
  else if (filter.subPartner !== null) add('sub_partner_org_id = ?', filter.subPartner);
  else add('partner_id = ?', world.partnerId);
  add('person_id = ?', filter.personId && (canonicalId('PEOPLE', filter.personId) ?? ''));
  add('email = ?', filter.email);
  add('status = ?', filter.status);
  add('created > ?', filter.after);
  add('created <= ?', world.weather.listedUntil(world.clock.now()));
  add('last_status_change > ?', filter.lastStatusChange);
  const column = filter.sortBy === 'created' ? 'created' : 'last_status_change';
  const order = (table = '') => `${table}${column} ${filter.sortOrder}, ${table}sequence ${filter.sortOrder}`;
  // The index alone determines the page; only its rows are read.
  const page = `SELECT sequence FROM subscribers WHERE ${conditions.join(' AND ')} ORDER BY ${order()} LIMIT ? OFFSET ?`;
  return world.db.all<ListedSubscriber>(
    `${SELECT} WHERE subscribers.sequence IN (${page}) ORDER BY ${order('subscribers.')}`,
    ...values,
    max + 1,
    offset,
  );
}

/**
 * The only customer that a filter selects, if it selects one; '' if it selects none that the caller may see.
 */
function customerOf(world: World, filter: SubscriberFilter): string | undefined {
  const { customerId, externalCustomerId, subPartner } = filter;
  if (customerId === undefined && externalCustomerId === undefined) return undefined;
  const row =
    customerId === undefined
      ? world.db.first<CustomerRow>(
          'SELECT * FROM customers WHERE partner_id = ? AND external_id = ?',
          world.partnerId,
          externalCustomerId ?? '',
        )
      : world.db.first<CustomerRow>(
          'SELECT * FROM customers WHERE id = ? AND partner_id = ?',
          canonicalId('ENTERPRISE', customerId) ?? '',
          world.partnerId,
        );
  const fits =
    row &&
    (externalCustomerId === undefined || row.external_id === externalCustomerId) &&
    (subPartner === null || row.sub_partner_org_id === subPartner);
  return fits ? row.id : '';
}

/** The customer that a subscriber is mapped to. */
export function customerOfSubscriber(world: World, subscriber: SubscriberRow): CustomerRow {
  const row = world.db.first<CustomerRow>('SELECT * FROM customers WHERE id = ?', subscriber.customer_id);
  if (!row) throw notFound(`customer ${subscriber.customer_id}`);
  return row;
}
