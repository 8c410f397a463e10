import type { JobFailure, LocationRow } from '../../storage/rows';
import type { World } from '../../world';

/** A blocker of disabling calling at a location, for the precheck and for the errors of the job. */
export interface Blockers {
  lastLocation: boolean;
  usersInUseCount: number;
}

/** Finds the blockers. Trunks have no location here, and there are no workspaces, virtual lines or number orders. */
export function blockersOf(world: World, location: LocationRow): Blockers {
  const sql = 'SELECT 1 FROM locations WHERE org_id = ? AND calling = 1 AND id <> ? LIMIT 1';
  return {
    lastLocation: world.db.first(sql, location.org_id, location.id) === undefined,
    usersInUseCount: world.db.count(
      'SELECT count(*) AS n FROM people WHERE location_id = ? AND calling = 1',
      location.id,
    ),
  };
}

/**
 * The errors of a job that something blocks, with Cisco's codes (reference of the job's errors, developer.webex.com).
 */
export function failuresOf({ lastLocation, usersInUseCount }: Blockers, location: LocationRow): JobFailure[] {
  const failure = (code: string, description: string) => ({ item: location.name, code, description });
  return [
    ...(lastLocation
      ? [failure('BATCH-1012012', 'Not allowed to delete the last calling location of the organization.')]
      : []),
    ...(usersInUseCount > 0
      ? [failure('BATCH-1012007', `Users associated with the location. Count: ${usersInUseCount}`)]
      : []),
  ];
}
