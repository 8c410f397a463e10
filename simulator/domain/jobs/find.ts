import { notFound } from '../../api-error';
import { canonicalId } from '../../ids';
import type { JobRow } from '../../storage/rows';
import type { World } from '../../world';

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
