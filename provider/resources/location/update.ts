import { applyCalling, readCalling } from '../calling/apply';
import { disableCalling } from '../calling/disable';
import { updateCalling } from '../calling/target';
import { toChangedLocationApi } from '../inputs/address';
import { changedKeys, differs, same } from '../inputs/compare';
import { inSteps } from '../outcomes/lifecycle-helpers';
import { hold } from '../run/ownership';
import { session } from '../run/session';
import { callingTarget, LOCATION_SECONDS } from './backend';
import { INPUT_KEYS, type LocationInputs, type LocationState } from './schema';

/** Brings an existing location to the declaration. */
export async function update(id: string, state: LocationState, inputs: LocationInputs): Promise<LocationState> {
  hold('location', id);
  const { orgId } = state;
  return inSteps(id, state, false, async (note, current) => {
    if (changedKeys(['name', 'timeZone', 'preferredLanguage', 'address'] as const, state, inputs).length > 0) {
      const { name, timeZone, preferredLanguage, address } = inputs;
      await session.webex.locations.update(orgId, id, {
        name,
        timeZone,
        preferredLanguage,
        address: toChangedLocationApi(address),
      });
      note({ name, timeZone, preferredLanguage, address });
    }
    await updateLocationCalling(id, current(), inputs, note);
    const { calling } = current();
    note({ ...Object.fromEntries(INPUT_KEYS.map((key) => [key, inputs[key]])), calling: inputs.calling && calling });
  });
}

async function updateLocationCalling(
  id: string,
  state: LocationState,
  inputs: LocationInputs,
  note: (part: Partial<LocationState>) => void,
): Promise<void> {
  const { orgId, calling: recorded } = state;
  const { calling: wanted, announcementLanguage } = inputs;
  if (wanted === undefined || !wanted.enabled) {
    if (recorded?.enabled) await disableCalling(orgId, id, inputs.name, inputs.timeouts?.update ?? LOCATION_SECONDS);
    note({ calling: wanted, announcementLanguage });
    return;
  }
  // Not recorded as enabled, as after a failure, a takeover or a run that was killed: the truth is in Webex.
  const before = recorded?.enabled ? recorded : (await readCalling(orgId, id, wanted, 'full')).calling;
  if (before.enabled && state.announcementLanguage !== announcementLanguage) {
    await updateCalling({ orgId, locationId: id, path: 'announcementLanguage' }, { announcementLanguage });
    note({ announcementLanguage });
  }
  if (!differs(before, wanted)) return;
  await applyCalling(callingTarget(orgId, id, inputs), before, wanted, (calling) => {
    // The type that is recorded belongs to the connection that is recorded.
    note(same(calling.pstn, before.pstn) ? { calling } : { calling, pstnConnectionType: undefined });
  });
}
