import type { HttpAnswer, HttpRequest } from './transport';

/**
 * Whether a request may be repeated.
 * - `safe`: it changes nothing (GET, prechecks, validations);
 * - `idempotent`: sending it twice has the same effect as once (PUT, DELETE);
 * - `once`: a second request would create a second object (POST).
 */
export type Repeatability = 'safe' | 'idempotent' | 'once';

/** The name of an operation in messages: method and path. */
export interface Operation {
  method: string;
  path: string;
}

/** Error statuses that an operation treats in its own way. */
export interface Statuses {
  /** The caller handles them: such a request is not retried. */
  final?: readonly number[] | undefined;
  /** They are retried like a server error, and nothing was done. */
  notYet?: readonly number[];
}

/** The tries of one operation. */
export interface Tries {
  /** @returns the final answer, after all retries. @throws WebexUnreachableError, WebexResponseError */
  send(request: HttpRequest): Promise<HttpAnswer>;
  /** Whether a write may have taken effect without an answer that confirms it. */
  outcomeUnknown(): boolean;
}

/** Sends requests to one server. The implementation in webex/pacing decides about retries and pauses. */
export interface Sender {
  readonly base: URL;
  /** The setting that holds the base URL, for messages. */
  readonly baseSetting: string;
  /** Milliseconds since 1970. */
  now(): number;
  /**
   * Begins an operation, which may take several requests (e.g. a second one with a renewed token).
   * @param statuses what other statuses than usual mean
   */
  begin(operation: Operation, repeatability: Repeatability, statuses?: Statuses): Tries;
  close(): Promise<void>;
}
