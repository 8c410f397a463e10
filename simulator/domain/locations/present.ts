import { fromJson, type LocationRow } from '../../storage/rows';
import type { LocationAddress } from '../fields';

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
