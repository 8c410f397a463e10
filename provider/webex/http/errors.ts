/**
 * Everything that can go wrong between this package and Webex. Messages are for a person who reads them in a
 * terminal: they name operation and reason, and never hold a token or a secret.
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

/** The credentials in the environment are missing, incomplete, unreadable or refused; the message says what to set. */
export class CredentialError extends WebexError {}

/**
 * A setting of the client cannot be used: no URL, plain http to another host than loopback, or a host that
 * configuration may not name.
 */
export class ConfigurationError extends WebexError {}

/** What a {@link WebexApiError} is made of. */
export interface ApiErrorFields {
  status: number;
  method: string;
  path: string;
  code?: number | string;
  description: string;
  trackingId?: string;
  errors?: ErrorDetail[];
  headerCodes?: string[];
  outcomeUnknown?: boolean;
}

/** "Location is being referenced": DELETE /locations answers it for a while after everything in it was removed. */
const REFERENCED = 50003;

/**
 * Webex answered with an error status (or a precheck that says no).
 *
 * @example
 * if (error instanceof WebexApiError && error.isNotFound) return undefined; // Webex itself says that it isn't there
 */
export class WebexApiError extends WebexError {
  readonly status: number;
  readonly method: string;
  /** Path without base URL and query, e.g. `/wholesale/customers/ID`. */
  readonly path: string;
  /** Cisco's error code, where the answer holds one. */
  readonly code?: number | string;
  readonly description: string;
  /** What Cisco's support asks for. */
  readonly trackingId?: string;
  readonly errors: ErrorDetail[];
  /** Codes of the header `cisco-spark-error-codes`, which some 502 carry instead of a body. */
  readonly headerCodes: string[];
  /** True when the write may have taken effect: it (or an earlier try of it) got a 5xx answer or none at all. */
  readonly outcomeUnknown: boolean;

  constructor(fields: ApiErrorFields) {
    const code = fields.code === undefined ? '' : `error ${fields.code}: `;
    const tracking = fields.trackingId ? ` (trackingId ${fields.trackingId})` : '';
    super(`${fields.method} ${fields.path}: Webex answered ${fields.status}: ${code}${fields.description}${tracking}`);
    this.status = fields.status;
    this.method = fields.method;
    this.path = fields.path;
    this.code = fields.code;
    this.description = fields.description;
    this.trackingId = fields.trackingId;
    this.errors = fields.errors ?? [];
    this.headerCodes = fields.headerCodes ?? [];
    this.outcomeUnknown = fields.outcomeUnknown ?? false;
  }

  /**
   * The object does not exist. This is proved: the answer has Webex's shape, and the server has given a valid answer
   * of the API in this process. A 404 without such proof is a {@link DoubtfulAnswerError}.
   */
  get isNotFound(): boolean {
    return this.status === 404;
  }

  get isConflict(): boolean {
    return this.status === 409;
  }

  /** The object cannot be deleted because others still refer to it (code 50003). Time often mends this. */
  get isReferenced(): boolean {
    return this.isConflict && this.hasCode(REFERENCED);
  }

  /** Whether Cisco's error code is anywhere in the answer: at its top, in its list of errors, or in its headers. */
  hasCode(code: number | string): boolean {
    const all = [this.code, ...this.errors.map((entry) => entry.code), ...this.headerCodes];
    return all.some((found) => found !== undefined && String(found) === String(code));
  }
}

/** No answer: refused, not resolved, reset, timed out, or a certificate that can't be trusted. */
export class WebexUnreachableError extends WebexError {
  /** True when a write may have arrived: the connection broke or time ran out after it was sent. */
  readonly outcomeUnknown: boolean;

  constructor(message: string, outcomeUnknown: boolean) {
    super(message);
    this.outcomeUnknown = outcomeUnknown;
  }
}

/** An answer that can't be understood: no JSON, wrong types, missing fields, too large, a redirect. */
export class WebexResponseError extends WebexError {
  readonly method: string;
  readonly path: string;
  /** What is wrong with the answer, without advice. */
  readonly problem: string;
  /** What Cisco's support asks for, where the answer has one. */
  readonly trackingId?: string;
  /** True for a write: it was probably done, only its answer is of no use. */
  readonly outcomeUnknown: boolean;

  constructor(
    method: string,
    path: string,
    problem: string,
    more: { outcomeUnknown: boolean; trackingId?: string | undefined; advice?: string },
  ) {
    const tracking = more.trackingId ? ` (trackingId ${more.trackingId})` : '';
    const advice = more.advice ? `. ${more.advice}` : '';
    super(`${method} ${path}: the answer can't be understood: ${problem}${tracking}${advice}`);
    this.method = method;
    this.path = path;
    this.problem = problem;
    this.trackingId = more.trackingId;
    this.outcomeUnknown = more.outcomeUnknown;
  }
}

/**
 * An answer that cannot be Webex's word about an object: a page instead of JSON, a redirect, a 404 in another shape, or
 * a 404 from a server that has given no valid answer of the API yet. A wrong base URL, a login page or a proxy without
 * a route answers like this. The message says what to check.
 */
export class DoubtfulAnswerError extends WebexResponseError {}

/**
 * Webex answered, and left out a part that the caller needs, such as a person's calling data (`errors` in the person).
 */
export class NotToldError extends WebexError {}
