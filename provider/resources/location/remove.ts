import { mainNumberOf } from '../calling/bring-numbers';
import { removeCalling } from '../calling/remove-calling';
import { Leftovers } from '../moves/leftovers';
import { isConflict, isRefusal, orGone } from '../outcomes/errors';
import { whenPossible } from '../outcomes/when-possible';
import type { Run } from '../run/run';
import type { LocationState } from './schema';
import { TIMEOUTS } from './timeouts';

/** Deletes the location. Webex refuses that while it has calling, which is removed before, with the phone numbers. */
export async function remove(run: Run, id: string, state: LocationState): Promise<void> {
  const { orgId, name, timeouts } = state;
  const { calling } = run.webex;
  const seconds = timeouts?.delete ?? TIMEOUTS.delete;
  const withoutCalling = async () => {
    await removeCalling(run, orgId, id, name, seconds);
    await Leftovers.of(run).released([mainNumberOf(id)]);
  };
  const hasCalling = async () => (await orGone(calling.get(orgId, id))) !== undefined;
  if (state.calling?.enabled === true) {
    if (await hasCalling()) await withoutCalling();
    await deleteLocation(run, orgId, id, name, seconds);
    return;
  }
  try {
    await orGone(run.webex.locations.remove(orgId, id));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    // Calling may have been enabled outside of Pulumi.
    if (await hasCalling()) await withoutCalling();
    else if (!isConflict(error)) throw error;
    await deleteLocation(run, orgId, id, name, seconds);
  }
}

/**
 * Deletes a location without calling. After calling was disabled Webex calls the location referenced for a while: seen
 * for 90 seconds to hours, while its own deletion check says that nothing blocks.
 */
export async function deleteLocation(
  run: Run,
  orgId: string,
  id: string,
  name: string,
  seconds: number,
): Promise<void> {
  const wait = { what: `Deleting location "${name}"`, seconds, isTemporary: isConflict };
  await whenPossible(wait, run.warn, () => orGone(run.webex.locations.remove(orgId, id)));
}
