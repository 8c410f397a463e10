import type { LocationRow } from '../../storage/rows';
import type { World } from '../../world';

/** What stands in the way of disabling calling at a location; the precheck tells it, and the job ends by it. */
export interface Blockers {
  lastLocation: boolean;
  usersInUseCount: number;
}

/** Looks what blocks. Trunks belong to no location here, and there are no workspaces, virtual lines or number orders. */
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

/** The answer of precheckForDeletion. */
export function presentPrecheck(world: World, location: LocationRow): Record<string, unknown> {
  const blockers = blockersOf(world, location);
  return {
    locationDeleteStatus: blockers.lastLocation || blockers.usersInUseCount > 0 ? 'BLOCKED' : 'UNBLOCKED',
    blocking: {
      lastLocation: blockers.lastLocation,
      trunksInUseCount: 0,
      usersInUseCount: blockers.usersInUseCount,
      workspacesInUseCount: 0,
      virtualLineInUseCount: 0,
      numbersOrderPending: false,
    },
    nonBlocking: {
      numbersPresent: world.db.first('SELECT 1 FROM numbers WHERE location_id = ?', location.id) !== undefined,
    },
    blockingUnlessForced: { nonUserEntitiesInUse: false, trunksCount: 0 },
  };
}
