import { updateCalling } from '../calling/api';
import { applyCalling } from '../calling/apply';
import { readCalling } from '../calling/read';
import { removeCallingWhenEmpty } from '../calling/remove-calling';
import type { Calling } from '../calling/schema';
import { inSteps } from '../define/steps';
import { changedKeys, differs, same } from '../inputs/compare';
import { all, pick } from '../inputs/keys';
import { NewCustomers } from '../lookups/new-customers';
import type { Run } from '../run/run';
import { CHANGED_BY_PUT, callingTarget, changeBody } from './api';
import { INPUT_KEYS, type LocationInputs, type LocationState } from './schema';
import { TIMEOUTS } from './timeouts';

/** Brings an existing location to the declaration. */
export async function update(
  run: Run,
  id: string,
  state: LocationState,
  inputs: LocationInputs,
): Promise<LocationState> {
  return inSteps(id, state, false, async (record, current) => {
    const before = await callingBefore(run, id, state, inputs);
    // First: an adoption for which Webex returned no announcement language must not be recorded without it after a
    // failure.
    if (before?.enabled && changedKeys(['announcementLanguage'], state, inputs).length > 0) {
      const { announcementLanguage } = inputs;
      const target = { orgId: state.orgId, locationId: id, path: 'announcementLanguage' };
      await updateCalling(run, target, { announcementLanguage });
      record({ announcementLanguage });
    }
    const changed = pick(inputs, changedKeys(CHANGED_BY_PUT, state, inputs));
    if (Object.keys(changed).length > 0) {
      await run.webex.locations.update(state.orgId, id, changeBody(changed));
      record(changed);
    }
    await updateLocationCalling(run, id, state, inputs, before, record);
    record({ ...all(inputs, INPUT_KEYS), calling: current().calling });
  });
}

/**
 * Calling before the update, where it is declared. It is read from Webex where the state doesn't have it as enabled:
 * after a failure, an adoption, or a run that was killed.
 */
async function callingBefore(
  run: Run,
  id: string,
  { orgId, calling: recorded }: LocationState,
  { calling: wanted }: LocationInputs,
): Promise<Calling | undefined> {
  if (!wanted?.enabled) return undefined;
  return recorded?.enabled ? recorded : (await readCalling(run, orgId, id, wanted, 'full')).calling;
}

async function updateLocationCalling(
  run: Run,
  id: string,
  { orgId, calling: recorded }: LocationState,
  inputs: LocationInputs,
  before: Calling | undefined,
  record: (part: Partial<LocationState>) => void,
): Promise<void> {
  const { calling: wanted, announcementLanguage } = inputs;
  const seconds = inputs.timeouts?.update ?? TIMEOUTS.update;
  if (wanted === undefined || before === undefined) {
    const isGone = !recorded?.enabled || (await removeCallingWhenEmpty(run, orgId, id, inputs.name, seconds));
    record({ calling: isGone ? wanted : recorded, announcementLanguage });
    return;
  }
  // An earlier run that was killed may have made all of the changes.
  if (!differs(before, wanted)) return record({ calling: before });
  NewCustomers.of(run).addCalling(orgId);
  await applyCalling(run, callingTarget(orgId, id, inputs, seconds), before, wanted, (calling) => {
    // The recorded type belongs to the recorded connection.
    record(same(calling.pstn, before.pstn) ? { calling } : { calling, pstnConnectionType: undefined });
  });
}
