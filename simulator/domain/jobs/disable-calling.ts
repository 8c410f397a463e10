import { z } from 'zod';
import { conflict } from '../../api-error';
import { newId } from '../../ids';
import type { JobRow, LocationRow } from '../../storage/rows';
import type { World } from '../../world';
import { text } from '../fields';
import { getLocation } from '../locations/find';
import { blockersOf } from './blockers';
import { getJob } from './find';

/** POST /telephony/config/jobs/locations/deleteCallingLocation. */
export const disableCallingBody = z.object({
  locationId: text,
  locationName: z.string().optional(),
  forceDelete: z.boolean().optional(),
});

/** Starts the job. Errors: 409 while one is under way for the location. */
export function startJob(world: World, location: LocationRow, trackingId: string): JobRow {
  if (world.db.first('SELECT 1 FROM jobs WHERE location_id = ? AND ready_at IS NOT NULL', location.id))
    throw conflict('A job that disables Webex Calling for the location is already in progress.');
  const id = newId('JOB_ID');
  const now = world.clock.now();
  world.db.insert('jobs', {
    id,
    org_id: location.org_id,
    location_id: location.id,
    location_name: location.name,
    tracking_id: trackingId,
    status: 'STARTING',
    reasons: '[]',
    created: now,
    ready_at: now + world.provisioningMilliseconds,
  });
  return getJob(world, id);
}

/** Ends a job whose time has come: calling and the location's numbers go, or it fails and everything stays. */
export function finishJob(world: World, job: JobRow): void {
  const location = getLocation(world, job.location_id);
  const { lastLocation, usersInUseCount } = blockersOf(world, location);
  const reasons = [
    ...(lastLocation ? ['It is the last calling location of the organization.'] : []),
    ...(usersInUseCount > 0 ? [`${usersInUseCount} user(s) use Webex Calling at the location.`] : []),
  ];
  if (reasons.length === 0) disable(world, location);
  world.db.update('jobs', 'id', job.id, {
    status: reasons.length === 0 ? 'COMPLETED' : 'FAILED',
    reasons: JSON.stringify(reasons),
    ready_at: null,
    ended: job.ready_at,
  });
}

function disable(world: World, location: LocationRow): void {
  world.db.run('DELETE FROM numbers WHERE location_id = ?', location.id);
  const cleared = ['calling_since', 'caller_id_name', 'main_number', 'pstn_connection_id', 'route_type', 'route_id'];
  cleared.push('external_caller_id_name', 'outside_dial_digit', 'enforce_outside_dial_digit', 'routing_prefix');
  cleared.push('access_network_info', 'charge_number');
  const nothing = Object.fromEntries(cleared.map((column) => [column, null]));
  world.db.update('locations', 'id', location.id, { ...nothing, calling: 0 });
}
