import { userPackages } from '../../packages';
import { noteRemoved } from '../administrators/packages-held';
import { Leftovers } from '../moves/leftovers';
import { isRefusal, orGone } from '../outcomes/errors';
import type { Run } from '../run/run';
import type { UserState } from './schema';

/**
 * Removes the mapping and, with `removal: "delete"`, the person. The person first: a refresh looks for the mapping,
 * so a run that is killed in between leaves the user in the state. *Assumption*: Webex deletes a person that still
 * has a mapping; where it refuses, the mapping goes first.
 */
export async function remove(run: Run, id: string, state: UserState): Promise<void> {
  const { webex } = run;
  const { onBehalfOfSubPartnerOrgId: onBehalfOf } = state;
  const personId = state.personId ?? (await orGone(webex.subscribers.get(id, onBehalfOf)))?.personId;
  const removePerson = async () => {
    if (state.removal === 'delete' && personId !== undefined) await orGone(webex.people.remove(personId));
  };
  const refused = await removePerson().then(
    () => false,
    (error: unknown) => {
      if (!isRefusal(error)) throw error;
      return true;
    },
  );
  await orGone(webex.subscribers.remove(id, onBehalfOf));
  if (refused) await removePerson();
  if (personId !== undefined) noteRemoved(run, personId, userPackages(state.package, state.attendantConsole));
  await Leftovers.of(run).released([id, personId]);
}
