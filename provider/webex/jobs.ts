import { z } from 'zod';
import { describeErrors, errorEntry } from './http/answers';
import type { Api } from './http/api';
import type { ErrorDetail } from './http/errors';
import { listByStart } from './http/paging';
import { number, webexId } from './shapes';

/** A job of Webex Calling, of any kind. */
export const job = z.object({
  id: webexId,
  trackingId: z.string().optional(),
  /** STARTING, STARTED, COMPLETED, FAILED, UNKNOWN, ABANDONED */
  latestExecutionStatus: z.string().toUpperCase().optional(),
  /** UNKNOWN, COMPLETED, FAILED, STOPPED, COMPLETED_WITH_ERRORS, COMPLETED_WITH_PENDING_ORDERS */
  latestExecutionExitCode: z.string().toUpperCase().optional(),
});
export type Job = z.infer<typeof job>;

/** Why a job failed for one of its items. */
export interface JobError {
  /** The item that failed: a phone number or a user's ID, not always in the form in which it was sent. */
  item?: string;
  errors: ErrorDetail[];
  trackingId?: string;
}

const jobError = z.object({
  item: z.string().optional(),
  itemNumber: number.optional(),
  trackingId: z.string().optional(),
  error: errorEntry.optional(),
});

/** Reads all errors of a job. A job that ended with exit code COMPLETED has none. */
export async function jobErrors(api: Api, path: string, orgId: string): Promise<JobError[]> {
  const found = await listByStart(api, {
    path,
    query: { orgId },
    item: jobError,
    max: 50,
    identity: ({ item, itemNumber, trackingId }) => JSON.stringify([item, itemNumber, trackingId]),
  });
  return found.map(({ item, trackingId, error }) => ({
    item,
    trackingId,
    errors: error === undefined ? [] : describeErrors([error]).errors,
  }));
}
