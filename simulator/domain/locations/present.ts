import { fromJson, type LocationRow } from '../../storage/rows';
import type { World } from '../../world';
import type { LocationAddress } from '../fields';

/**
 * A location in lists and details. The document of the details lacks `preferredLanguage`, but wxc_sdk reads it from the
 * details to enable calling. The announcement language is a calling detail.
 */
export function presentLocation(world: World, row: LocationRow): Record<string, unknown> {
  const { state, ...address } = fromJson<LocationAddress>(row.address);
  return {
    id: row.id,
    name: row.name,
    orgId: row.org_id,
    address: state === '' && world.weather.settings.absentStates ? address : { ...address, state },
    timeZone: row.time_zone,
    preferredLanguage: row.preferred_language,
    ...(row.latitude === null ? {} : { latitude: row.latitude }),
    ...(row.longitude === null ? {} : { longitude: row.longitude }),
    ...(row.notes === null ? {} : { notes: row.notes }),
  };
}
