import { conflict } from '../../api-error';
import { fromJson, type JobRow, type LocationRow } from '../../storage/rows';
import type { World } from '../../world';
import { endJob, startJob } from '../jobs/changes';
import { runningJobs } from '../jobs/find';
import { getLocation } from '../locations/find';
import { blockersOf, failuresOf } from './rules';

/** The request of a job. */
export interface DisableCallingRequest {
  locationId: string;
  locationName: string;
}

/**
 * Starts the job, also if the precheck reports blockers. Errors: 409 while another one runs for the location.
 */
export function disableCalling(world: World, location: LocationRow, trackingId: string): JobRow {
  if (isBeingDisabled(world, location))
    throw conflict('A job that disables Webex Calling for the location is already in progress.');
  const request: DisableCallingRequest = { locationId: location.id, locationName: location.name };
  const orgId = location.org_id;
  return startJob(world, { kind: 'deletecallinglocation', orgId, trackingId, status: 'STARTING', request });
}

/** True while a job disables calling at a location. */
export function isBeingDisabled(world: World, location: LocationRow): boolean {
  return runningJobs(world, 'deletecallinglocation', location.org_id).some(
    (job) => fromJson<DisableCallingRequest>(job.request).locationId === location.id,
  );
}

/** Finishes a job that is due: it removes calling and the location's numbers, or fails and changes nothing. */
export function finishDisabling(world: World, job: JobRow): void {
  const location = getLocation(world, fromJson<DisableCallingRequest>(job.request).locationId);
  const errors = failuresOf(blockersOf(world, location), location);
  const status = errors.length === 0 ? 'COMPLETED' : 'FAILED';
  if (errors.length === 0) disable(world, location, job.ready_at ?? world.clock.now());
  endJob(world, job, status, { exitCode: status, done: errors.length === 0 ? 1 : 0, errors });
}

function disable(world: World, location: LocationRow, now: number): void {
  world.db.run('DELETE FROM numbers WHERE location_id = ?', location.id);
  const cleared = ['calling_since', 'caller_id_name', 'main_number', 'pstn_connection_id', 'route_type', 'route_id'];
  cleared.push('external_caller_id_name', 'outside_dial_digit', 'enforce_outside_dial_digit', 'routing_prefix');
  cleared.push('access_network_info', 'charge_number');
  const nothing = Object.fromEntries(cleared.map((column) => [column, null]));
  world.db.update('locations', 'id', location.id, { ...nothing, calling: 0, calling_ended: now });
}
