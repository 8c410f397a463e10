import { type Job, MOST_USERS_A_MOVE, type UserMove, WebexApiError } from '../../webex';
import { isSameId } from '../../webex/ids';
import { Backoff } from '../outcomes/backoff';
import { DeclarationError, isOutcomeUnknown, isRefusal, messageOf } from '../outcomes/errors';
import { ended, isWhollyDone } from '../outcomes/jobs';
import { named } from '../outcomes/named';
import type { Run } from '../run/run';
import { type Mover, moversTo, type Target } from './ahead';
import { moveError } from './move-error';

/** Users of one run that move to one location are gathered for so long: each one that comes begins this time anew. */
const QUIET_MS = 400;
/** How long a job may take. */
const SECONDS = 900;

/** One call of {@link UserMoves.move}, or a user that is moved before its own update. */
interface Waiting extends Mover {
  /** Its own update has not come yet: where this move fails, that update tries again and reports. */
  readonly isAhead: boolean;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/** Users that will move to one location. */
interface Gathering {
  readonly waiting: Waiting[];
  timer?: NodeJS.Timeout;
}

/**
 * Moves users to other locations: those of one run that go to one location together in one job, up to 100 a job. Those
 * whose update Pulumi has not begun go with the first ones (ahead.ts).
 *
 * A job of a run that was killed is waited for, and a user that is at the location already is moved: the same call
 * always ends with the user there.
 */
export class UserMoves {
  private readonly open = new Map<string, Gathering>();
  /** Persons whose own update has come. */
  private readonly called = new Set<string>();
  /** Moves before their own update, by person: whether the user was moved. */
  private readonly ahead = new Map<string, { readonly locationId: string; readonly moved: Promise<boolean> }>();

  static of(run: Run): UserMoves {
    return run.memory.forRun('user moves', () => new UserMoves(run));
  }

  private constructor(private readonly run: Run) {}

  /** The user's own update has come. Whether the user was moved to the location before it. */
  async hasMoved(personId: string, locationId: string): Promise<boolean> {
    this.called.add(personId);
    const found = this.ahead.get(personId);
    return found !== undefined && found.locationId === locationId && (await found.moved);
  }

  /** Resolves once the user is at the location. @throws DeclarationError with Webex's reason for this user */
  move(target: Target, email: string, user: UserMove): Promise<void> {
    return new Promise((done, failed) => {
      const key = `${target.orgId}/${target.locationId}`;
      const gathering = this.open.get(key) ?? { waiting: [] };
      this.open.set(key, gathering);
      gathering.waiting.push({ user, email, isAhead: false, done, failed });
      clearTimeout(gathering.timer);
      const start = () => {
        this.open.delete(key);
        void this.moveAll(target, gathering.waiting);
      };
      if (gathering.waiting.length >= MOST_USERS_A_MOVE) start();
      else gathering.timer = setTimeout(start, QUIET_MS);
    });
  }

  private async moveAll(target: Target, called: readonly Waiting[]): Promise<void> {
    const all = [...called];
    try {
      all.push(...(await this.othersFor(target, called)));
      const users = named(all.map(({ email }) => email));
      const backoff = new Backoff(SECONDS, `Moving ${users} to another location`, true);
      await this.attempt(target, all, backoff);
    } catch (error) {
      for (const { failed } of all) failed(error);
    }
  }

  /** Other users that go to the same location, as far as there is room in the job. */
  private async othersFor(target: Target, called: readonly Waiting[]): Promise<Waiting[]> {
    const movers = (await moversTo(this.run, target)).filter(
      ({ user }) => !this.called.has(user.userId) && !this.ahead.has(user.userId),
    );
    const others: Waiting[] = [];
    for (const mover of movers.slice(0, MOST_USERS_A_MOVE - called.length)) {
      const moved = new Promise<boolean>((resolve) => {
        others.push({ ...mover, isAhead: true, done: () => resolve(true), failed: () => resolve(false) });
      });
      this.ahead.set(mover.user.userId, { locationId: target.locationId, moved });
    }
    return others;
  }

  private async attempt(target: Target, waiting: readonly Waiting[], backoff: Backoff): Promise<void> {
    const { orgId, locationId } = target;
    const { moveUsers } = this.run.webex;
    let started: Job | undefined;
    try {
      const users = waiting.map(({ user }) => user);
      started = await moveUsers.start(orgId, locationId, users);
    } catch (error) {
      return this.afterRefusal(target, waiting, error, backoff);
    }
    const job = started && (await ended(started, backoff, (id) => moveUsers.get(orgId, id)));
    if (job === undefined || isWhollyDone(job)) for (const { done } of waiting) done();
    else await this.settle(target, waiting, job);
  }

  /** A job that ended with errors has moved the others: each user is moved or has its reason. */
  private async settle(target: Target, waiting: readonly Waiting[], job: Job): Promise<void> {
    const errors = await this.run.webex.moveUsers.errors(target.orgId, job.id);
    const left = await this.notThere(target, waiting);
    const reasonFor = ({ user }: Waiting) =>
      errors
        .filter(({ item }) => isSameId(item, user.userId))
        .flatMap((found) => found.errors.map(({ code, description }) => ({ code, description })));
    for (const each of waiting) {
      if (!left.includes(each)) each.done();
      else each.failed(moveError(each.email, reasonFor(each), job.trackingId));
    }
  }

  /**
   * The whole request was refused, or its answer was lost. A user that is there already needs no move; a job that has
   * one of the users (409), maybe that of a run that was killed, is waited for; and the fault of one user must not fail
   * the others.
   */
  private async afterRefusal(
    target: Target,
    waiting: readonly Waiting[],
    error: unknown,
    backoff: Backoff,
  ): Promise<void> {
    const isConflict = error instanceof WebexApiError && error.isConflict;
    const mayRun = isConflict || isOutcomeUnknown(error);
    if (!mayRun && !isRefusal(error)) throw error;
    if (mayRun) await backoff.pause(error);
    const missing = await this.notThere(target, waiting);
    for (const each of waiting) if (!missing.includes(each)) each.done();
    // The fault may be that of a user that isn't updated yet.
    const left = mayRun ? missing : missing.filter(({ isAhead }) => !isAhead);
    for (const each of missing) if (!left.includes(each)) each.failed(error);
    const [first] = left;
    if (first === undefined) return;
    if (mayRun || left.length < waiting.length) return this.attempt(target, left, backoff);
    if (left.length === 1) return first.failed(new DeclarationError('locationId', messageOf(error)));
    const half = Math.ceil(left.length / 2);
    await this.attempt(target, left.slice(0, half), backoff);
    await this.attempt(target, left.slice(half), backoff);
  }

  private async notThere({ orgId, locationId }: Target, waiting: readonly Waiting[]): Promise<Waiting[]> {
    const people = await this.run.webex.people.list({ orgId, locationId });
    return waiting.filter(({ user }) => !people.some(({ id }) => isSameId(id, user.userId)));
  }
}
