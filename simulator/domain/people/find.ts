import { notFound } from '../../api-error';
import { canonicalId } from '../../ids';
import type { PersonRow } from '../../storage/rows';
import type { World } from '../../world';

/** Finds a person by an ID from a client. Throws 404. */
export function getPerson(world: World, sentId: string): PersonRow {
  const id = canonicalId('PEOPLE', sentId);
  // People of other partners are hidden.
  const sql =
    'SELECT people.* FROM people JOIN organizations ON organizations.id = org_id WHERE people.id = ? AND partner_id = ?';
  const row = id === undefined ? undefined : world.db.first<PersonRow>(sql, id, world.partnerId);
  if (!row) throw notFound(`person ${sentId}`);
  return row;
}

/** Finds a person by email, without regard to case. */
export function personByEmail(world: World, email: string): PersonRow | undefined {
  return world.db.first<PersonRow>('SELECT * FROM people WHERE email = ?', email);
}

/** The filters of GET /people. */
export interface PeopleFilter {
  orgId?: string | undefined;
  email?: string | undefined;
  displayName?: string | undefined;
  ids?: string[] | undefined;
  roles?: string[] | undefined;
  locationId?: string | undefined;
}

/** People that match, oldest first; one more than `max`. */
export function listPeople(world: World, filter: PeopleFilter, max: number, start: number): PersonRow[] {
  const conditions: string[] = [];
  const values: (string | number)[] = [];
  const add = (condition: string, ...value: (string | number)[]) => {
    conditions.push(condition);
    values.push(...value);
  };
  if (filter.orgId !== undefined) add('org_id = ?', filter.orgId);
  else add('EXISTS (SELECT 1 FROM organizations WHERE id = people.org_id AND partner_id = ?)', world.partnerId);
  if (filter.email !== undefined) add('email = ?', filter.email);
  if (filter.displayName !== undefined) add('instr(lower(display_name), ?) = 1', filter.displayName.toLowerCase());
  if (filter.locationId !== undefined) add('location_id = ?', canonicalId('LOCATION', filter.locationId) ?? '');
  if (filter.ids)
    add(`id IN (${filter.ids.map(() => '?').join(', ')})`, ...filter.ids.map((id) => canonicalId('PEOPLE', id) ?? ''));
  const until = world.weather.listedUntil(world.clock.now());
  if (until !== undefined) add('created <= ?', until);
  for (const role of filter.roles ?? [])
    add('EXISTS (SELECT 1 FROM json_each(roles) WHERE value = ?)', canonicalId('ROLE', role) ?? '');
  return world.db.all<PersonRow>(
    `SELECT * FROM people WHERE ${conditions.join(' AND ')} ORDER BY sequence LIMIT ? OFFSET ?`,
    ...values,
    max + 1,
    start,
  );
}
