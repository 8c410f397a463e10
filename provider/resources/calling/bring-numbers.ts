import type { PhoneNumber } from '../../webex';
import { Backoff } from '../outcomes/backoff';
import { DeclarationError, isRefusal, messageOf } from '../outcomes/errors';
import type { Run } from '../run/run';
import type { CallingTarget } from './api';

/** How long a job that moves numbers may take. */
const SECONDS = 600;

/**
 * Adds numbers to a location. Where Webex refuses them because another location of the organization has them: those that
 * nobody has are moved by Webex's job, and those that a user has come with that user, who is updated after this location.
 *
 * @param add sends the request that adds numbers
 * @returns the numbers that come with their users
 */
export async function addOrBring(
  run: Run,
  target: CallingTarget,
  numbers: readonly string[],
  add: (numbers: string[]) => Promise<void>,
): Promise<string[]> {
  try {
    await add([...numbers]);
    return [];
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const listed = await run.webex.numbers.list({ orgId: target.orgId });
    const entries = new Map(listed.map((entry) => [entry.phoneNumber, entry]));
    const elsewhere = numbers.filter((number) => isElsewhere(entries.get(number), target));
    if (elsewhere.length === 0) throw error;
    const ofUsers = elsewhere.filter((number) => entries.get(number)?.owner?.id !== undefined);
    const sources = new Set(elsewhere.map((number) => entries.get(number)?.location?.id));
    for (const source of sources) {
      const free = elsewhere.filter(
        (number) => !ofUsers.includes(number) && entries.get(number)?.location?.id === source,
      );
      if (source !== undefined && free.length > 0) await moveNumbers(run, target, source, free);
    }
    const left = numbers.filter((number) => !elsewhere.includes(number) && entries.get(number) === undefined);
    if (left.length > 0) await add(left);
    if (ofUsers.length > 0) {
      run.warn(
        `location "${target.name}": ${ofUsers.join(', ')} still belongs to a user at another location, and comes when that user moves here`,
      );
    }
    return ofUsers;
  }
}

function isElsewhere(entry: PhoneNumber | undefined, { locationId }: CallingTarget): boolean {
  return entry?.location !== undefined && entry.location.id !== locationId;
}

/** One job at a time; another one that runs (409) is waited for. @throws DeclarationError with Webex's reasons */
async function moveNumbers(run: Run, target: CallingTarget, from: string, numbers: string[]): Promise<void> {
  const { manageNumbers } = run.webex;
  const { orgId, locationId, name, path } = target;
  const backoff = new Backoff(SECONDS, `Moving numbers to location "${name}"`);
  const start = async () => {
    for (;;) {
      try {
        return await manageNumbers.startMove(orgId, from, locationId, numbers);
      } catch (error) {
        if (!(error instanceof Error && 'isConflict' in error && error.isConflict === true)) throw error;
        await backoff.pause().catch((timeout: Error) => {
          throw new Error(`${timeout.message}. ${messageOf(error)}`);
        });
      }
    }
  };
  let job = await start();
  while (job.latestExecutionStatus !== 'COMPLETED' && job.latestExecutionStatus !== 'FAILED') {
    await backoff.pause();
    job = await manageNumbers.get(orgId, job.id);
  }
  if (job.latestExecutionStatus === 'COMPLETED' && (job.latestExecutionExitCode ?? 'COMPLETED') === 'COMPLETED') return;
  const errors = await manageNumbers.errors(orgId, job.id);
  const reasons = errors.map(({ item, errors: why }) => `${item}: ${why.map((each) => each.description).join('; ')}`);
  const tracking = job.trackingId ? ` (trackingId ${job.trackingId})` : '';
  throw new DeclarationError(
    `${path}.phoneNumbers`,
    `Webex did not move numbers of another location here: ${reasons.join(', ') || 'no reason given'}${tracking}`,
  );
}
