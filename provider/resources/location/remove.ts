import { removeCalling } from '../calling/remove-calling';
import { isRefusal, orGone } from '../outcomes/errors';
import type { Run } from '../run/run';
import { TIMEOUTS } from './args';
import type { LocationState } from './schema';

/** Deletes the location. Webex refuses that while it has calling, which is removed before, with the phone numbers. */
export async function remove(run: Run, id: string, state: LocationState): Promise<void> {
  const { orgId, name, timeouts } = state;
  const { locations, calling } = run.webex;
  const deleteLocation = () => orGone(locations.remove(orgId, id));
  const withoutCalling = () => removeCalling(run, orgId, id, name, timeouts?.delete ?? TIMEOUTS.delete);
  const hasCalling = async () => (await orGone(calling.get(orgId, id))) !== undefined;
  if (state.calling?.enabled === true) {
    if (await hasCalling()) await withoutCalling();
    await deleteLocation();
    return;
  }
  try {
    await deleteLocation();
  } catch (error) {
    // Calling may have been enabled outside of Pulumi.
    if (!isRefusal(error) || !(await hasCalling())) throw error;
    await withoutCalling();
    await deleteLocation();
  }
}
