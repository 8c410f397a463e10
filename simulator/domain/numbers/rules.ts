import { badRequest } from '../../api-error';
import type { LocationRow, NumberRow } from '../../storage/rows';
import type { World } from '../../world';
import { isIntegrated } from '../pstn/catalogue';
import { connectionOf } from '../pstn/find';

/** "[Error 8361] DN is unavailable": the example of validateNumbers. */
export const UNAVAILABLE = 8361;

export function checkConnection(location: LocationRow, mobile: boolean): void {
  const connection = connectionOf(location);
  if (!connection) throw badRequest('The location has no PSTN connection: set one before its phone numbers.');
  if (isIntegrated(connection) && !mobile)
    throw badRequest(
      `Phone numbers of a location with the integrated PSTN connection ${connection.displayName} cannot be managed with this operation.`,
    );
}

export function find(world: World, number: string): NumberRow | undefined {
  return world.db.first<NumberRow>('SELECT * FROM numbers WHERE number = ?', number);
}

export function own(world: World, location: LocationRow, number: string): NumberRow {
  const row = find(world, number);
  if (row?.location_id !== location.id) throw badRequest(`The phone number ${number} is not a number of the location.`);
  return row;
}
