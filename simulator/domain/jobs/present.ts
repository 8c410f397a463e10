import { encodeId, uuidOf } from '../../ids';
import { isoDate, type JobRow } from '../../storage/rows';
import type { World } from '../../world';
import { partnerOrganization } from '../organizations/find';

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
