import { fromJson, type JobRow, type LocationRow } from '../../storage/rows';
import type { World } from '../../world';
import { presentJob } from '../jobs/present';
import type { DisableCallingRequest } from './changes';
import { blockersOf } from './rules';

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

/**
 * The DisableCallingLocationJobStatus object. `jobExecutionStatus` is in every example but not in the schema. The
 * reasons of a failed job have an operation of their own.
 */
export function presentDisabling(world: World, job: JobRow): Record<string, unknown> {
  const completed = job.status === 'COMPLETED';
  const steps = [
    { name: 'deletecallinglocationInitializer', status: 'COMPLETED' },
    { name: 'deletecallinglocationSafeDeleteCheck', status: job.status },
    ...(completed ? [{ name: 'deletecallinglocationDelLocFromBifrost', status: job.status }] : []),
  ];
  return {
    ...presentJob(world, job, steps),
    ...(completed ? { counts: NOTHING_COUNTED } : {}),
    locationName: fromJson<DisableCallingRequest>(job.request).locationName,
  };
}

/** The simulator has no virtual extensions and feature accounts. */
const NOTHING_COUNTED = {
  totalVirtualExtensionsAccount: 0,
  virtualExtensionsDeleted: 0,
  virtualExtensionsDeleteFailed: 0,
  totalFeatureAccounts: 0,
  featureAccountsDeleted: 0,
  featureAccountsDeleteFailed: 0,
};
