import { canonicalId } from '../../ids';
import type { World } from '../../world';

/** The filters of GET /telephony/config/numbers. */
export interface NumberFilter {
  orgId: string;
  locationId?: string | undefined;
  phoneNumber?: string | undefined;
  extension?: string | undefined;
  available?: boolean | undefined;
  ownerId?: string | undefined;
  ownerName?: string | undefined;
  ownerType?: string | undefined;
  state?: string | undefined;
  numberType?: string | undefined;
  phoneNumberType?: string | undefined;
  tollFreeNumbers?: boolean | undefined;
  serviceNumber?: boolean | undefined;
  includedTelephonyTypes?: string | undefined;
  order?: string | undefined;
}

interface Entry {
  number: string | null;
  extension: string | null;
  state: string | null;
  type: string | null;
  usage: string | null;
  location_id: string;
  location_name: string;
  routing_prefix: string | null;
  main: number;
  person_id: string | null;
  first_name: string | null;
  last_name: string | null;
}

/** All numbers with their owners, and the extensions without a number. */
const ENTRIES = `
  SELECT n.number, p.extension, n.state, n.type, n.usage, l.id AS location_id, l.name AS location_name, l.routing_prefix,
    coalesce(l.main_number = n.number, 0) AS main, p.id AS person_id, p.first_name, p.last_name, n.org_id
  FROM numbers n JOIN locations l ON l.id = n.location_id LEFT JOIN people p ON p.id = n.person_id WHERE n.org_id = ?1
  UNION ALL
  SELECT NULL, p.extension, NULL, NULL, NULL, l.id, l.name, l.routing_prefix, 0, p.id, p.first_name, p.last_name, p.org_id
  FROM people p JOIN locations l ON l.id = p.location_id
  WHERE p.org_id = ?1 AND p.extension IS NOT NULL AND NOT EXISTS (SELECT 1 FROM numbers WHERE person_id = p.id)`;

const ORDERS: Readonly<Record<string, string>> = {
  lastName: 'last_name, number',
  dn: 'number, extension',
  extension: 'extension, number',
};

/** A page of entries; one more than `max`. */
export function listNumbers(world: World, filter: NumberFilter, max: number, start: number): Record<string, unknown>[] {
  const conditions: string[] = [];
  const values: string[] = [];
  const add = (condition: string, value?: string) => {
    conditions.push(condition);
    if (value !== undefined) values.push(value);
  };
  if (filter.locationId !== undefined) add('location_id = ?', canonicalId('LOCATION', filter.locationId) ?? '');
  if (filter.phoneNumber !== undefined) add('instr(number, ?) > 0', filter.phoneNumber.replace(/[\s()-]/g, ''));
  if (filter.extension !== undefined) add('extension = ?', filter.extension);
  if (filter.available) add('number IS NOT NULL AND person_id IS NULL AND NOT main');
  if (filter.ownerId !== undefined) add('person_id = ?', canonicalId('PEOPLE', filter.ownerId) ?? '');
  if (filter.ownerName !== undefined)
    add("instr(lower(coalesce(first_name, '') || ' ' || coalesce(last_name, '')), lower(?)) > 0", filter.ownerName);
  if (filter.ownerType !== undefined) add(filter.ownerType === 'PEOPLE' ? 'person_id IS NOT NULL' : '0');
  if (filter.state === 'ACTIVE' || filter.state === 'INACTIVE') add('state = ?', filter.state);
  if (filter.numberType === 'NUMBER') add('number IS NOT NULL');
  if (filter.numberType === 'EXTENSION') add('number IS NULL');
  if (filter.phoneNumberType === 'PRIMARY') add('number IS NOT NULL');
  else if (filter.phoneNumberType !== undefined && filter.phoneNumberType !== 'Default') add('0');
  if (filter.tollFreeNumbers) add("type = 'TOLLFREE'");
  if (filter.serviceNumber) add("usage = 'SERVICE'");
  if (filter.includedTelephonyTypes === 'MOBILE_NUMBER') add("type = 'MOBILE'");
  if (filter.includedTelephonyTypes === 'PSTN_NUMBER') add("coalesce(type, '') <> 'MOBILE'");
  const where = conditions.length ? `WHERE ${conditions.join(' AND ')}` : '';
  const order = ORDERS[filter.order ?? 'dn'] ?? ORDERS.dn;
  return world.db
    .all<Entry>(
      `SELECT * FROM (${ENTRIES}) ${where} ORDER BY number IS NULL, ${order} LIMIT ? OFFSET ?`,
      filter.orgId,
      ...values,
      max + 1,
      start,
    )
    .map(present);
}

/** The `count` of an answer with `details`. */
export function countNumbers(world: World, orgId: string): Record<string, number> {
  const entries = world.db.all<Entry>(`SELECT * FROM (${ENTRIES})`, orgId);
  const count = (holds: (entry: Entry) => boolean) => entries.filter(holds).length;
  return {
    assigned: count((entry) => entry.number !== null && entry.person_id !== null),
    unAssigned: count((entry) => entry.number !== null && entry.person_id === null),
    inActive: count((entry) => entry.state === 'INACTIVE'),
    extensionOnly: count((entry) => entry.number === null),
    tollFreeNumbers: count((entry) => entry.type === 'TOLLFREE'),
    total: entries.length,
    mobileNumber: count((entry) => entry.type === 'MOBILE' && entry.extension === null),
    serviceNumber: count((entry) => entry.usage === 'SERVICE'),
  };
}

/**
 * One entry. The schema requires `state` and `phoneNumberType`; the example of an extension without number omits them
 * and has `phoneNumber: null`. The simulator follows the schema: such an entry is active and primary, without
 * phoneNumber.
 */
function present(entry: Entry): Record<string, unknown> {
  const { number, extension, routing_prefix: prefix } = entry;
  return {
    ...(number === null ? {} : { phoneNumber: number }),
    ...(extension === null ? {} : { extension, esn: `${prefix ?? ''}${extension}` }),
    ...(prefix ? { routingPrefix: prefix } : {}),
    state: entry.state ?? 'ACTIVE',
    phoneNumberType: 'PRIMARY',
    mainNumber: entry.main === 1,
    includedTelephonyTypes: entry.type === 'MOBILE' ? 'MOBILE_NUMBER' : 'PSTN_NUMBER',
    tollFreeNumber: entry.type === 'TOLLFREE',
    isServiceNumber: entry.usage === 'SERVICE',
    location: { id: entry.location_id, name: entry.location_name },
    ...(entry.person_id === null ? {} : { owner: owner(entry) }),
  };
}

function owner(entry: Entry): Record<string, unknown> {
  return {
    id: entry.person_id,
    type: 'PEOPLE',
    ...(entry.first_name === null ? {} : { firstName: entry.first_name }),
    ...(entry.last_name === null ? {} : { lastName: entry.last_name }),
  };
}
