import type { Difference, Lifecycle } from '../../lifecycle';
import { hasCalling } from '../../packages';
import { changedKeys } from '../inputs/compare';
import { followsCustomer } from '../outcomes/lifecycle-helpers';
import { isRefusal, orGone } from '../outcomes/refusals';
import { hold, isHeld, refuseForcedReplacement, release } from '../run/ownership';
import { session } from '../run/session';
import { forgetSnapshots } from '../run/snapshot';
import { warn } from '../run/warnings';
import { check } from './check';
import { create } from './create';
import { read } from './read';
import { IMMUTABLE_KEYS, INPUT_KEYS, isPending, PERSON_KEYS, type UserInputs, type UserState } from './schema';
import { update } from './update';

/** Handlers of a user. */
export const user: Lifecycle<UserInputs, UserState> = {
  derived: { previous: ['package', 'attendantConsole', 'roles'] },
  configure: (config, warn) => session.configure(config, warn),
  check,
  diff: async (id, state, inputs) => {
    const found = difference(state, inputs);
    (found.replaces ? release : hold)('user', id);
    return found;
  },
  create,
  read,
  update,
  delete: remove,
};

function difference(state: UserState, inputs: UserInputs): Difference {
  const waiting: readonly string[] = isPending(state) ? PERSON_KEYS : [];
  const changed: string[] = changedKeys(INPUT_KEYS, state, inputs).filter((key) => !waiting.includes(key));
  if (followsCustomer(`user ${state.email}`, state, inputs)) changed.push('customerId');
  const replaces = changed.filter((key) => (IMMUTABLE_KEYS as readonly string[]).includes(key));
  const moved = changed.includes('locationId') && inputs.locationId !== undefined;
  if (moved && hasCalling(state.package) && hasCalling(inputs.package)) replaces.push('locationId');
  if (replaces.length > 0 && inputs.allowReplacement === true) return { changes: true, replaces };
  return { changes: changed.length > 0 };
}

/**
 * Removes the mapping and, with `removal: "delete"`, the person. The person first: the mapping is what a refresh looks
 * for, so that a run which is killed in between is not forgotten while the person is still there. *Assumption*: Webex
 * lets a person go who is still mapped; where it refuses, the mapping goes first.
 */
async function remove(id: string, state: UserState): Promise<void> {
  if (isHeld('user', id)) {
    warn(`user ${state.email} is kept: another resource of this program has it now`);
    return;
  }
  refuseForcedReplacement('user', state.email.toLowerCase(), `user ${state.email}`, state);
  const behalf = state.onBehalfOfSubPartnerOrgId;
  forgetSnapshots();
  const personId = state.personId ?? (await orGone(session.webex.subscribers.get(id, behalf)))?.personId;
  const removePerson = async () => {
    if (state.removal === 'delete' && personId !== undefined) await orGone(session.webex.people.remove(personId));
  };
  const refused = await removePerson().then(
    () => false,
    (error: unknown) => {
      if (!isRefusal(error)) throw error;
      return true;
    },
  );
  await orGone(session.webex.subscribers.remove(id, behalf));
  if (refused) await removePerson();
}
