import { isOutcomeUnknown, isRefusal } from './errors';

/**
 * A write that goes on from what is there where Webex refuses it: the same write may have taken effect before, and its
 * answer, or the record of it, was lost.
 *
 * @param look reads what is there, and goes on from it; undefined where it is no reason for the refusal
 * @throws the error of `write`, where `look` finds no reason for it
 */
export async function orAsItIs<T>(write: () => Promise<T>, look: () => Promise<T | undefined>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!isRefusal(error) && !isOutcomeUnknown(error)) throw error;
    const found = await look();
    if (found === undefined) throw error;
    return found;
  }
}
