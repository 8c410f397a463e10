import { UNKNOWN } from '../../lifecycle';
import type { Person } from '../../webex';
import { isSameId } from '../../webex/ids';
import { isSameText } from '../inputs/spelling';
import { hasAddress } from '../lookups/users';
import { type Declared, Program } from '../program/program';
import type { Run } from '../run/run';
import { recordedUsers, text } from './recorded-users';

/** What a user's declaration says of its line. */
export interface DeclaredLine {
  readonly locationId?: string;
  readonly extension?: string;
  readonly phoneNumber?: string;
  /** The stack has the user, the program no longer does: this run removes it, perhaps after all that it creates. */
  readonly leaves?: true;
}

/** What the program of this run declares of the line of the user with this address; undefined for any other user. */
export function declaredLine(run: Run, emails: readonly string[]): DeclaredLine | undefined {
  const found = Program.of(run).find('user', ({ email = '' }) => hasAddress({ emails }, String(email)));
  if (found === undefined) return undefined;
  const { locationId, extension, phoneNumber } = found;
  return { locationId: text(locationId), extension: text(extension), phoneNumber: digits(text(phoneNumber)) };
}

/**
 * The same of the person with this ID, and of one that leaves.
 * @see DeclaredLine.leaves
 */
export async function declaredLineOf(run: Run, { id, emails }: Person): Promise<DeclaredLine | undefined> {
  const declared = declaredLine(run, emails);
  if (declared !== undefined) return declared;
  const recorded = (await recordedUsers(run)).find(({ personId }) => isSameId(personId, id));
  if (recorded === undefined || recorded.isKept) return undefined;
  const own = Program.of(run).all('user').get(recorded.urn);
  const isDeclared = (own && !isOfAnother(recorded.state, own)) || run.claims.isClaimed('user', recorded.id);
  return isDeclared ? undefined : { leaves: true };
}

/** Whether a resource is declared for another person than it was: it is replaced, unless diff has claimed the user. */
function isOfAnother({ email: before }: Declared, { email: now }: Declared): boolean {
  const [was, is] = [text(before), text(now)];
  return was !== undefined && is !== undefined && is !== UNKNOWN && !isSameText(is, was, 'email');
}

/** Every extension that the program declares: none of them may be taken in the meantime. */
export function isDeclaredExtension(run: Run, extension: string): boolean {
  return Program.of(run).find('user', (inputs) => inputs.extension === extension) !== undefined;
}

function digits(number: string | undefined): string | undefined {
  return number?.replace(/[^+\d]/g, '');
}
