import { badRequest, conflict } from '../../api-error';
import { canonicalId } from '../../ids';
import type { LocationRow, NumberRow } from '../../storage/rows';
import type { World } from '../../world';
import { countryOf } from '../locations/find';
import { toE164 } from '../numbers/e164';
import { extensionError } from './extensions';
import { headquartersOf } from './find';
import { type CallingAssignment, holderOfExtension } from './lines';

/** The requested line of a person. */
export interface CallingRequest {
  locationId?: string | undefined;
  extension?: string | undefined;
  primaryPhoneNumber?: string | undefined;
}

/**
 * Checks location, extension and number of a person's line. Errors: 400 if extension and number are missing, the
 * organization has no such calling location, or the location doesn't have the number; 409 if extension or number is
 * taken. Source: POST /wholesale/subscribers, provisioningParameters.
 * @param personId the person that may already have the extension or number
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

/** The part of {@link planCalling} after the location is known. */
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

function callingLocation(world: World, orgId: string, sentId: string | undefined): LocationRow {
  // Without locationId use the headquarters (assumption: the documents only say that the parameter is optional).
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
