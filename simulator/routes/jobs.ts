import { z } from 'zod';
import { forbidden } from '../api-error';
import { getCallingLocation } from '../domain/calling/find';
import { disableCallingBody, startJob } from '../domain/jobs/disable-calling';
import { getJob, listJobs } from '../domain/jobs/find';
import { presentJob } from '../domain/jobs/present';
import { findOrganization, partnerOrganization } from '../domain/organizations/find';
import { type Operation, operation } from '../http/operation';
import { countParameter } from '../http/paging';
import type { World } from '../world';

const orgQuery = z.object({ orgId: z.string().optional() });

const listQuery = orgQuery.extend({ max: countParameter(20, 1000), start: countParameter(0) });

/** An unknown organization is refused with 403 here: the document lists no 404 for this operation. */
function jobOrganization(world: World, orgId: string | undefined): string {
  const organization = orgId === undefined ? partnerOrganization(world) : findOrganization(world, orgId);
  if (!organization) throw forbidden(`You do not manage the organization ${orgId}.`);
  return organization.id;
}

const PATH = '/telephony/config/jobs/locations/deleteCallingLocation';

/** The jobs that disable Webex Calling at a location: the operations of the location call settings documents. */
export const jobOperations: Operation[] = [
  operation({
    method: 'POST',
    path: PATH,
    query: orgQuery,
    body: disableCallingBody,
    handle: ({ world, query, body, trackingId }) => {
      const location = getCallingLocation(world, body.locationId, query.orgId);
      return { status: 202, body: presentJob(world, startJob(world, location, trackingId)) };
    },
  }),
  operation({
    method: 'GET',
    path: PATH,
    query: listQuery,
    handle: ({ world, query }) => {
      const jobs = listJobs(world, jobOrganization(world, query.orgId), query.max, query.start);
      return { status: 200, body: { items: jobs.map((job) => presentJob(world, job)) } };
    },
  }),
  operation({
    method: 'GET',
    path: `${PATH}/{jobId}`,
    query: orgQuery,
    handle: ({ world, query, param }) => ({
      status: 200,
      body: presentJob(world, getJob(world, param('jobId'), query.orgId)),
    }),
  }),
];
