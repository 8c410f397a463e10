import { WebexApiError } from '../../webex';
import { Patience } from '../outcomes/poller';
import { DeclarationError, isOutcomeUnknown, messageOf, orGone } from '../outcomes/refusals';
import { session } from '../run/session';

/**
 * Disables Webex Calling of a location: a job, waited for.
 * @throws DeclarationError with the reasons of Webex's own deletion check where the job fails.
 */
export async function disableCalling(orgId: string, locationId: string, name: string, seconds: number): Promise<void> {
  const patience = new Patience(seconds, `Disabling Webex Calling at location "${name}"`);
  let job = await startDisabling(orgId, locationId, name, patience);
  while (job !== undefined && !isOver(job.latestExecutionStatus)) {
    await patience.pause();
    job = await session.webex.calling.getDisablingJob(orgId, job.id);
  }
  if (job === undefined || job.latestExecutionStatus === 'COMPLETED') return;
  const reasons = await blockers(orgId, locationId);
  const tracking = job.trackingId ? ` (trackingId ${job.trackingId})` : '';
  throw new DeclarationError('calling', `Webex can't disable calling at location "${name}": ${reasons}${tracking}`);
}

/**
 * Starts the job. One may be under way: that of a run that was killed, or our own, whose answer was lost. It is waited for.
 * @returns undefined where calling is disabled already
 */
async function startDisabling(orgId: string, locationId: string, name: string, patience: Patience) {
  for (;;) {
    try {
      return await session.webex.calling.startDisabling(orgId, { locationId, locationName: name });
    } catch (error) {
      const mayBeUnderWay = error instanceof WebexApiError && (error.isConflict || error.isNotFound);
      if (!mayBeUnderWay && !isOutcomeUnknown(error)) throw error;
      if ((await orGone(session.webex.calling.get(orgId, locationId))) === undefined) return undefined;
      await patience.pause().catch((timeout: Error) => {
        throw new Error(`${timeout.message}. ${messageOf(error)}`);
      });
    }
  }
}

function isOver(status: string | undefined): boolean {
  return status === 'COMPLETED' || status === 'FAILED';
}

async function blockers(orgId: string, locationId: string): Promise<string> {
  const { blocking = {}, blockingUnlessForced = {} } = await session.webex.calling.precheckForDeletion(
    orgId,
    locationId,
  );
  const reasons: string[] = [];
  if (blocking.lastLocation) reasons.push("it is the organization's last calling location");
  if (blocking.usersInUseCount) reasons.push(`${blocking.usersInUseCount} user(s) are at it`);
  if (blocking.workspacesInUseCount) reasons.push(`${blocking.workspacesInUseCount} workspace(s) are at it`);
  if (blocking.virtualLineInUseCount) reasons.push(`${blocking.virtualLineInUseCount} virtual line(s) are at it`);
  if (blocking.trunksInUseCount) reasons.push(`${blocking.trunksInUseCount} trunk(s) are in use`);
  if (blocking.numbersOrderPending) reasons.push('a number order is pending');
  if (blockingUnlessForced.nonUserEntitiesInUse) reasons.push('calling features (queues, hunt groups) are at it');
  if (blockingUnlessForced.trunksCount) reasons.push(`${blockingUnlessForced.trunksCount} trunk(s) are there`);
  return reasons.join('; ') || 'the job failed and the deletion check names no reason';
}
