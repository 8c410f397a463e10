/** An entry of the `errors` list in an error answer. */
export interface ErrorDetail {
  description: string;
  /** Cisco's code for the reason, if a document or public evidence has one. */
  errorCode?: number | string;
}

/**
 * An error answer in the shape of Webex: `{message, errors: [{description, errorCode?}], trackingId}`.
 * Source: the response tables of the API documents for the statuses; the wholesale documents' `Error` object for the
 * entries.
 */
export class ApiError extends Error {
  /** The list of reasons. */
  readonly errors: readonly ErrorDetail[];

  constructor(
    readonly status: number,
    message: string,
    readonly options: ApiErrorOptions = {},
  ) {
    super(message);
    this.errors = options.errors ?? [{ description: message }];
  }

  /** The body of the answer. */
  body(trackingId: string): Record<string, unknown> {
    const { errorCode, shape } = this.options;
    if (shape) return shape(trackingId);
    return {
      message: this.message,
      ...(errorCode === undefined ? {} : { errorCode }),
      errors: this.errors,
      trackingId,
    };
  }

  /** The body in the shape of telephony operations (public evidence: wxc_sdk). */
  telephonyBody(trackingId: string): Record<string, unknown> {
    if (this.options.shape) return this.options.shape(trackingId);
    const code = this.errors[0]?.errorCode ?? this.status;
    const message = this.errors.map(({ description, errorCode = code }) => ({ code: String(errorCode), description }));
    const error = [{ key: String(this.status), message }];
    return { error, errorCode: this.options.errorCode ?? code, trackingId };
  }
}

/** Optional parts of an error answer. */
export interface ApiErrorOptions {
  /** Default: one entry, with the message. */
  errors?: readonly ErrorDetail[];
  /** A code of the whole answer, in addition to those of its entries. */
  errorCode?: number;
  /** Seconds for the Retry-After header, for 429 and 423. */
  retryAfterSeconds?: number | undefined;
  /** Makes the body, if the documents have another shape. */
  shape?: (trackingId: string) => Record<string, unknown>;
  /** Additional headers of the answer. */
  headers?: Readonly<Record<string, string>>;
}

/**
 * The errors of a refused batch job: a list with codes of the move users document, or one code of another document.
 */
export type BatchError = readonly { code: number | string; message: string }[] | { code: string; description: string };

/**
 * 400 in the shape of the batch job documents: `{error: [{code, message}]}` for moving users,
 * `{error: {key, message: [{description, code}]}, trackingId}` for phone numbers.
 */
export function batchRefusal(error: BatchError): ApiError {
  if ('description' in error)
    return new ApiError(400, error.description, {
      shape: (trackingId) => ({ error: { key: '400', message: [error] }, trackingId }),
    });
  return new ApiError(400, error[0]?.message ?? '', { shape: () => ({ error }) });
}

/** 400: the request violates the schema, or a rule about the request alone. */
export function badRequest(description: string, errorCode?: number | string): ApiError {
  return new ApiError(400, description, { errors: [detail(description, errorCode)] });
}

/** 401: the token is missing or unknown. */
export function unauthorized(): ApiError {
  return new ApiError(401, 'The request requires a valid access token set in the Authorization request header.');
}

/** 403: the object exists, but the token may not use it. */
export function forbidden(description: string): ApiError {
  return new ApiError(403, description);
}

/** 404: the object doesn't exist, or is hidden from the token. */
export function notFound(what: string): ApiError {
  return new ApiError(404, `The requested resource could not be found: ${what}.`);
}

/** 409: the request conflicts with existing objects or with a change in progress. */
export function conflict(description: string, errorCode?: number | string): ApiError {
  return new ApiError(409, description, { errors: [detail(description, errorCode)] });
}

function detail(description: string, errorCode: number | string | undefined): ErrorDetail {
  return errorCode === undefined ? { description } : { errorCode, description };
}
