import { isSameId } from '../../webex/ids';
import { isRefusal, messageOf } from '../outcomes/errors';
import type { Run } from '../run/run';

/** A package, limit or number that users must give up before it can be removed, or brought to where it is declared. */
export interface Leftover {
  /** For a warning: `customer "John's Pizza": package webex_calling`. */
  readonly what: string;
  /** Subscriber or person IDs of its users; for a main number, its location (bring-numbers.ts). */
  readonly users: readonly string[];
  /** How many of the users may keep it. None if absent. */
  readonly mayKeep?: number;
  /** A phone number that is to come to another location. */
  readonly arrives?: string;
  /** Removes it, or brings it to where it is declared, once no user has it. */
  finish(): Promise<void>;
}

/** A leftover, and the users that have not been updated yet. */
interface Waiting {
  readonly leftover: Leftover;
  users: string[];
}

/**
 * What is no longer declared and can't be removed yet, because users have it: packages and limits of a customer, phone
 * numbers of a location. Pulumi updates these before their users. Once the last of the users was updated or deleted in
 * this run, the removal follows; otherwise it is left to the next update. The same holds for numbers that are declared
 * at another location than that of their user, and for the main number of another location.
 */
export class Leftovers {
  private waiting: Waiting[] = [];
  /** Numbers that come, or have come, because their users gave them up. */
  private readonly arriving = new Map<string, Promise<void>>();
  private readonly finishing = new Set<Promise<void>>();
  private begun = 0;

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
    const done = this.take((each) => {
      const before = each.users.length;
      each.users = each.users.filter((user) => !ids.some((id) => isSameId(id, user)));
      return each.users.length < before && each.users.length <= (each.leftover.mayKeep ?? 0);
    });
    // A number leaves its location before it would be removed there.
    const isArriving = ({ arrives }: Leftover) => arrives !== undefined;
    for (const leftover of [...done.filter(isArriving), ...done.filter((each) => !isArriving(each))])
      await this.finish(leftover);
  }

  /** The user of this number has given it up: brings it to the location where it is declared. */
  async bring(number: string): Promise<void> {
    for (const leftover of this.take(({ leftover: { arrives } }) => arrives === number)) await this.finish(leftover);
    await this.arriving.get(number);
  }

  /** This number came with its user. */
  arrived(number: string): void {
    this.take(({ leftover: { arrives } }) => arrives === number);
  }

  /**
   * Writes a user. Webex refuses that while its customer changes, and the update of another user may begin such a
   * change at any time: the write is repeated after it.
   */
  async besides<T>(write: () => Promise<T>): Promise<T> {
    for (;;) {
      const { begun } = this;
      const wasIdle = this.finishing.size === 0;
      try {
        return await write();
      } catch (error) {
        if (!isRefusal(error) || (wasIdle && this.begun === begun)) throw error;
        await Promise.all(this.finishing);
      }
    }
  }

  private take(isTaken: (each: Waiting) => boolean): Leftover[] {
    const taken = this.waiting.filter(isTaken);
    this.waiting = this.waiting.filter((each) => !taken.includes(each));
    return taken.map(({ leftover }) => leftover);
  }

  private finish(leftover: Leftover): Promise<void> {
    const finished = leftover.finish().catch((error: unknown) => {
      this.run.warn(`${leftover.what} is not as declared yet: ${messageOf(error)}. The next update tries again`);
    });
    this.begun++;
    this.finishing.add(finished);
    void finished.finally(() => this.finishing.delete(finished));
    if (leftover.arrives !== undefined) this.arriving.set(leftover.arrives, finished);
    return finished;
  }
}
