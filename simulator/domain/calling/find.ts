import { badRequest, notFound } from '../../api-error';
import type { LocationRow } from '../../storage/rows';
import type { World } from '../../world';
import { getLocation } from '../locations/find';

/** A location with calling; throws 404 (400 in some weather) for one without. */
export function getCallingLocation(world: World, sentId: string, orgId?: string): LocationRow {
  const location = getLocation(world, sentId, orgId);
  const missing = `Webex Calling details of the location ${location.name}`;
  if (!location.calling && world.weather.settings.noCallingIs400) throw badRequest(`There are no ${missing}.`);
  if (!location.calling) throw notFound(missing);
  return location;
}

/** The first calling location of an organization: its headquarters, unless its calling was disabled. */
export function headquartersOf(world: World, orgId: string): LocationRow | undefined {
  const sql = 'SELECT * FROM locations WHERE org_id = ? AND calling = 1 ORDER BY calling_since, sequence LIMIT 1';
  return world.db.first<LocationRow>(sql, orgId);
}

/** The calling locations of an organization in the order in which they were enabled; the first is the headquarters. */
export function callingLocations(world: World, orgId: string): LocationRow[] {
  return world.db.all<LocationRow>(
    'SELECT * FROM locations WHERE org_id = ? AND calling = 1 AND calling_since <= ? ORDER BY calling_since, sequence',
    orgId,
    world.weather.listedUntil(world.clock.now()) ?? Number.MAX_SAFE_INTEGER,
  );
}
