/** One entry of the `errors` list of a Webex error answer. */
export interface ErrorDetail {
  description: string;
  /** Cisco's code for the reason; only given where a document or public evidence names one. */
  errorCode?: number | string;
}

/**
 * A refusal that a client sees, in the shape of Webex: `{message, errors: [{description, errorCode?}], trackingId}`.
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

  /** The body as telephony operations were seen to answer it (public evidence: wxc_sdk). */
  telephonyBody(trackingId: string): Record<string, unknown> {
    if (this.options.shape) return this.options.shape(trackingId);
    const code = this.errors[0]?.errorCode ?? this.status;
    const message = this.errors.map(({ description, errorCode = code }) => ({ code: String(errorCode), description }));
    const error = [{ key: String(this.status), message }];
    return { error, errorCode: this.options.errorCode ?? code, trackingId };
  }
}

/** What a refusal may have beside its status and message. */
export interface ApiErrorOptions {
  /** Default: one entry, with the message. */
  errors?: readonly ErrorDetail[];
  /** A code for the whole answer, beside those of its entries. */
  errorCode?: number;
  /** For 429 and 423: seconds after which to try again. */
  retryAfterSeconds?: number | undefined;
  /** Makes the body where it has another shape in the documents. */
  shape?: (trackingId: string) => Record<string, unknown>;
  /** What the answer's header says beyond that. */
  headers?: Readonly<Record<string, string>>;
}

/**
 * What a batch job's request is refused with: a list with the codes of the move users document, or one code of another.
 */
export type BatchError = readonly { code: number | string; message: string }[] | { code: string; description: string };

/**
 * 400 in the shape that the documents of the batch jobs have for it: `{error: [{code, message}]}` for moving users,
 * `{error: {key, message: [{description, code}]}, trackingId}` for phone numbers.
 */
export function batchRefusal(error: BatchError): ApiError {
  if ('description' in error)
    return new ApiError(400, error.description, {
      shape: (trackingId) => ({ error: { key: '400', message: [error] }, trackingId }),
    });
  return new ApiError(400, error[0]?.message ?? '', { shape: () => ({ error }) });
}

/** 400: the request breaks the schema or a rule that looks at the request alone. */
export function badRequest(description: string, errorCode?: number | string): ApiError {
  return new ApiError(400, description, { errors: [detail(description, errorCode)] });
}

/** 401: no token, or not one that this simulator knows. */
export function unauthorized(): ApiError {
  return new ApiError(401, 'The request requires a valid access token set in the Authorization request header.');
}

/** 403: known, and not allowed. */
export function forbidden(description: string): ApiError {
  return new ApiError(403, description);
}

/** 404: there is no such object, or Webex hides it. */
export function notFound(what: string): ApiError {
  return new ApiError(404, `The requested resource could not be found: ${what}.`);
}

/** 409: the request is well-formed and collides with what exists or with a change that is under way. */
export function conflict(description: string, errorCode?: number | string): ApiError {
  return new ApiError(409, description, { errors: [detail(description, errorCode)] });
}

function detail(description: string, errorCode: number | string | undefined): ErrorDetail {
  return errorCode === undefined ? { description } : { errorCode, description };
}
