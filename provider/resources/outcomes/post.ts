import { setTimeout as sleep } from 'node:timers/promises';
import { isOutcomeUnknown } from './errors';

/** Milliseconds before a POST is sent again whose object isn't there. */
const PAUSES = [500, 1500, 4500];

/** What became of a POST: its answer, or what was there when it was refused or its answer was lost. */
export type Posted<A, F> = { answer: A } | { found: F };

/**
 * Sends a POST that must have its effect once. A POST is not sent twice blindly: when it is unknown whether it
 * arrived (5xx, timeout, reset), what it was to make is looked for, and only where that isn't there it is sent again.
 * Should the first one arrive after all, Webex refuses the second, because what we create is unique.
 *
 * @param find what the POST was to make, if it is there
 * @param looksFor errors after which `find` is asked at all; the others are thrown
 * @throws the last error, where nothing is found and Webex refused, or after several tries
 */
export async function postOnce<A, F>(
  post: () => Promise<A>,
  find: () => Promise<F | undefined>,
  looksFor: (error: unknown) => boolean = isOutcomeUnknown,
): Promise<Posted<A, F>> {
  if (looksFirst()) {
    const found = await find();
    if (found !== undefined) return { found };
  }
  for (const pause of [...PAUSES, undefined]) {
    try {
      return { answer: await post() };
    } catch (error) {
      if (!looksFor(error)) throw error;
      const found = await find();
      if (found !== undefined) return { found };
      if (pause === undefined || !isOutcomeUnknown(error)) throw error;
    }
    await sleep(pause);
  }
  throw new Error('unreachable: the last try returns or throws');
}

/**
 * Environment variable that says that an earlier run may have made objects which it couldn't record: `true` lets each
 * be looked for before its POST, so that Webex isn't sent POSTs that it refuses. Right without it too, at fewer
 * requests where nothing was made.
 */
export const LOOK_FIRST_VARIABLE = 'WEBEX_WHOLESALE_LOOK_FIRST';

function looksFirst(): boolean {
  return process.env[LOOK_FIRST_VARIABLE] === 'true';
}
