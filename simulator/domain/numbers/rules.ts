import { badRequest } from '../../api-error';
import type { LocationRow, NumberRow } from '../../storage/rows';
import type { World } from '../../world';
import { isIntegrated } from '../pstn/catalogue';
import { connectionOf } from '../pstn/find';
import { numberRow } from './find';

/** Refuses (400) changes of numbers at a location without a PSTN connection, or with an integrated one. */
export function checkConnection(location: LocationRow, mobile: boolean): void {
  const connection = connectionOf(location);
  if (!connection) throw badRequest('The location has no PSTN connection: set one before its phone numbers.');
  if (isIntegrated(connection) && !mobile)
    throw badRequest(
      `Phone numbers of a location with the integrated PSTN connection ${connection.displayName} cannot be managed with this operation.`,
    );
}

/** Finds a number of the location. Throws 400 for any other. */
export function own(world: World, location: LocationRow, number: string): NumberRow {
  const row = numberRow(world, number);
  if (row?.location_id !== location.id) throw badRequest(`The phone number ${number} is not a number of the location.`);
  return row;
}
