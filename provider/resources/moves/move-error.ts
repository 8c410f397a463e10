import { tracking } from '../../webex';
import { DeclarationError } from '../outcomes/errors';

/** Codes of webex-move-users.openapi.json: the extension is taken at the location; the number isn't free there. */
const EXTENSION_TAKEN = 4202;
const NUMBER_NOT_FREE = 27966;

/** Webex could not move a user. */
export class MoveRefusedError extends DeclarationError {
  constructor(
    property: string,
    reason: string,
    readonly codes: readonly string[],
  ) {
    super(property, reason);
  }
}

/** What a finding of a job or of a validation is about, as a failure. */
export function propertyOf(codes: readonly (string | number | undefined)[]): string {
  if (codes.some((code) => String(code) === String(EXTENSION_TAKEN))) return 'extension';
  return codes.some((code) => String(code) === String(NUMBER_NOT_FREE)) ? 'phoneNumber' : 'locationId';
}

/** The reasons of a job for one user. */
export function moveError(
  email: string,
  reasons: readonly { code?: string | number | undefined; description?: string | undefined }[],
  trackingId: string | undefined,
): MoveRefusedError {
  const text = reasons.map(({ code, description }) => description ?? `error ${code}`).join('; ');
  const codes = reasons.map(({ code }) => String(code));
  const why = text || 'the job ended without it, and names no reason';
  return new MoveRefusedError(
    propertyOf(codes),
    `Webex did not move user ${email}: ${why}${tracking({ trackingId })}`,
    codes,
  );
}
