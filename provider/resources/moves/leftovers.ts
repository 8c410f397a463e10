import { messageOf } from '../outcomes/errors';
import type { Run } from '../run/run';
import { isSamePerson } from './ids';

/** A package or number that users must give up before it can be removed, or brought to where it is declared. */
export interface Leftover {
  /** For a warning: `customer "John's Pizza": package webex_calling`. */
  readonly what: string;
  /** Subscriber or person IDs of its users; for a main number, its location (bring-numbers.ts). */
  readonly users: readonly string[];
  /** Removes it, or brings it to where it is declared, once no user has it. */
  finish(): Promise<void>;
}

/**
 * What is no longer declared and can't be removed yet, because users have it: packages of a customer, phone numbers of
 * a location. Pulumi updates these before their users. Once the last of the users was updated or deleted in this run,
 * the removal follows; otherwise it is left to the next update. The same holds for the main number of a location that
 * is declared at another location.
 */
export class Leftovers {
  private readonly waiting: { leftover: Leftover; users: string[] }[] = [];

  static of(run: Run): Leftovers {
    return run.memory.forRun('leftovers', () => new Leftovers(run));
  }

  private constructor(private readonly run: Run) {}

  add(leftover: Leftover): void {
    this.waiting.push({ leftover, users: [...leftover.users] });
  }

  /**
   * A user was updated or deleted.
   * @param ids of its subscriber and person
   */
  async released(ids: readonly (string | undefined)[]): Promise<void> {
    const done = this.waiting.filter((each) => {
      if (each.users.length === 0) return false;
      each.users = each.users.filter((user) => !ids.some((id) => isSamePerson(id, user)));
      return each.users.length === 0;
    });
    for (const { leftover } of done) {
      await leftover.finish().catch((error: unknown) => {
        this.run.warn(`${leftover.what} is not as declared yet: ${messageOf(error)}. The next update tries again`);
      });
    }
  }
}
