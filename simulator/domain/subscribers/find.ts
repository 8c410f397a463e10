import { forbidden, notFound } from '../../api-error';
import { canonicalId } from '../../ids';
import type { CustomerRow, SubscriberRow } from '../../storage/rows';
import type { World } from '../../world';

/** A subscriber with what its customer adds to it. */
export interface ListedSubscriber extends SubscriberRow {
  external_customer_id: string;
}

const SELECT =
  'SELECT subscribers.*, customers.external_id AS external_customer_id FROM subscribers JOIN customers ON customers.id = subscribers.customer_id';

/**
 * A subscriber by an ID that a client sent, within what the caller may see; throws 404, and 403 where it is another
 * partner's.
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

/** What GET /wholesale/subscribers filters by, and how it sorts. */
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

/** Subscribers that match; one more than `max`. */
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
  // The list runs along the index of the narrowest of these, which holds the order, too.
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
  // The page is found in the index alone; only its own rows are read.
  const page = `SELECT sequence FROM subscribers WHERE ${conditions.join(' AND ')} ORDER BY ${order()} LIMIT ? OFFSET ?`;
  return world.db.all<ListedSubscriber>(
    `${SELECT} WHERE subscribers.sequence IN (${page}) ORDER BY ${order('subscribers.')}`,
    ...values,
    max + 1,
    offset,
  );
}

/**
 * The one customer that a filter narrows the list to, if it does; '' where that is none, or none that the caller may
 * see.
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
