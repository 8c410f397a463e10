import { getCallingLocation } from '../domain/calling/find';
import { disableCalling } from '../domain/disable-calling/changes';
import { presentDisabling } from '../domain/disable-calling/present';
import { disableCallingBody } from '../domain/disable-calling/schema';
import { manageNumbers } from '../domain/manage-numbers/changes';
import { presentNumbersJob } from '../domain/manage-numbers/present';
import { manageNumbersBody } from '../domain/manage-numbers/schema';
import { moveUsers } from '../domain/move-users/changes';
import { presentMoveJob, presentValidation } from '../domain/move-users/present';
import { moveUsersBody } from '../domain/move-users/schema';
import { organizationOf } from '../domain/organizations/find';
import { type Operation, ok, operation } from '../http/operation';
import { jobReads } from './job-reads';
import { orgQuery } from './parameters';

const DISABLE = '/telephony/config/jobs/locations/deleteCallingLocation';
const MOVE = '/telephony/config/jobs/person/moveLocation';
const NUMBERS = '/telephony/config/jobs/numbers/manageNumbers';

/**
 * Jobs: disabling Webex Calling at a location (location call settings documents), moving users to another location
 * (move users document), moving phone numbers and changing their usage (manage numbers document). The operations start
 * a job, list the jobs of a kind, and read a job and its errors. The documents of the last two kinds also have
 * operations that pause and resume a job; the simulator leaves them out, because the provider doesn't use them.
 */
export const jobOperations: Operation[] = [
  operation('POST', DISABLE, { query: orgQuery, body: disableCallingBody }, ({ world, query, body, trackingId }) => {
    const location = getCallingLocation(world, body.locationId, query.orgId);
    return { status: 202, body: presentDisabling(world, disableCalling(world, location, trackingId)) };
  }),
  ...jobReads({ kind: 'deletecallinglocation', path: DISABLE, max: 20, present: presentDisabling }),
  operation('POST', MOVE, { query: orgQuery, body: moveUsersBody }, ({ world, query, body, trackingId }) => {
    const orgId = organizationOf(world, query.orgId).id;
    const moved = moveUsers(world, orgId, body, trackingId);
    if (moved.kind === 'started') return { status: 201, body: { response: presentMoveJob(world, moved.job) } };
    if (moved.kind === 'validated') return ok(presentValidation(world, orgId, moved.move));
    return ok({ response: [{ userId: moved.move.personId }] });
  }),
  ...jobReads({ kind: 'moveusers', path: MOVE, max: 2000, present: presentMoveJob }),
  operation('POST', NUMBERS, { body: manageNumbersBody }, ({ world, body, trackingId }) => ({
    status: 201,
    body: presentNumbersJob(world, manageNumbers(world, body, trackingId)),
  })),
  ...jobReads({ kind: 'managenumbers', path: NUMBERS, max: 2000, present: presentNumbersJob }),
];
