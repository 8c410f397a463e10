import { notFound } from '../../api-error';
import { canonicalId } from '../../ids';
import type { JobKind, JobRow } from '../../storage/rows';
import type { World } from '../../world';

/** Finds a job by an ID from a client. Throws 404, also for a job of another kind. */
export function getJob(world: World, kind: JobKind, sentId: string, orgId?: string): JobRow {
  const id = canonicalId('JOB_ID', sentId);
  const sql =
    'SELECT jobs.* FROM jobs JOIN organizations ON organizations.id = org_id WHERE jobs.id = ? AND jobs.kind = ? AND partner_id = ?';
  const row = id === undefined ? undefined : world.db.first<JobRow>(sql, id, kind, world.partnerId);
  if (!row || (orgId !== undefined && canonicalId('ORGANIZATION', orgId) !== row.org_id))
    throw notFound(`job ${sentId}`);
  return row;
}

/** The jobs of an organization, newest first. */
export function listJobs(world: World, kind: JobKind, orgId: string, max: number, start: number): JobRow[] {
  return world.db.all<JobRow>(
    'SELECT * FROM jobs WHERE kind = ? AND org_id = ? ORDER BY instance DESC LIMIT ? OFFSET ?',
    kind,
    orgId,
    max,
    start,
  );
}

/** The running jobs of an organization. */
export function runningJobs(world: World, kind: JobKind, orgId: string): JobRow[] {
  return world.db.all<JobRow>('SELECT * FROM jobs WHERE kind = ? AND org_id = ? AND ready_at IS NOT NULL', kind, orgId);
}
