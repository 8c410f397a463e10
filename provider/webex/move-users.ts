import { z } from 'zod';
import { type Api, path } from './http/api';
import { type Job, type JobError, job, jobErrors } from './jobs';

/** A user to move to another location. */
export interface UserMove {
  /** Person ID. */
  userId: string;
  /** Undefined: the user keeps the extension. Empty: the user loses it. */
  extension?: string;
  /** E.164, a number of the target location. Undefined: the user's number moves along. Empty: the user loses it. */
  phoneNumber?: string;
}

const finding = z.object({ code: z.union([z.number(), z.string()]).optional(), message: z.string().default('') });
const validation = z.object({
  response: z.array(
    z.object({ userId: z.string(), impacts: z.array(finding).default([]), errors: z.array(finding).default([]) }),
  ),
});
/** What a move would change besides the location (`impacts`), and why it would fail (`errors`). */
export type MoveValidation = z.infer<typeof validation>['response'][number];

/** "A maximum of 100 users can be moved at a time." */
export const MOST_USERS_A_MOVE = 100;

const JOBS = '/telephony/config/jobs/person/moveLocation';

/**
 * Moves users to another location (webex-move-users.openapi.json). Users with calling are moved by a job.
 *
 * @example
 * const job = await webex.moveUsers.start(orgId, location.id, [{ userId: person.id }]);
 * if (job) await webex.moveUsers.get(orgId, job.id); // until latestExecutionStatus is COMPLETED or FAILED
 */
export function moveUsersApi(api: Api) {
  const operation = (orgId: string, locationId: string, users: UserMove[], validate: boolean) => {
    const body = { usersList: [{ locationId, validate, users }] };
    return { method: 'POST', path: JOBS, query: { orgId }, body, safe: validate } as const;
  };
  return {
    /** Validates the move of one user with calling. It changes nothing. */
    async validate(orgId: string, locationId: string, user: UserMove): Promise<MoveValidation> {
      const { response } = (await api.call(operation(orgId, locationId, [user], true), validation)).body;
      return response[0] ?? { userId: user.userId, impacts: [], errors: [] };
    },

    /**
     * Starts to move up to {@link MOST_USERS_A_MOVE} users.
     * @returns the job; undefined where the move is done already, as for a single user without calling
     */
    async start(orgId: string, locationId: string, users: UserMove[]): Promise<Job | undefined> {
      const call = operation(orgId, locationId, users, false);
      return (await api.maybe(call, z.object({ response: job }).partial())).body?.response;
    },

    get: async (orgId: string, jobId: string): Promise<Job> => api.get(JOBS + path`/${jobId}`, job, { orgId }),

    errors: (orgId: string, jobId: string): Promise<JobError[]> => jobErrors(api, JOBS + path`/${jobId}/errors`, orgId),
  };
}
