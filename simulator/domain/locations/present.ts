import { fromJson, type LocationRow } from '../../storage/rows';
import type { World } from '../../world';
import type { LocationAddress } from '../fields';

/**
 * A location as lists and details show it. The document of the details lacks `preferredLanguage`; wxc_sdk enables calling
 * with what the details gave. The announcement language is a calling detail.
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
