import { WebexApiError } from '../../webex';
import { Leftovers } from '../moves/leftovers';
import { whenPossible } from '../outcomes/when-possible';
import type { Run } from '../run/run';
import type { CallingTarget } from './api';

/**
 * Removes numbers that are no longer declared from a location that stays. (Before a location is deleted, its numbers go
 * with its calling: remove-calling.ts.) Two kinds of numbers stay for now, and are recorded for the next update:
 *   - one that is assigned: its user is updated only after this location, so failing here would never end. Where that
 *     user gives it up in this run, it is removed then,
 *   - one that wasn't in the state, so that preview couldn't show its removal.
 * @param recorded the numbers that are in the state
 * @returns the numbers that stay
 */
export async function removeNumbers(
  run: Run,
  target: CallingTarget,
  numbers: readonly string[],
  recorded: readonly string[],
): Promise<string[]> {
  const unrecorded = numbers.filter((number) => !recorded.includes(number));
  if (unrecorded.length > 0) {
    run.warn(
      `location "${target.name}" has numbers that aren't declared: ${unrecorded.join(', ')}. The next update removes them`,
    );
  }
  const assigned = await removeUnassigned(
    run,
    target,
    numbers.filter((number) => recorded.includes(number)),
  );
  return [...assigned, ...unrecorded];
}

/** @returns the numbers that are assigned, and so stay */
async function removeUnassigned(run: Run, target: CallingTarget, numbers: readonly string[]): Promise<string[]> {
  const { orgId, locationId, name, seconds } = target;
  if (numbers.length === 0) return [];
  const { webex, warn } = run;
  const list = async () => {
    const listed = await webex.numbers.list({ orgId, locationId });
    const present = new Set(listed.map(({ phoneNumber }) => phoneNumber));
    const assigned = new Set(listed.filter(({ owner }) => owner?.id).map(({ phoneNumber }) => phoneNumber));
    const free = numbers.filter((number) => present.has(number) && !assigned.has(number));
    return { listed, assigned, free };
  };
  let { listed, assigned, free } = await list();
  // One that isn't there (any more) is refused, and with it those of the same request: the list decides.
  const removeFree = async () => {
    while (free.length > 0) {
      try {
        return await webex.numbers.remove(orgId, locationId, free);
      } catch (error) {
        if (!(error instanceof WebexApiError)) throw error;
        const left = free.length;
        ({ listed, assigned, free } = await list());
        if (free.length >= left) throw error;
      }
    }
  };
  // A number that its user has just given back answers 502 for a while.
  const isTemporary = ({ status }: WebexApiError) => status === 502;
  await whenPossible({ what: `Removing numbers of location "${name}"`, seconds, isTemporary }, warn, removeFree);
  const kept = numbers.filter((number) => assigned.has(number));
  if (kept.length > 0) {
    warn(
      `location "${name}": ${kept.join(', ')} still assigned, so not removed yet: it goes when its user gives it up, in this run or the next`,
    );
    const owners = listed.filter(({ phoneNumber }) => phoneNumber !== undefined && kept.includes(phoneNumber));
    Leftovers.of(run).add({
      what: `location "${name}": ${kept.join(', ')}`,
      users: owners.flatMap(({ owner }) => (owner?.id ? [owner.id] : [])),
      finish: async () => void (await removeUnassigned(run, target, kept)),
    });
  }
  return kept;
}
