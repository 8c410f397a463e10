import { type Api, path } from './http/api';
import { type Job, type JobError, job, jobErrors } from './jobs';

const JOBS = '/telephony/config/jobs/numbers/manageNumbers';

/** "Up to 1000 numbers can be given in MOVE operation type" (webex-manage-numbers.openapi.json). */
export const MOST_NUMBERS_A_MOVE = 1000;

/**
 * Moves phone numbers between locations (webex-manage-numbers.openapi.json). The numbers must be active, unassigned
 * and no main numbers; both locations must be in one country and have the same PSTN connection. A second job at the
 * same time gets 409.
 */
export function manageNumbersApi(api: Api) {
  return {
    /**
     * Starts to move numbers. The document has no `orgId` for this operation: the location determines it.
     * @param phoneNumbers E.164; at most {@link MOST_NUMBERS_A_MOVE}
     */
    async startMove(orgId: string, from: string, to: string, phoneNumbers: string[]): Promise<Job> {
      const numberList = [{ locationId: from, numbers: phoneNumbers }];
      return api.post(JOBS, { operation: 'MOVE', targetLocationId: to, numberList }, job, {}, { orgId });
    },

    get: async (orgId: string, jobId: string): Promise<Job> => api.get(JOBS + path`/${jobId}`, job, {}, { orgId }),

    errors: (orgId: string, jobId: string): Promise<JobError[]> => jobErrors(api, JOBS + path`/${jobId}/errors`, orgId),
  };
}
