import type { CheckFailure } from '../../lifecycle';
import { WebexApiError, WebexError } from '../../webex';

/** Something in the declaration that must change, found only by a request to Webex. */
export class DeclarationError extends Error {
  override readonly name = 'DeclarationError';
  constructor(
    readonly property: string,
    readonly reason: string,
  ) {
    super(`${property}: ${reason}`);
  }
}

/** Failures, with a {@link DeclarationError} as one of them. */
export async function asFailures(failures: Promise<CheckFailure[]>): Promise<CheckFailure[]> {
  try {
    return await failures;
  } catch (error) {
    if (error instanceof DeclarationError) return [{ property: error.property, reason: error.reason }];
    throw error;
  }
}

/** Whether an operation was refused: nothing was done, and the same declaration will be refused again. */
export function isRefusal(error: unknown): boolean {
  if (error instanceof DeclarationError) return true;
  return (
    error instanceof WebexApiError &&
    error.status < 500 &&
    ![401, 423, 429].includes(error.status) &&
    !error.outcomeUnknown
  );
}

/**
 * Whether the object of a failed create may exist: it existed before, or the create succeeded and its answer was
 * lost.
 */
export function mayExist(error: unknown): boolean {
  return isOutcomeUnknown(error) || (error instanceof WebexApiError && (error.status === 400 || error.status === 409));
}

/** Whether something else stands in the way of an operation, for now or until it is changed. */
export function isConflict(error: unknown): error is WebexApiError {
  return error instanceof WebexApiError && error.isConflict;
}

/** Whether Webex has the object, or may have it, and shows it to others only. */
export function isForbidden(error: unknown): boolean {
  return error instanceof WebexApiError && error.status === 403;
}

/** Whether Webex doesn't find what was asked for or changed. */
export function isNotFound(error: unknown): boolean {
  return error instanceof WebexApiError && error.isNotFound;
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
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** Message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
