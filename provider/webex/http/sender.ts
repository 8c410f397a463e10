import type { HttpAnswer, HttpRequest } from './transport';

/**
 * How often a request may be sent.
 * - `safe`: changes nothing (GET, prechecks, validations);
 * - `idempotent`: sent twice it does what it does once (PUT, DELETE);
 * - `once`: a second one would make a second object (POST).
 */
export type Repeatability = 'safe' | 'idempotent' | 'once';

/** What messages call an operation. */
export interface Operation {
  method: string;
  path: string;
}

/** The tries of one operation. */
export interface Tries {
  /** @returns the answer that is not tried again. @throws WebexUnreachableError, WebexResponseError */
  send(request: HttpRequest): Promise<HttpAnswer>;
  /** Whether a write may have taken effect although no answer said so. */
  outcomeUnknown(): boolean;
}

/** Sends requests to one server. How often and when is not the business of http: webex/pacing decides that. */
export interface Sender {
  readonly base: URL;
  /** The setting that holds the base URL, for messages. */
  readonly baseSetting: string;
  /** Milliseconds since 1970. */
  now(): number;
  /**
   * Begins an operation, which may take several requests (e.g. a second one with a renewed token).
   * @param finalStatuses error statuses that the caller handles, so that they are not tried again
   */
  begin(operation: Operation, repeatability: Repeatability, finalStatuses?: readonly number[]): Tries;
  close(): Promise<void>;
}
