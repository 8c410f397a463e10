import { hasCalling } from '../../packages';
import type { UserMove } from '../../webex';
import { organizationOf } from '../lookups/organizations';
import { Lines, type WantedLine } from '../moves/lines';
import { UserMoves } from '../moves/user-moves';
import type { Run } from '../run/run';
import { workNumber } from './api';
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
  const person = await run.webex.people.get(personId);
  if (locationId === undefined || person.locationId === locationId) return { locationId: person.locationId };
  const move = moveOf(personId, state, inputs, workNumber(person));
  const orgId = await organizationOf(run, inputs);
  await Lines.of(run).assign(lineOf(personId, inputs), () =>
    UserMoves.of(run).move(orgId, locationId, inputs.email, move),
  );
  const { extension, phoneNumber } = inputs;
  return { locationId, extension, phoneNumber };
}

/** A user's part of a move. A number that stays the same is left out, because only then it moves along. */
export function moveOf(
  userId: string,
  before: Pick<UserInputs, 'extension' | 'phoneNumber'>,
  { extension, phoneNumber }: UserInputs,
  real: string | undefined,
): UserMove {
  const number = phoneNumber ?? (before.phoneNumber === undefined ? undefined : '');
  return {
    userId,
    // Also where it stays the same: Webex takes one that is left out away in silence where the other location has it.
    ...((extension !== undefined || before.extension !== undefined) && { extension: extension ?? '' }),
    ...(number !== undefined && number !== real && { phoneNumber: number }),
  };
}

/** The declared line of a user, for an exchange with others. */
export function lineOf(personId: string | undefined, inputs: UserInputs): WantedLine {
  const { customerId, onBehalfOfSubPartnerOrgId, locationId, extension, phoneNumber } = inputs;
  return { customerId, onBehalfOfSubPartnerOrgId, locationId, personId, extension, phoneNumber };
}
