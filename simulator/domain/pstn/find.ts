import { ApiError, notFound } from '../../api-error';
import type { LocationRow } from '../../storage/rows';
import type { World } from '../../world';
import { PSTN_CONNECTIONS, type PstnConnection } from './catalogue';

/** The connection of a location, if it has one. */
export function connectionOf(location: LocationRow): PstnConnection | undefined {
  return PSTN_CONNECTIONS.find(({ id }) => id === location.pstn_connection_id);
}

/**
 * Like {@link connectionOf}; throws 404: a connection's ID and type are required in the answer (assumption for the
 * status).
 */
export function getConnection(world: World, location: LocationRow): PstnConnection {
  const found = connectionOf(location);
  if (!found && world.weather.settings.telephonyErrors) {
    const errorMessage = 'PSTN for the location is not configured';
    throw new ApiError(400, errorMessage, { shape: () => ({ errorMessage }) });
  }
  if (!found) throw notFound(`PSTN connection of the location ${location.name}`);
  return found;
}
