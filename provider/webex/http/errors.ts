/**
 * Everything that can go wrong between this package and Webex. Messages are for a person who reads them in a
 * terminal: they name operation and reason, and never hold a header, a token or a secret.
 */

/** One entry of the `errors` list of Cisco's error body; `code` is Cisco's `errorCode`. */
export interface ErrorDetail {
  code?: number | string;
  description: string;
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

/** A setting of the client cannot be used: no URL, or plain http to another host than loopback. */
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
  outcomeUnknown?: boolean;
}

/** Webex answered with an error status (or a precheck that says no). */
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
    this.outcomeUnknown = fields.outcomeUnknown ?? false;
  }

  get isNotFound(): boolean {
    return this.status === 404;
  }

  get isConflict(): boolean {
    return this.status === 409;
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
  /** What Cisco's support asks for, where the answer has one. */
  readonly trackingId?: string;
  /** True for a write: it was probably done, only its answer is of no use. */
  readonly outcomeUnknown: boolean;

  constructor(
    method: string,
    path: string,
    problem: string,
    more: { outcomeUnknown: boolean; trackingId?: string | undefined },
  ) {
    const tracking = more.trackingId ? ` (trackingId ${more.trackingId})` : '';
    super(`${method} ${path}: the answer can't be understood: ${problem}${tracking}`);
    this.method = method;
    this.path = path;
    this.trackingId = more.trackingId;
    this.outcomeUnknown = more.outcomeUnknown;
  }
}
