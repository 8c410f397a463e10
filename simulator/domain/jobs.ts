import { z } from 'zod';
import { conflict, notFound } from '../http/errors';
import { canonicalId, encodeId, newId, uuidOf } from '../ids';
import { isoDate, type JobRow, type LocationRow } from '../storage/rows';
import type { World } from '../world';
import { text } from './fields';
import { getLocation } from './locations';
import { partnerOrganization } from './organizations';

/** POST /telephony/config/jobs/locations/deleteCallingLocation. */
export const disableCallingBody = z.object({
  locationId: text,
  locationName: z.string().optional(),
  forceDelete: z.boolean().optional(),
});

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

/** A job by an ID that a client sent; throws 404. */
export function getJob(world: World, sentId: string, orgId?: string): JobRow {
  const id = canonicalId('JOB_ID', sentId);
  const sql =
    'SELECT jobs.* FROM jobs JOIN organizations ON organizations.id = org_id WHERE jobs.id = ? AND partner_id = ?';
  const row = id === undefined ? undefined : world.db.first<JobRow>(sql, id, world.partnerId);
  if (!row || (orgId !== undefined && canonicalId('ORGANIZATION', orgId) !== row.org_id))
    throw notFound(`job ${sentId}`);
  return row;
}

/** The jobs of an organization, newest first. */
export function listJobs(world: World, orgId: string, max: number, start: number): JobRow[] {
  return world.db.all<JobRow>(
    'SELECT * FROM jobs WHERE org_id = ? ORDER BY instance DESC LIMIT ? OFFSET ?',
    orgId,
    max,
    start,
  );
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

/**
 * The DisableCallingLocationJobStatus object. `jobExecutionStatus` is in every example and missing in the schema's properties; why a job failed
 * is in neither: the step that failed is named, and precheckForDeletion tells the reason.
 */
export function presentJob(world: World, job: JobRow): Record<string, unknown> {
  const exitCode = job.status === 'STARTING' ? 'UNKNOWN' : job.status;
  const partner = partnerOrganization(world).id;
  return {
    name: 'deletecallinglocation',
    id: job.id,
    trackingId: job.tracking_id,
    // The token belongs to no person here: the partner organization's UUID stands for its administrator.
    sourceUserId: encodeId('PEOPLE', uuidOf(partner)),
    sourceCustomerId: partner,
    targetCustomerId: job.org_id,
    instanceId: job.instance,
    jobExecutionStatus: [execution(job, exitCode)],
    latestExecutionStatus: job.status,
    latestExecutionExitCode: exitCode,
    ...(job.status === 'COMPLETED' ? { counts: NOTHING_COUNTED } : {}),
    locationName: job.location_name,
  };
}

/** There are no virtual extensions and feature accounts here. */
const NOTHING_COUNTED = {
  totalVirtualExtensionsAccount: 0,
  virtualExtensionsDeleted: 0,
  virtualExtensionsDeleteFailed: 0,
  totalFeatureAccounts: 0,
  featureAccountsDeleted: 0,
  featureAccountsDeleteFailed: 0,
};

function execution(job: JobRow, exitCode: string): Record<string, unknown> {
  const createdTime = isoDate(job.created);
  const basics = {
    id: job.instance,
    lastUpdated: isoDate(job.ended ?? job.created),
    statusMessage: job.status,
    exitCode,
    createdTime,
  };
  if (job.ended === null) return { ...basics, timeElapsed: 'PT0S' };
  const times = { startTime: createdTime, endTime: isoDate(job.ended), lastUpdated: isoDate(job.ended) };
  const timeElapsed = `PT${(job.ended - job.created) / 1000}S`;
  const step = (name: string, status: string, offset: number) => ({
    id: job.instance * 10 + offset,
    ...times,
    statusMessage: status,
    exitCode: status,
    name: `deletecallinglocation${name}`,
    timeElapsed,
  });
  const steps = [step('Initializer', 'COMPLETED', 1), step('SafeDeleteCheck', job.status, 2)];
  if (job.status === 'COMPLETED') steps.push(step('DelLocFromBifrost', 'COMPLETED', 3));
  return { ...basics, startTime: times.startTime, endTime: times.endTime, stepExecutionStatuses: steps, timeElapsed };
}
