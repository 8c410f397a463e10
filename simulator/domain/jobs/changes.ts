import { newId } from '../../ids';
import type { JobFailure, JobKind, JobResult, JobRow } from '../../storage/rows';
import type { World } from '../../world';
import { getJob } from './find';

/** The input of a job. */
export interface NewJob {
  kind: JobKind;
  orgId: string;
  trackingId: string;
  status: 'STARTING' | 'STARTED';
  request: unknown;
}

/** Starts a job. It is finished later, in settle.ts. */
export function startJob(world: World, { kind, orgId, trackingId, status, request }: NewJob): JobRow {
  const id = newId('JOB_ID');
  const now = world.clock.now();
  const result: JobResult = { exitCode: 'UNKNOWN', done: 0, errors: [] };
  world.db.insert('jobs', {
    id,
    kind,
    org_id: orgId,
    tracking_id: trackingId,
    status,
    request: JSON.stringify(request),
    result: JSON.stringify(result),
    created: now,
    ready_at: now + world.provisioningMilliseconds,
  });
  return getJob(world, kind, id);
}

/** Ends a job. */
export function endJob(world: World, job: JobRow, status: 'COMPLETED' | 'FAILED', result: JobResult): void {
  const ended = { status, result: JSON.stringify(result), ready_at: null, ended: job.ready_at };
  world.db.update('jobs', 'id', job.id, ended);
}

/** Ends a job with a result for each of its items, some of which may have failed. */
export function endItems(world: World, job: JobRow, done: number, errors: JobFailure[]): void {
  endJob(world, job, 'COMPLETED', {
    exitCode: errors.length > 0 ? 'COMPLETED_WITH_ERRORS' : 'COMPLETED',
    done,
    errors,
  });
}
