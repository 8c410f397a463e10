import { conflict, notFound } from '../http/errors';
import { canonicalId, newId } from '../ids';
import { fromJson, type LocationRow, type OrganizationRow } from '../storage/rows';
import type { World } from '../world';
import type { CustomerParameters } from './customerSchemas';
import type { LocationAddress } from './fields';

type HeadquartersInput = NonNullable<CustomerParameters['calling']>['location'];

/** What makes a location; all fields of POST /locations. */
export interface LocationInput {
  name: string;
  timeZone: string;
  preferredLanguage: string;
  announcementLanguage: string;
  address: LocationAddress;
  latitude?: string | undefined;
  longitude?: string | undefined;
  notes?: string | undefined;
}

/** A location by an ID that a client sent; throws 404, also where `orgId` is given and is another organization's. */
export function getLocation(world: World, sentId: string, orgId?: string): LocationRow {
  const id = canonicalId('LOCATION', sentId);
  // Another partner's location is hidden.
  const sql =
    'SELECT locations.* FROM locations JOIN organizations ON organizations.id = org_id WHERE locations.id = ? AND partner_id = ?';
  const row = id === undefined ? undefined : world.db.first<LocationRow>(sql, id, world.partnerId);
  if (!row || (orgId !== undefined && canonicalId('ORGANIZATION', orgId) !== row.org_id))
    throw notFound(`location ${sentId}`);
  return row;
}

/** The first calling location of an organization: its headquarters, where it wasn't disabled since. */
export function headquartersOf(world: World, orgId: string): LocationRow | undefined {
  const sql = 'SELECT * FROM locations WHERE org_id = ? AND calling = 1 ORDER BY calling_since, sequence LIMIT 1';
  return world.db.first<LocationRow>(sql, orgId);
}

/** The calling locations of an organization, the one enabled first (the headquarters) first. */
export function callingLocations(world: World, orgId: string): LocationRow[] {
  return world.db.all<LocationRow>(
    'SELECT * FROM locations WHERE org_id = ? AND calling = 1 ORDER BY calling_since, sequence',
    orgId,
  );
}

/** Locations of an organization; `name` is contained without regard to case. One more than `max`. */
export function listLocations(
  world: World,
  filter: { orgId: string; name?: string | undefined; id?: string | undefined },
  max: number,
  start: number,
): LocationRow[] {
  const name = filter.name?.toLowerCase() ?? null;
  const id = filter.id === undefined ? null : (canonicalId('LOCATION', filter.id) ?? '');
  return world.db.all<LocationRow>(
    'SELECT * FROM locations WHERE org_id = ? AND (? IS NULL OR instr(lower(name), ?) > 0) AND (? IS NULL OR id = ?) ' +
      'ORDER BY sequence LIMIT ? OFFSET ?',
    filter.orgId,
    name,
    name,
    id,
    id,
    max + 1,
    start,
  );
}

/** Makes a location. Errors: 409 where the organization has one of that name (assumption). */
export function createLocation(world: World, orgId: string, input: LocationInput, created: number): LocationRow {
  checkName(world, orgId, input.name);
  const id = newId('LOCATION');
  world.db.insert('locations', {
    id,
    org_id: orgId,
    name: input.name,
    time_zone: input.timeZone,
    preferred_language: input.preferredLanguage,
    announcement_language: input.announcementLanguage,
    address: JSON.stringify(input.address),
    latitude: input.latitude ?? null,
    longitude: input.longitude ?? null,
    notes: input.notes ?? null,
    calling: 0,
    created,
  });
  return getLocation(world, id);
}

/** Changes what is given. Errors: 409 where another location of the organization has the name. */
export function updateLocation(
  world: World,
  location: LocationRow,
  changes: { [Field in 'name' | 'timeZone' | 'preferredLanguage']?: string | undefined } & {
    address?: { [Field in keyof LocationAddress]?: LocationAddress[Field] | undefined } | undefined;
  },
): void {
  if (changes.name !== undefined) checkName(world, location.org_id, changes.name, location.id);
  const address = { ...fromJson<LocationAddress>(location.address), ...changes.address };
  world.db.update('locations', 'id', location.id, {
    name: changes.name ?? location.name,
    time_zone: changes.timeZone ?? location.time_zone,
    preferred_language: changes.preferredLanguage ?? location.preferred_language,
    address: JSON.stringify(address),
  });
}

/** Deletes a location. Errors: 409 while it is enabled for calling ("Disabling Webex Calling ... is required prior"). */
export function deleteLocation(world: World, location: LocationRow): void {
  if (location.calling) throw conflict('Disabling Webex Calling for the location is required prior to deleting it.');
  world.db.run('UPDATE people SET location_id = NULL WHERE location_id = ?', location.id);
  world.db.run('DELETE FROM locations WHERE id = ?', location.id);
}

/**
 * The location of `provisioningParameters.calling`, enabled for calling. Its one `language` becomes both of the location's. It has no
 * PSTN connection. A location of that name that is there already (a re-attached organization) is enabled instead of doubled.
 */
export function createHeadquarters(
  world: World,
  organization: OrganizationRow,
  input: HeadquartersInput,
  now: number,
): void {
  const same = world.db.first<LocationRow>(
    'SELECT * FROM locations WHERE org_id = ? AND name = ?',
    organization.id,
    input.name,
  );
  const { address } = input;
  const location =
    same ??
    createLocation(
      world,
      organization.id,
      {
        name: input.name,
        timeZone: input.timezone,
        preferredLanguage: input.language,
        announcementLanguage: input.language,
        // The locations documents require state and postal code in answers; the wholesale ones let them be left out.
        address: {
          address1: address.addressLine1,
          ...(address.addressLine2 === undefined ? {} : { address2: address.addressLine2 }),
          city: address.city,
          state: address.stateOrProvince ?? '',
          postalCode: address.zipOrPostalCode ?? '',
          country: address.country,
        },
      },
      now,
    );
  setCalling(world, location.id, organization.display_name, now);
  if (input.emergencyLocationIdentifier !== undefined)
    world.db.update('locations', 'id', location.id, { access_network_info: input.emergencyLocationIdentifier });
}

/** Marks a location as enabled, with the defaults of the documents: "by default the Org name" for the caller ID. */
export function setCalling(world: World, locationId: string, orgName: string, now: number): void {
  world.db.update('locations', 'id', locationId, {
    calling: 1,
    calling_since: now,
    caller_id_name: orgName,
    external_caller_id_name: orgName,
    outside_dial_digit: '',
    enforce_outside_dial_digit: 0,
    routing_prefix: '',
  });
}

/** A location as GET /locations/{locationId} shows it. The announcement language is a calling detail. */
export function presentLocation(row: LocationRow): Record<string, unknown> {
  return {
    id: row.id,
    name: row.name,
    orgId: row.org_id,
    address: fromJson<LocationAddress>(row.address),
    timeZone: row.time_zone,
    ...(row.latitude === null ? {} : { latitude: row.latitude }),
    ...(row.longitude === null ? {} : { longitude: row.longitude }),
    ...(row.notes === null ? {} : { notes: row.notes }),
  };
}

/** A location as the list shows it: with the preferred language, which the details don't have. */
export function presentListedLocation(row: LocationRow): Record<string, unknown> {
  return { ...presentLocation(row), preferredLanguage: row.preferred_language };
}

function checkName(world: World, orgId: string, name: string, except = ''): void {
  if (world.db.first('SELECT 1 FROM locations WHERE org_id = ? AND name = ? AND id <> ?', orgId, name, except))
    throw conflict(`The organization already has a location named ${name}.`);
}
