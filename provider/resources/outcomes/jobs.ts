import type { Job } from '../../webex';
import type { Backoff } from './backoff';

/** Statuses of jobs that have ended (webex-calling.openapi.json, latestExecutionStatus; STOPPED is a code there). */
const ENDED: readonly unknown[] = ['COMPLETED', 'FAILED', 'ABANDONED', 'STOPPED'];

/**
 * Asks for a job of Webex, with growing pauses, until it has ended.
 * @throws WaitTimeout
 */
export async function ended(job: Job, backoff: Backoff, ask: (id: string) => Promise<Job>): Promise<Job> {
  let now = job;
  while (!ENDED.includes(now.latestExecutionStatus)) {
    await backoff.pause();
    now = await ask(now.id);
  }
  return now;
}

/** Whether a job that has ended did all of its work. */
export function isWhollyDone({
  latestExecutionStatus: status,
  latestExecutionExitCode: code = 'COMPLETED',
}: Job): boolean {
  return status === 'COMPLETED' && code === 'COMPLETED';
}
