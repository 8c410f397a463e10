import type { UserMove } from '../../webex';
import type { DeclaredLine } from './declared-lines';

type Line = Pick<DeclaredLine, 'extension' | 'phoneNumber'>;

/**
 * A user's part of a move. A number that stays the same is left out, because only then it moves along.
 * @param before what was declared
 * @param real the number that the user has
 */
export function moveOf(
  userId: string,
  before: Line,
  { extension, phoneNumber }: Line,
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
