import { hasCalling } from '../../packages';
import type { UserMove } from '../../webex';
import { Program } from '../program/program';
import type { Run } from '../run/run';
import { recordedUsers, text } from './recorded-users';
import { moveOf } from './user-move';

/** Where users go. */
export interface Target {
  readonly orgId: string;
  readonly customerId: string;
  readonly locationId: string;
}

/** A user that this run will move. */
export interface Mover {
  readonly email: string;
  readonly user: UserMove;
}

/**
 * Users that the program declares at a location and that the stack recorded at another one: Pulumi updates few of them
 * at a time (`--parallel`), and all of them fit into few jobs. A user that is new, that has something secret, or whose
 * package brings no calling before or after the change, is not among them.
 */
export async function moversTo(run: Run, { customerId, locationId }: Target): Promise<Mover[]> {
  const declared = () =>
    [...Program.of(run).all('user')].filter(
      ([, inputs]) => inputs.customerId === customerId && inputs.locationId === locationId,
    );
  // One is the user that is moved anyway.
  if (declared().length <= 1) return [];
  const recorded = new Map((await recordedUsers(run)).map((user) => [user.urn, user]));
  return declared().flatMap(([urn, inputs]) => {
    const user = recorded.get(urn);
    if (user === undefined || !isCalling(inputs) || !isCalling(user.state)) return [];
    const { locationId: from, extension, phoneNumber } = user.state;
    const isPlain = [extension, phoneNumber].every((value) => value === undefined || text(value) !== undefined);
    if (!isPlain || text(from) === undefined || from === locationId) return [];
    const before = lineOf(user.state);
    const move = moveOf(user.personId, before, lineOf(inputs), before.phoneNumber);
    return [{ email: String(inputs.email), user: move }];
  });
}

function isCalling({ package: name }: Readonly<Record<string, unknown>>): boolean {
  return hasCalling(text(name) ?? '');
}

function lineOf({ extension, phoneNumber }: Readonly<Record<string, unknown>>) {
  return { extension: text(extension), phoneNumber: text(phoneNumber) };
}
