import { setTimeout as sleep } from 'node:timers/promises';
import { isOutcomeUnknown } from './errors';

/** Milliseconds before a POST is repeated, where its object wasn't found. */
const PAUSES = [500, 1500, 4500];

/** The result of a POST: its answer, or the object that was found after a refusal or a lost answer. */
export type Posted<A, F> = { answer: A } | { found: F };

/**
 * Sends a POST that must have its effect once. When it is unknown whether a POST arrived (5xx, timeout, reset), its
 * object is looked for, and the POST is repeated only where there is none. If the first one arrives after all, Webex
 * refuses the second, because the objects are unique.
 *
 * @param find the object of the POST, if it exists; after a failed POST, it gets the error
 * @param looksFor errors after which `find` is called; others are thrown
 * @throws the last error, where nothing is found and Webex refused, or after several tries
 */
export async function postOnce<A, F>(
  post: () => Promise<A>,
  find: (refusal?: unknown) => Promise<F | undefined>,
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
      const found = await find(error);
      if (found !== undefined) return { found };
      if (pause === undefined || !isOutcomeUnknown(error)) throw error;
    }
    await sleep(pause);
  }
  throw new Error('unreachable: the last try returns or throws');
}

/**
 * Environment variable for a run after one that may have created objects without recording them: with `true`, each
 * object is looked for before its POST, which saves POSTs that Webex refuses. The result is the same without it, at
 * fewer requests where nothing was created.
 */
export const LOOK_FIRST_VARIABLE = 'WEBEX_WHOLESALE_LOOK_FIRST';

function looksFirst(): boolean {
  return process.env[LOOK_FIRST_VARIABLE] === 'true';
}
