import { WebexApiError } from '../../webex';
import { Backoff } from './backoff';
import { messageOf } from './errors';

/**
 * Sends a write again while Webex refuses it for a reason that time mends. A warning says for what this waits.
 *
 * @param what what is done, as the beginning of a sentence: `Deleting location "Denver"`
 * @param seconds after which it isn't sent again
 * @param mends whether time mends an error; others are thrown at once
 * @throws Error with the reason of Webex when the time is over
 *
 * @example
 * await patiently(run, `Deleting location "${name}"`, 300, isReferenced, () => locations.remove(orgId, id));
 */
export async function patiently<T>(
  { warn }: { warn(text: string): void },
  what: string,
  seconds: number,
  mends: (error: unknown) => boolean,
  write: () => Promise<T>,
): Promise<T> {
  let backoff: Backoff | undefined;
  for (;;) {
    try {
      return await write();
    } catch (error) {
      if (!mends(error)) throw error;
      if (backoff === undefined) {
        backoff = new Backoff(seconds, what);
        warn(`${what} waits up to ${seconds} seconds for Webex, which refuses it for now: ${messageOf(error)}`);
      }
      await backoff.pause().catch((timeout: Error) => {
        throw new Error(`${timeout.message}. ${messageOf(error)}`, { cause: error });
      });
    }
  }
}

/** Other objects still refer to the object: for 90 seconds and more after the last of them went. */
export function isReferenced(error: unknown): boolean {
  return error instanceof WebexApiError && error.isReferenced;
}

/**
 * Another change of the object is under way. *Assumption*: the text says so, as there is no code for it. The same status
 * without it (a package that users have, an ID that another customer has) is a refusal that time doesn't mend.
 */
export function isUnderWay(error: unknown): boolean {
  return error instanceof WebexApiError && error.isConflict && /in progress|under ?way|try again/i.test(error.message);
}
