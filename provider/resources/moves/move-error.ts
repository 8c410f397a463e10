import { tracking } from '../../webex';
import { DeclarationError } from '../outcomes/errors';

/** Codes of webex-move-users.openapi.json that are about the extension: it is taken at the location. */
const OF_EXTENSION = /^4202$/;
/**
 * Those about the number: it isn't free at the location (27966), is no E.164 number or can't be moved (1026017,
 * 1026015), or has a reason to stay (10030000 and following), such as being the main number of its location.
 */
const OF_NUMBER = /^(27966|1026015|1026017|100300\d\d)$/;

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
  const isAbout = (pattern: RegExp) => codes.some((code) => pattern.test(String(code)));
  if (isAbout(OF_EXTENSION)) return 'extension';
  return isAbout(OF_NUMBER) ? 'phoneNumber' : 'locationId';
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
