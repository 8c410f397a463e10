import type { Grant, World } from '../world';

/** What this folder needs of the rest: whom a token belongs to, and a transaction to run an operation in. */
export interface Backend {
  /** False once the simulator was stopped: a request may end a moment later. */
  readonly isOpen: boolean;
  /** Milliseconds since 1970 by the simulator's clock. */
  now(): number;
  /** What a token stands for; undefined where it is unknown or expired. */
  grantOf(token: string): Grant | undefined;
  /** Runs work in one transaction, in which everything that has fallen due is done. */
  transaction<Result>(intent: 'read' | 'write', work: (world: World) => Result): Result;
}
