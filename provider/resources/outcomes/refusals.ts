import { WebexApiError, WebexError } from '../../webex';

/** Something that the declaration must change, found only while talking to Webex. */
export class DeclarationError extends Error {
  override readonly name = 'DeclarationError';
  constructor(
    readonly property: string,
    readonly reason: string,
  ) {
    super(`${property}: ${reason}`);
  }
}

/**
 * Why an object isn't taken over with `adopt` of which an input differs that no operation changes: it can't be made what is
 * declared, and recording it as if it were would hide that for ever.
 * @param what such as `a location "Denver"`, and `differences` those of immutable inputs only
 */
export function immutableConflict(what: string, differences: readonly string[]): string {
  return (
    `${what} exists and differs in what Webex has no operation to change: ${differences.join('; ')}. Declare what it has, or ` +
    'delete it first'
  );
}

/** Webex (or we) said no, for good: asking again with the same declaration gives the same answer, and nothing was done. */
export function isRefusal(error: unknown): boolean {
  if (error instanceof DeclarationError) return true;
  return (
    error instanceof WebexApiError &&
    error.status < 500 &&
    ![401, 423, 429].includes(error.status) &&
    !error.outcomeUnknown
  );
}

/** Whether a create may have met an object that exists already, or may have succeeded without our knowing. */
export function mayExist(error: unknown): boolean {
  return isOutcomeUnknown(error) || (error instanceof WebexApiError && (error.status === 400 || error.status === 409));
}

/** Whether a write may have taken effect although it failed: its answer was lost, or was a 5xx. */
export function isOutcomeUnknown(error: unknown): boolean {
  return error instanceof WebexError && 'outcomeUnknown' in error && error.outcomeUnknown === true;
}

/** The value, or undefined for a 404. */
export async function orGone<T>(value: Promise<T>): Promise<T | undefined> {
  try {
    return await value;
  } catch (error) {
    if (error instanceof WebexApiError && error.isNotFound) return undefined;
    throw error;
  }
}

/** Message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
