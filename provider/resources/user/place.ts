import { hasCalling } from '../../packages';
import { isSameId } from '../../webex/ids';
import { organizationOf } from '../lookups/organizations';
import { Lines, type WantedLine } from '../moves/lines';
import { moveOf } from '../moves/user-move';
import { UserMoves } from '../moves/user-moves';
import { isRefusal } from '../outcomes/errors';
import type { Run } from '../run/run';
import { workNumber } from './api';
import { freeMainNumber } from './free-main-number';
import type { UserInputs, UserState } from './schema';

/**
 * Brings a calling user to the declared location, by Webex's job that moves users. Extension and number are those that
 * are declared; what isn't managed moves along, as far as Webex can.
 *
 * Where no location is declared, the user stays where it is.
 * @returns what is true of the user after it, to be recorded
 */
export async function place(
  run: Run,
  personId: string,
  state: UserState,
  inputs: UserInputs,
): Promise<Partial<UserState>> {
  const { locationId } = inputs;
  const isKnown = state.locationId !== undefined && (locationId === undefined || state.locationId === locationId);
  if (isKnown || !hasCalling(inputs.package)) return {};
  const { customerId, extension, phoneNumber } = inputs;
  const moves = UserMoves.of(run);
  if (locationId !== undefined && (await moves.hasMoved(personId, locationId)))
    return { locationId, extension, phoneNumber };
  const person = await run.webex.people.get(personId);
  if (locationId === undefined || isSameId(person.locationId, locationId)) return { locationId: person.locationId };
  const move = moveOf(personId, state, inputs, workNumber(person));
  const orgId = await organizationOf(run, inputs);
  const target = { orgId, customerId, locationId };
  await Lines.of(run).assign(lineOf(personId, inputs), async () => {
    try {
      await moves.move(target, inputs.email, move);
    } catch (error) {
      // The location that the user leaves may not be updated yet, and the number its main number.
      const isFreed = isRefusal(error) && phoneNumber !== undefined && (await freeMainNumber(run, orgId, phoneNumber));
      if (!isFreed) throw error;
      await moves.move(target, inputs.email, move);
    }
  });
  return { locationId, extension, phoneNumber };
}

/** The declared line of a user, for an exchange with others. */
export function lineOf(personId: string | undefined, inputs: UserInputs): WantedLine {
  const { customerId, onBehalfOfSubPartnerOrgId, locationId, extension, phoneNumber } = inputs;
  return { customerId, onBehalfOfSubPartnerOrgId, locationId, personId, extension, phoneNumber };
}
