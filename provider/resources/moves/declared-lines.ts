import { Program } from '../program/program';
import type { Run } from '../run/run';

/** What a user's declaration says of its line. */
export interface DeclaredLine {
  readonly locationId?: string;
  readonly extension?: string;
  readonly phoneNumber?: string;
}

/** What the program of this run declares of the line of the user with this address; undefined for any other user. */
export function declaredLine(run: Run, emails: readonly string[]): DeclaredLine | undefined {
  const wanted = emails.map((email) => email.toLowerCase());
  const found = Program.of(run).find('user', ({ email }) => wanted.includes(text(email)?.toLowerCase() ?? ''));
  if (found === undefined) return undefined;
  const { locationId, extension, phoneNumber } = found;
  return { locationId: text(locationId), extension: text(extension), phoneNumber: digits(text(phoneNumber)) };
}

/** Every extension that the program declares: none of them may be taken in the meantime. */
export function isDeclaredExtension(run: Run, extension: string): boolean {
  return Program.of(run).find('user', (inputs) => inputs.extension === extension) !== undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function digits(number: string | undefined): string | undefined {
  return number?.replace(/[^+\d]/g, '');
}
