import { type Person, tracking, WebexApiError } from '../../webex';
import { Leftovers } from '../moves/leftovers';
import { Backoff } from '../outcomes/backoff';
import { DeclarationError, isOutcomeUnknown, isRefusal } from '../outcomes/errors';
import { ended } from '../outcomes/jobs';
import { named } from '../outcomes/named';
import { retrying } from '../outcomes/when-possible';
import type { Run } from '../run/run';

/**
 * Disables Webex Calling of a location, with which its phone numbers are removed: what a location needs before it can
 * be deleted. It is a job, which is waited for.
 * @throws DeclarationError with the reasons of Webex's own deletion check where the job fails
 */
export async function removeCalling(
  run: Run,
  orgId: string,
  locationId: string,
  name: string,
  seconds: number,
): Promise<void> {
  const backoff = new Backoff(seconds, `Disabling Webex Calling at location "${name}"`);
  const started = await startJob(run, orgId, locationId, name, backoff);
  const job = started && (await ended(started, backoff, (id) => run.webex.calling.getDisablingJob(orgId, id)));
  if (job === undefined || job.latestExecutionStatus === 'COMPLETED') return;
  const reasons = await blockers(run, orgId, locationId);
  throw new DeclarationError(
    'calling',
    `Webex can't disable calling at location "${name}": ${reasons}${tracking(job)}`,
  );
}

/**
 * Disables calling of a location that stays. Pulumi updates its people only after it: while some are at it, calling
 * stays, and goes when the last of them was moved in this run.
 * @returns whether it is disabled already
 */
export async function removeCallingWhenEmpty(
  run: Run,
  orgId: string,
  locationId: string,
  name: string,
  seconds: number,
): Promise<boolean> {
  const remove = () => removeCalling(run, orgId, locationId, name, seconds);
  const people = await run.webex.people.list({ orgId, locationId });
  if (people.length === 0) {
    await remove();
    return true;
  }
  const what = `location "${name}": calling`;
  run.warn(`${what} stays while people are at it: ${namesOf(people)}. It is disabled when the last of them has moved`);
  Leftovers.of(run).add({ what, users: people.map(({ id }) => id), finish: remove });
  return false;
}

/** Warns in preview of people at a location that is to lose calling. */
export async function warnOfPeople(run: Run, orgId: string, locationId: string, name: string): Promise<void> {
  const people = await run.webex.people.list({ orgId, locationId });
  if (people.length === 0) return;
  run.warn(
    `location "${name}": calling can be disabled only when nobody is at it. Now ${namesOf(people)}. This run disables it if it moves all ` +
      'of them, or removes them; else it stays, and the next update tries again',
  );
}

/**
 * Starts the job. One may be running or done already: that of a run that was killed, or this run's own, whose answer
 * was lost. Webex has several statuses for that, so where it refuses, the location is looked at.
 * @returns undefined where calling is disabled already
 */
async function startJob({ webex }: Run, orgId: string, locationId: string, name: string, backoff: Backoff) {
  const start = () => webex.calling.startDisabling(orgId, { locationId, locationName: name });
  const isDisabled = async (error: unknown) =>
    (isRefusal(error) || isOutcomeUnknown(error)) && (await webex.calling.get(orgId, locationId)) === undefined;
  const startUnlessDisabled = () =>
    start().catch(async (error: unknown) => {
      if (await isDisabled(error)) return undefined;
      throw error;
    });
  const mayBeRunning = (error: unknown) =>
    isOutcomeUnknown(error) || (error instanceof WebexApiError && (error.isConflict || error.isNotFound));
  return retrying(backoff, startUnlessDisabled, mayBeRunning);
}

async function blockers({ webex }: Run, orgId: string, locationId: string): Promise<string> {
  const { blocking = {}, blockingUnlessForced = {} } = await webex.calling.precheckForDeletion(orgId, locationId);
  const reasons: string[] = [];
  if (blocking.lastLocation) reasons.push("it is the organization's last calling location");
  if (blocking.usersInUseCount) reasons.push(await peopleAt(webex, orgId, locationId));
  if (blocking.workspacesInUseCount) reasons.push(`${blocking.workspacesInUseCount} workspace(s) are at it`);
  if (blocking.virtualLineInUseCount) reasons.push(`${blocking.virtualLineInUseCount} virtual line(s) are at it`);
  if (blocking.trunksInUseCount) reasons.push(`${blocking.trunksInUseCount} trunk(s) are in use`);
  if (blocking.numbersOrderPending) reasons.push('a number order is pending');
  if (blockingUnlessForced.nonUserEntitiesInUse) reasons.push('calling features (queues, hunt groups) are at it');
  if (blockingUnlessForced.trunksCount) reasons.push(`${blockingUnlessForced.trunksCount} trunk(s) are there`);
  return reasons.join('; ') || 'the job failed and the deletion check names no reason';
}

/** Names the people at a location, and the remedy: another locationId moves them; without locationId they stay. */
async function peopleAt(webex: Run['webex'], orgId: string, locationId: string): Promise<string> {
  const people = await webex.people.list({ orgId, locationId });
  return `${people.length} user(s) are at it (${namesOf(people)}); declare another locationId for them, such as headquartersLocationId of the customer`;
}

function namesOf(people: readonly Person[]): string {
  return named(people.map(({ emails, id }) => emails[0] ?? id));
}
