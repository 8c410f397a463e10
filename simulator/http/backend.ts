import type { WeatherSettings } from '../weather';
import type { Grant, World } from '../world';

/** What this folder needs of the rest: the partner of a token, and a transaction to run an operation in. */
export interface Backend {
  /** False after the simulator was stopped; a request may end a moment later. */
  readonly isOpen: boolean;
  /** Milliseconds since 1970 by the simulator's clock. */
  now(): number;
  /** What a token stands for; undefined where it is unknown or expired. */
  grantOf(token: string): Grant | undefined;
  /** The switches of what comes and goes. */
  readonly weather: WeatherSettings;
  /** Refuses (403) a request about an organization that isn't on the partner's managed list. */
  admit(grant: Grant, path: string, orgId: string | null): void;
  /** Runs work in one transaction, in which everything that has fallen due is done. */
  transaction<Result>(intent: 'read' | 'write', work: (world: World) => Result): Result;
}
