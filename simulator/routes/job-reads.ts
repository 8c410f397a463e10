import { forbidden } from '../api-error';
import { getJob, listJobs } from '../domain/jobs/find';
import { presentFailures } from '../domain/jobs/present';
import { findOrganization, partnerOrganization } from '../domain/organizations/find';
import { type Operation, ok, operation } from '../http/operation';
import { countParameter } from '../http/paging';
import type { JobKind, JobRow } from '../storage/rows';
import type { World } from '../world';
import { orgQuery } from './parameters';

/** The functions that read jobs of one kind. */
interface JobReads {
  kind: JobKind;
  path: string;
  /** Default number of entries of a list. */
  max: number;
  present(world: World, job: JobRow): Record<string, unknown>;
}

/** The three read operations of a kind of job: the list, one job, and its errors. */
export function jobReads({ kind, path, max, present }: JobReads): Operation[] {
  const listQuery = orgQuery.extend({ max: countParameter(max, 2000), start: countParameter(0) });
  return [
    operation('GET', path, { query: listQuery }, ({ world, query }) => {
      const jobs = listJobs(world, kind, jobOrganization(world, query.orgId), query.max, query.start);
      return ok({ items: jobs.map((job) => listed(present(world, job))) });
    }),
    operation('GET', `${path}/{jobId}`, { query: orgQuery }, ({ world, query, param }) =>
      ok(present(world, getJob(world, kind, param('jobId'), query.orgId))),
    ),
    operation(
      'GET',
      `${path}/{jobId}/errors`,
      { query: orgQuery.extend({ max: countParameter(2000, 2000), start: countParameter(0) }) },
      ({ world, query, param }) => {
        const job = getJob(world, kind, param('jobId'), query.orgId);
        return ok({ items: presentFailures(job, query.max, query.start) });
      },
    ),
  ];

  /** Two of the lists have entries without a name, in schema and examples. */
  function listed(job: Record<string, unknown>): Record<string, unknown> {
    const { name, ...rest } = job;
    return kind === 'deletecallinglocation' ? { name, ...rest } : rest;
  }
}

/** An unknown organization is refused with 403: one of the documents has no 404 for the list of jobs. */
function jobOrganization(world: World, orgId: string | undefined): string {
  const organization = orgId === undefined ? partnerOrganization(world) : findOrganization(world, orgId);
  if (!organization) throw forbidden(`You do not manage the organization ${orgId}.`);
  return organization.id;
}
