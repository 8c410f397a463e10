import { notFound } from '../../api-error';
import { canonicalId } from '../../ids';
import { fromJson, type LocationRow } from '../../storage/rows';
import type { World } from '../../world';
import type { LocationAddress } from '../fields';

/** The country of a location. */
export function countryOf(location: LocationRow): string {
  return fromJson<LocationAddress>(location.address).country;
}

/** Finds a location by an ID from a client. Throws 404, also if `orgId` is given and is of another organization. */
export function getLocation(world: World, sentId: string, orgId?: string): LocationRow {
  const id = canonicalId('LOCATION', sentId);
  // Locations of other partners are hidden.
  const sql =
    'SELECT locations.* FROM locations JOIN organizations ON organizations.id = org_id WHERE locations.id = ? AND partner_id = ?';
  const row = id === undefined ? undefined : world.db.first<LocationRow>(sql, id, world.partnerId);
  if (!row || (orgId !== undefined && canonicalId('ORGANIZATION', orgId) !== row.org_id))
    throw notFound(`location ${sentId}`);
  return row;
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
    'SELECT * FROM locations WHERE org_id = ? AND (? IS NULL OR instr(lower(name), ?) > 0) AND (? IS NULL OR id = ?) AND created <= ? ' +
      'ORDER BY sequence LIMIT ? OFFSET ?',
    filter.orgId,
    name,
    name,
    id,
    id,
    world.weather.listedUntil(world.clock.now()) ?? Number.MAX_SAFE_INTEGER,
    max + 1,
    start,
  );
}
