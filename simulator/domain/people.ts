import { notFound } from '../http/errors';
import { canonicalId, newId } from '../ids';
import { fromJson, isoDate, type PersonRow } from '../storage/rows';
import type { World } from '../world';
import { numberOf } from './callingUsers';
import { fullAdministratorRole } from './roles';

/** Fields of a person that this simulator keeps and gives no meaning to. */
export interface Profile {
  avatar?: string | undefined;
  department?: string | undefined;
  manager?: string | undefined;
  managerId?: string | undefined;
  title?: string | undefined;
  addresses?: Record<string, string | undefined>[] | undefined;
  siteUrls?: string[] | undefined;
}

/** A person by an ID that a client sent; throws 404. */
export function getPerson(world: World, sentId: string): PersonRow {
  const id = canonicalId('PEOPLE', sentId);
  // Another partner's person is hidden.
  const sql =
    'SELECT people.* FROM people JOIN organizations ON organizations.id = org_id WHERE people.id = ? AND partner_id = ?';
  const row = id === undefined ? undefined : world.db.first<PersonRow>(sql, id, world.partnerId);
  if (!row) throw notFound(`person ${sentId}`);
  return row;
}

/** The person with an email, whose case doesn't matter. */
export function personByEmail(world: World, email: string): PersonRow | undefined {
  return world.db.first<PersonRow>('SELECT * FROM people WHERE email = ?', email);
}

/** Makes a person without calling. */
export function createPerson(
  world: World,
  person: {
    orgId: string;
    email: string;
    displayName?: string | undefined;
    firstName?: string | undefined;
    lastName?: string | undefined;
  },
  created = world.clock.now(),
): PersonRow {
  const id = newId('PEOPLE');
  const fullName = [person.firstName, person.lastName].filter(Boolean).join(' ');
  world.db.insert('people', {
    id,
    org_id: person.orgId,
    email: person.email,
    display_name: person.displayName ?? (fullName || person.email),
    first_name: person.firstName ?? null,
    last_name: person.lastName ?? null,
    calling: 0,
    roles: '[]',
    licenses: '[]',
    profile: '{}',
    login_enabled: 1,
    created,
    modified: created,
  });
  return getPerson(world, id);
}

/** The person that a new organization's primaryEmail becomes: a full administrator without a package (assumption). */
export function createAdministrator(world: World, orgId: string, email: string, created: number): void {
  const person = createPerson(world, { orgId, email }, created);
  world.db.update('people', 'id', person.id, { roles: JSON.stringify([fullAdministratorRole(world)]) });
}

/** What GET /people filters by. */
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
  const values: string[] = [];
  const add = (condition: string, ...value: string[]) => {
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
  for (const role of filter.roles ?? [])
    add('EXISTS (SELECT 1 FROM json_each(roles) WHERE value = ?)', canonicalId('ROLE', role) ?? '');
  return world.db.all<PersonRow>(
    `SELECT * FROM people WHERE ${conditions.join(' AND ')} ORDER BY sequence LIMIT ? OFFSET ?`,
    ...values,
    max + 1,
    start,
  );
}

/**
 * The Person object. Extension, numbers and location are "Webex Calling user details", shown with `callingData=true` only. `loginEnabled`
 * and `invitePending` are the strings "true" and "false" there. Presence is unknown: nobody is logged in here.
 */
export function presentPerson(world: World, row: PersonRow, callingData: boolean): Record<string, unknown> {
  return {
    id: row.id,
    emails: [row.email],
    ...(callingData ? callingDetails(world, row) : {}),
    displayName: row.display_name,
    ...(row.first_name === null ? {} : { nickName: row.first_name, firstName: row.first_name }),
    ...(row.last_name === null ? {} : { lastName: row.last_name }),
    ...fromJson<Profile>(row.profile),
    orgId: row.org_id,
    roles: fromJson<string[]>(row.roles),
    licenses: fromJson<string[]>(row.licenses),
    created: isoDate(row.created),
    lastModified: isoDate(row.modified),
    status: 'unknown',
    invitePending: 'false',
    loginEnabled: row.login_enabled ? 'true' : 'false',
    type: 'person',
  };
}

function callingDetails(world: World, row: PersonRow): Record<string, unknown> {
  const number = numberOf(world, row.id);
  const phoneNumbers = [
    ...(number === undefined ? [] : [{ type: 'work', value: number, primary: true }]),
    ...(row.extension === null ? [] : [{ type: 'work_extension', value: row.extension, primary: false }]),
  ];
  return {
    ...(phoneNumbers.length ? { phoneNumbers } : {}),
    ...(row.extension === null ? {} : { extension: row.extension }),
    ...(row.location_id === null ? {} : { locationId: row.location_id }),
  };
}
