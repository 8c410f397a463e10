import { badRequest, conflict } from '../http/errors';
import { canonicalId } from '../ids';
import { fromJson, type LocationRow, type NumberRow, type PersonRow } from '../storage/rows';
import type { World } from '../world';
import type { LocationAddress } from './fields';
import { headquartersOf } from './locations';
import { extensionError, toE164 } from './phone';

/** What a client asks for when a person gets calling. */
export interface CallingRequest {
  locationId?: string | undefined;
  extension?: string | undefined;
  primaryPhoneNumber?: string | undefined;
}

/** A request that passed every rule. */
export interface CallingAssignment {
  location: LocationRow;
  extension: string | null;
  number: string | null;
}

/**
 * Checks where a person's calling goes and with what number. Errors: 400 neither extension nor number, no such calling location in
 * the organization, a number that is not in the location's inventory; 409 an extension or number that is taken.
 * Source: POST /wholesale/subscribers, provisioningParameters.
 * @param personId the person who may hold the extension or number already.
 */
export function planCalling(
  world: World,
  orgId: string,
  request: CallingRequest,
  personId?: string,
): CallingAssignment {
  const location = callingLocation(world, orgId, request.locationId);
  return { location, ...planLine(world, location, request, personId) };
}

/** The part of {@link planCalling} that is left when the location is settled. */
export function planLine(
  world: World,
  location: LocationRow,
  request: CallingRequest,
  personId?: string,
): { extension: string | null; number: string | null } {
  if (!request.extension && !request.primaryPhoneNumber)
    throw badRequest('An extension, a primary phone number or both must be supplied for a calling package.');
  return {
    extension: request.extension ? freeExtension(world, location, request.extension, personId) : null,
    number: request.primaryPhoneNumber ? freeNumber(world, location, request.primaryPhoneNumber, personId) : null,
  };
}

/** Gives a person calling at a location. */
export function assignCalling(
  world: World,
  personId: string,
  { location, extension, number }: CallingAssignment,
): void {
  world.db.run('UPDATE numbers SET person_id = NULL WHERE person_id = ?', personId);
  world.db.update('people', 'id', personId, { calling: 1, location_id: location.id, extension });
  // "A mobile number is activated when assigned to a user"; any other keeps its state.
  const state = "CASE type WHEN 'MOBILE' THEN 'ACTIVE' ELSE state END";
  if (number !== null)
    world.db.run(`UPDATE numbers SET person_id = ?, state = ${state} WHERE number = ?`, personId, number);
}

/** Takes calling from a person: number and extension are free again. */
export function releaseCalling(world: World, personId: string): void {
  world.db.run('UPDATE numbers SET person_id = NULL WHERE person_id = ?', personId);
  world.db.update('people', 'id', personId, { calling: 0, location_id: null, extension: null });
}

/** The number of a person, if any. */
export function numberOf(world: World, personId: string): string | undefined {
  return world.db.first<NumberRow>('SELECT * FROM numbers WHERE person_id = ?', personId)?.number;
}

/** Who has an extension at a location, if anybody. */
export function holderOfExtension(world: World, locationId: string, extension: string): PersonRow | undefined {
  return world.db.first<PersonRow>(
    'SELECT * FROM people WHERE location_id = ? AND extension = ?',
    locationId,
    extension,
  );
}

/** The country of a location. */
export function countryOf(location: LocationRow): string {
  return fromJson<LocationAddress>(location.address).country;
}

function callingLocation(world: World, orgId: string, sentId: string | undefined): LocationRow {
  // Without a locationId the headquarters: the documents make the parameter optional and don't say more (assumption).
  if (sentId === undefined) {
    const headquarters = headquartersOf(world, orgId);
    if (!headquarters) throw badRequest('The organization has no location that is enabled for Webex Calling.');
    return headquarters;
  }
  const id = canonicalId('LOCATION', sentId);
  const sql = 'SELECT * FROM locations WHERE id = ? AND org_id = ? AND calling = 1';
  const location = id === undefined ? undefined : world.db.first<LocationRow>(sql, id, orgId);
  if (!location)
    throw badRequest(
      `Invalid field 'locationId': ${sentId} is not a location of the organization that is enabled for Webex Calling.`,
    );
  return location;
}

function freeExtension(world: World, location: LocationRow, extension: string, personId: string | undefined): string {
  const error = extensionError(extension);
  if (error) throw badRequest(error.message, error.errorCode);
  const holder = holderOfExtension(world, location.id, extension);
  if (holder && holder.id !== personId)
    throw conflict(`The extension ${extension} is already in use at the location ${location.name}.`);
  return extension;
}

function freeNumber(world: World, location: LocationRow, sent: string, personId: string | undefined): string {
  const number = toE164(sent, countryOf(location));
  if (number === undefined) throw badRequest(`Invalid phone number ${sent}: must be in E.164 format.`);
  const row = world.db.first<NumberRow>(
    'SELECT * FROM numbers WHERE number = ? AND location_id = ?',
    number,
    location.id,
  );
  if (!row) throw badRequest(`The phone number ${number} is not a number of the location ${location.name}.`);
  if (row.person_id !== null && row.person_id !== personId)
    throw conflict(`The phone number ${number} is already in use.`);
  return number;
}
