import { type Job, MOST_USERS_A_MOVE, type UserMove, WebexApiError } from '../../webex';
import { Backoff } from '../outcomes/backoff';
import { DeclarationError, isOutcomeUnknown, isRefusal, messageOf } from '../outcomes/errors';
import type { Run } from '../run/run';
import { isSamePerson } from './ids';
import { moveError } from './move-error';

/** Users of one run that move to one location are gathered for so long: each one that comes begins this time anew. */
const QUIET_MS = 400;
/** How long a job may take. */
const SECONDS = 900;

/** One call of {@link UserMoves.move}. */
interface Waiting {
  readonly user: UserMove;
  readonly email: string;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/** Users that will move to one location. */
interface Gathering {
  readonly waiting: Waiting[];
  timer?: NodeJS.Timeout;
}

/**
 * Moves users to other locations: those of one run that go to one location together in one job, up to 100 a job, as
 * many as Pulumi updates at the same time (`--parallel`).
 *
 * A job of a run that was killed is waited for, and a user who is at the location already is moved: the same call always
 * ends with the user there.
 */
export class UserMoves {
  private readonly open = new Map<string, Gathering>();

  static of(run: Run): UserMoves {
    return run.memory.forRun('user moves', () => new UserMoves(run));
  }

  private constructor(private readonly run: Run) {}

  /** Resolves once the user is at the location. @throws DeclarationError with Webex's reason for this user */
  move(orgId: string, locationId: string, email: string, user: UserMove): Promise<void> {
    return new Promise((done, failed) => {
      const key = `${orgId}/${locationId}`;
      const gathering = this.open.get(key) ?? { waiting: [] };
      this.open.set(key, gathering);
      gathering.waiting.push({ user, email, done, failed });
      clearTimeout(gathering.timer);
      const start = () => {
        this.open.delete(key);
        void this.moveAll(orgId, locationId, gathering.waiting);
      };
      if (gathering.waiting.length >= MOST_USERS_A_MOVE) start();
      else gathering.timer = setTimeout(start, QUIET_MS);
    });
  }

  private async moveAll(orgId: string, locationId: string, all: readonly Waiting[]): Promise<void> {
    const backoff = new Backoff(SECONDS, `Moving ${all.map(({ email }) => email).join(', ')} to another location`);
    try {
      await this.attempt(orgId, locationId, all, backoff);
    } catch (error) {
      for (const { failed } of all) failed(error);
    }
  }

  private async attempt(
    orgId: string,
    locationId: string,
    waiting: readonly Waiting[],
    backoff: Backoff,
  ): Promise<void> {
    const { moveUsers } = this.run.webex;
    let job: Job | undefined;
    try {
      const users = waiting.map(({ user }) => user);
      job = await moveUsers.start(orgId, locationId, users);
    } catch (error) {
      return this.afterRefusal(orgId, locationId, waiting, error, backoff);
    }
    while (job !== undefined && !isOver(job)) {
      await backoff.pause();
      job = await moveUsers.get(orgId, job.id);
    }
    if (job === undefined || isWhollyDone(job)) for (const { done } of waiting) done();
    else await this.settle(orgId, locationId, waiting, job);
  }

  /** A job that ended with errors has moved the others: each user is moved or has its reason. */
  private async settle(orgId: string, locationId: string, waiting: readonly Waiting[], job: Job): Promise<void> {
    const errors = await this.run.webex.moveUsers.errors(orgId, job.id);
    const left = await this.notThere(orgId, locationId, waiting);
    const reasonFor = ({ user }: Waiting) =>
      errors
        .filter(({ item }) => isSamePerson(item, user.userId))
        .flatMap((found) => found.errors.map(({ code, description }) => ({ code, description })));
    for (const each of waiting) {
      if (!left.includes(each)) each.done();
      else each.failed(moveError(each.email, reasonFor(each), job.trackingId));
    }
  }

  /**
   * The whole request was refused, or its answer was lost. Who is there already needs no move; a job that has one of the
   * users (409), maybe that of a run that was killed, is waited for; and the fault of one user is not that of the others.
   */
  private async afterRefusal(
    orgId: string,
    locationId: string,
    waiting: readonly Waiting[],
    error: unknown,
    backoff: Backoff,
  ): Promise<void> {
    const isConflict = error instanceof WebexApiError && error.isConflict;
    const mayRun = isConflict || isOutcomeUnknown(error);
    if (!mayRun && !isRefusal(error)) throw error;
    if (mayRun) {
      await backoff.pause().catch((timeout: Error) => {
        throw new Error(`${timeout.message}. ${messageOf(error)}`);
      });
    }
    const left = await this.notThere(orgId, locationId, waiting);
    for (const each of waiting) if (!left.includes(each)) each.done();
    const [first] = left;
    if (first === undefined) return;
    if (mayRun || left.length < waiting.length) return this.attempt(orgId, locationId, left, backoff);
    if (left.length === 1) return first.failed(new DeclarationError('locationId', messageOf(error)));
    const half = Math.ceil(left.length / 2);
    await this.attempt(orgId, locationId, left.slice(0, half), backoff);
    await this.attempt(orgId, locationId, left.slice(half), backoff);
  }

  private async notThere(orgId: string, locationId: string, waiting: readonly Waiting[]): Promise<Waiting[]> {
    const people = await this.run.webex.people.list({ orgId, locationId });
    return waiting.filter(({ user }) => !people.some(({ id }) => isSamePerson(id, user.userId)));
  }
}

function isOver({ latestExecutionStatus: status }: Job): boolean {
  return status === 'COMPLETED' || status === 'FAILED' || status === 'ABANDONED';
}

function isWhollyDone({ latestExecutionStatus: status, latestExecutionExitCode: code }: Job): boolean {
  return status === 'COMPLETED' && (code === undefined || code === 'COMPLETED');
}
