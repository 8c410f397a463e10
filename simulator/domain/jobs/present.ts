import { fromJson, isoDate, type JobResult, type JobRow } from '../../storage/rows';
import type { World } from '../../world';
import { partnerAdministratorId } from '../people/me';

/** A step of a finished job. */
export interface Step {
  name: string;
  /** Its exit code. */
  status: string;
}

/** The common part of the answers about jobs. `steps` are shown when the job has ended. */
export function presentJob(world: World, job: JobRow, steps: readonly Step[]): Record<string, unknown> {
  const { exitCode } = resultOf(job);
  return {
    name: job.kind,
    id: job.id,
    trackingId: job.tracking_id,
    sourceUserId: partnerAdministratorId(world),
    sourceCustomerId: world.partnerId,
    targetCustomerId: job.org_id,
    instanceId: job.instance,
    jobExecutionStatus: [execution(job, exitCode, steps)],
    latestExecutionStatus: job.status,
    latestExecutionExitCode: exitCode,
  };
}

/** The progress of a job. */
export function resultOf(job: JobRow): JobResult {
  return fromJson<JobResult>(job.result);
}

/** The errors of a job, one entry for each item that failed. */
export function presentFailures(job: JobRow, max: number, start: number): Record<string, unknown>[] {
  const entries = resultOf(job).errors.map(({ item, code, description, locationId }, index) => ({
    item,
    itemNumber: index + 1,
    trackingId: `${job.tracking_id}_${index}`,
    error: { key: '400', message: [{ description, code, ...(locationId === undefined ? {} : { locationId }) }] },
  }));
  return entries.slice(start, start + max);
}

function execution(job: JobRow, exitCode: string, steps: readonly Step[]): Record<string, unknown> {
  const startTime = isoDate(job.created);
  const basics = {
    id: job.instance,
    startTime,
    lastUpdated: isoDate(job.ended ?? job.created),
    statusMessage: job.status,
    exitCode,
    createdTime: startTime,
  };
  if (job.ended === null) return { ...basics, timeElapsed: 'PT0S' };
  const times = { startTime, endTime: isoDate(job.ended), lastUpdated: isoDate(job.ended) };
  const timeElapsed = `PT${(job.ended - job.created) / 1000}S`;
  const stepExecutionStatuses = steps.map(({ name, status }, index) => ({
    id: job.instance * 10 + index + 1,
    ...times,
    statusMessage: status === 'FAILED' ? 'FAILED' : 'COMPLETED',
    exitCode: status,
    name,
    timeElapsed,
  }));
  return { ...basics, endTime: times.endTime, stepExecutionStatuses, timeElapsed };
}
