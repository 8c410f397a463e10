import type { Difference, Lifecycle } from '../../lifecycle';
import { disableCalling } from '../calling/disable';
import { INTEGRATED_REASON } from '../calling/schema';
import { isIntegrated } from '../calling/target';
import { changedKeys, differs, same } from '../inputs/compare';
import { followsCustomer } from '../outcomes/lifecycle-helpers';
import { isRefusal, orGone } from '../outcomes/refusals';
import { hold, isHeld, noteChange, refuseForcedReplacement, release } from '../run/ownership';
import { session } from '../run/session';
import { forgetSnapshots } from '../run/snapshot';
import { warn } from '../run/warnings';
import { LOCATION_SECONDS } from './backend';
import { check } from './check';
import { create } from './create';
import { read } from './read';
import { IMMUTABLE_KEYS, INPUT_KEYS, type LocationInputs, type LocationState } from './schema';
import { update } from './update';

/** Handlers of a location. */
export const location: Lifecycle<LocationInputs, LocationState> = {
  derived: { pstnConnectionType: ['calling'] },
  configure: (config, warn) => session.configure(config, warn),
  check,
  diff: async (id, state, inputs) => {
    const found = difference(state, inputs);
    (found.replaces ? release : hold)('location', id);
    if (found.changes) noteChange('location', id);
    return found;
  },
  create,
  read,
  update,
  delete: remove,
};

function difference(state: LocationState, inputs: LocationInputs): Difference {
  const changed: string[] = changedKeys(INPUT_KEYS, state, inputs);
  if (followsCustomer(`location "${state.name}"`, state, inputs)) changed.push('customerId');
  const replaces = changed.filter((key) => (IMMUTABLE_KEYS as readonly string[]).includes(key));
  if (replaces.length > 0 && inputs.allowReplacement === true) return { changes: true, replaces };
  refuseNumbersOnIntegrated(state, inputs);
  return { changes: changed.length > 0 };
}

/** The type of a connection is known once it is set; from then on preview can tell. */
function refuseNumbersOnIntegrated(state: LocationState, { calling, name }: LocationInputs): void {
  const unchanged = same(calling?.pstn, state.calling?.pstn);
  const newNumbers =
    differs(state.calling?.phoneNumbers, calling?.phoneNumbers) && (calling?.phoneNumbers ?? []).length > 0;
  if (unchanged && newNumbers && isIntegrated(state.pstnConnectionType)) {
    throw new Error(`location "${name}": calling.phoneNumbers: ${INTEGRATED_REASON}`);
  }
}

/** Deletes the location. Where it has calling, which Webex refuses to delete, that is disabled before (a job). */
async function remove(id: string, state: LocationState): Promise<void> {
  if (isHeld('location', id)) {
    warn(`location "${state.name}" is kept: another resource of this program has it now`);
    return;
  }
  refuseForcedReplacement('location', `${state.customerId}/${state.name}`, `location "${state.name}"`, state);
  forgetSnapshots();
  const { orgId, name } = state;
  const deleteIt = () => orGone(session.webex.locations.remove(orgId, id));
  const disable = () => disableCalling(orgId, id, name, state.timeouts?.delete ?? LOCATION_SECONDS);
  const hasCalling = async () => (await orGone(session.webex.calling.get(orgId, id))) !== undefined;
  if (state.calling?.enabled === true) {
    if (await hasCalling()) await disable();
    await deleteIt();
    return;
  }
  try {
    await deleteIt();
  } catch (error) {
    // Somebody else may have enabled it.
    if (!isRefusal(error) || !(await hasCalling())) throw error;
    await disable();
    await deleteIt();
  }
}
