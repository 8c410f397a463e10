/**
 * The errors of the API client. Messages are read in a terminal: they name the operation and the reason, and never
 * contain a token or another secret.
 */

/** One entry of the list of errors in Cisco's error body; `code` is Cisco's `errorCode`. */
export interface ErrorDetail {
  code?: number | string;
  description: string;
  /** The phone number that the entry is about, where it names one (POST of numbers). */
  number?: string;
}

/** Base of every error of the API client. */
export class WebexError extends Error {
  constructor(message: string) {
    super(message);
    this.name = new.target.name;
  }
}

/** Credentials in the environment are missing, incomplete, unreadable or refused. The message says what to set. */
export class CredentialError extends WebexError {}

/**
 * A setting of the client can't be used, e.g. an invalid URL, plain http to a host other than loopback, or a host that
 * the configuration must not name.
 */
export class ConfigurationError extends WebexError {}

/** An operation in messages. The list of a template service has no path of its own. */
export function operationName(method: string, path: string): string {
  return path === '' ? `${method} at the base URL` : `${method} ${path}`;
}

/** Statuses that say that an object does not exist: Not Found, and Gone (RFC 9110, 15.5.11). */
export const GONE: readonly number[] = [404, 410];

/** The fields of a {@link WebexApiError}. */
export interface ApiErrorFields {
  status: number;
  method: string;
  path: string;
  code?: number | string;
  description: string;
  trackingId?: string;
  errors?: ErrorDetail[];
  outcomeUnknown?: boolean;
}

/**
 * Webex answered with an error status, or a precheck failed.
 *
 * @example
 * if (error instanceof WebexApiError && error.isNotFound) return undefined; // the object does not exist
 */
export class WebexApiError extends WebexError {
  readonly status: number;
  readonly method: string;
  /** Path without base URL and query, e.g. `/wholesale/customers/ID`. */
  readonly path: string;
  /** Cisco's error code, where the answer holds one. */
  readonly code?: number | string;
  readonly description: string;
  /** The ID of the request, for Cisco's support. */
  readonly trackingId?: string;
  readonly errors: ErrorDetail[];
  /** True when the write may have taken effect: it (or an earlier try of it) got a 5xx answer or none at all. */
  readonly outcomeUnknown: boolean;

  constructor(fields: ApiErrorFields) {
    const code = fields.code === undefined ? '' : `error ${fields.code}: `;
    super(
      `${operationName(fields.method, fields.path)}: Webex answered ${fields.status}: ${code}${fields.description}${tracking(fields)}`,
    );
    this.status = fields.status;
    this.method = fields.method;
    this.path = fields.path;
    this.code = fields.code;
    this.description = fields.description;
    this.trackingId = fields.trackingId;
    this.errors = fields.errors ?? [];
    this.outcomeUnknown = fields.outcomeUnknown ?? false;
  }

  /**
   * The object does not exist. This is proved: the answer has Webex's shape, and the server has given a valid answer
   * of the API in this process. A 404 or 410 without such proof is a {@link DoubtfulAnswerError}.
   */
  get isNotFound(): boolean {
    return GONE.includes(this.status);
  }

  get isConflict(): boolean {
    return this.status === 409;
  }
}

/** No answer came: connection refused, host not resolved, reset, timeout, or an untrusted certificate. */
export class WebexUnreachableError extends WebexError {
  /** True when a write may have arrived: the connection broke or time ran out after it was sent. */
  readonly outcomeUnknown: boolean;

  constructor(message: string, outcomeUnknown: boolean) {
    super(message);
    this.outcomeUnknown = outcomeUnknown;
  }
}

/** The answer can't be used: it is no JSON, has wrong types, lacks fields, is too large, or is a redirect. */
export class WebexResponseError extends WebexError {
  readonly method: string;
  readonly path: string;
  /** What is wrong with the answer, without advice. */
  readonly problem: string;
  /** The ID of the request for Cisco's support, where the answer has one. */
  readonly trackingId?: string;
  /** True for a write: it was probably done, although its answer can't be used. */
  readonly outcomeUnknown: boolean;

  constructor(
    method: string,
    path: string,
    problem: string,
    more: { outcomeUnknown: boolean; trackingId?: string | undefined; advice?: string },
  ) {
    const advice = more.advice ? `. ${more.advice}` : '';
    super(`${operationName(method, path)}: the answer can't be understood: ${problem}${tracking(more)}${advice}`);
    this.method = method;
    this.path = path;
    this.problem = problem;
    this.trackingId = more.trackingId;
    this.outcomeUnknown = more.outcomeUnknown;
  }
}

/**
 * The answer states no fact about an object of Webex: it is a page instead of JSON, a redirect, a 404 in another shape,
 * or a 404 from a server that has given no valid answer of the API yet. A wrong base URL, a login page or a proxy
 * without a route answers like this. The message says what to check.
 */
export class DoubtfulAnswerError extends WebexResponseError {}

/**
 * The answer of Webex lacks a part that the caller needs, such as a person's calling data (`errors` in the person).
 */
export class IncompleteAnswerError extends WebexError {}

/** What Cisco's support asks for, at the end of a message: ` (trackingId ID)`. Empty where the answer has none. */
export function tracking({ trackingId }: { readonly trackingId?: string | undefined }): string {
  return trackingId ? ` (trackingId ${trackingId})` : '';
}
