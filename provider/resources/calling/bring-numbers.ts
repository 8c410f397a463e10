import { MOST_NUMBERS_A_MOVE, type PhoneNumber, tracking } from '../../webex';
import { isSameId } from '../../webex/ids';
import { Backoff } from '../outcomes/backoff';
import { DeclarationError, isConflict, isRefusal } from '../outcomes/errors';
import { ended, isWhollyDone } from '../outcomes/jobs';
import { retrying } from '../outcomes/when-possible';
import type { Run } from '../run/run';
import type { CallingTarget } from './api';

/** How long a job that moves numbers may take. */
const SECONDS = 600;

/**
 * Numbers that come later, each with the ID of the person that has it, or with {@link mainNumberOf} of the location
 * whose main number it is.
 */
export type Arriving = ReadonlyMap<string, string>;

/** Stands for the ID of an owner: the number comes when the location has another main number. */
export function mainNumberOf(locationId: string): string {
  return `main number of ${locationId}`;
}

/** Whether an entry of {@link Arriving} stands for a location. */
export function isOfLocation(waitsFor: string): boolean {
  return waitsFor.startsWith(mainNumberOf(''));
}

/**
 * Adds numbers to a location. Webex may refuse some because another location of the organization has them. Of these, a
 * job of Webex moves the numbers that are not assigned. The others come later, because Pulumi updates other
 * resources after this location: the number of a user comes when the user moves, and a main number when its location
 * has another one.
 *
 * @param add sends the request that adds numbers
 * @returns the numbers that come later
 */
export async function addOrBring(
  run: Run,
  target: CallingTarget,
  numbers: readonly string[],
  add: (numbers: string[]) => Promise<void>,
): Promise<Arriving> {
  try {
    await add([...numbers]);
    return new Map();
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const found = await bring(run, target, numbers);
    if (found.elsewhere === 0) throw error;
    if (found.missing.length > 0) await add(found.missing);
    return found.arriving;
  }
}

/** Moves the unassigned numbers of other locations of the organization here, and finds those that come later. */
async function bring(run: Run, target: CallingTarget, numbers: readonly string[]) {
  const listed = await run.webex.numbers.list({ orgId: target.orgId });
  const entries = numbers.map((number) => ({
    number,
    entry: listed.find(({ phoneNumber }) => phoneNumber === number),
  }));
  const elsewhere = entries.filter(({ entry }) => isElsewhere(entry, target));
  const arriving = new Map<string, string>();
  const free = new Map<string, string[]>();
  for (const { number, entry } of elsewhere) {
    const from = entry?.location?.id ?? '';
    const waitsFor = entry?.owner?.id ?? (entry?.mainNumber ? mainNumberOf(from) : undefined);
    if (waitsFor !== undefined) arriving.set(number, waitsFor);
    else free.set(from, [...(free.get(from) ?? []), number]);
  }
  for (const [source, moved] of free)
    for (let first = 0; first < moved.length; first += MOST_NUMBERS_A_MOVE)
      await moveNumbers(run, target, source, moved.slice(first, first + MOST_NUMBERS_A_MOVE));
  if (arriving.size > 0) run.warn(comeLater(target, arriving));
  const missing = entries.flatMap(({ number, entry }) => (entry === undefined ? [number] : []));
  return { elsewhere: elsewhere.length, arriving, missing };
}

function comeLater({ name }: CallingTarget, arriving: Arriving): string {
  const numbers = [...arriving.keys()];
  const ofLocations = numbers.filter((number) => isOfLocation(arriving.get(number) ?? ''));
  const ofUsers = numbers.filter((number) => !ofLocations.includes(number));
  const parts = [
    ofUsers.length > 0 &&
      `${ofUsers.join(', ')} still belongs to a user at another location, and comes when that user moves here`,
    ofLocations.length > 0 &&
      `${ofLocations.join(', ')} is still the main number of another location, and comes when that one has another`,
  ];
  return `location "${name}": ${parts.filter(Boolean).join('; ')}`;
}

function isElsewhere(entry: PhoneNumber | undefined, { locationId }: CallingTarget): boolean {
  return entry?.location?.id !== undefined && !isSameId(entry.location.id, locationId);
}

/**
 * Moves numbers by a job. Webex runs one such job at a time: while another one runs (409), this waits.
 * @throws DeclarationError with Webex's reasons
 */
async function moveNumbers(run: Run, target: CallingTarget, from: string, numbers: string[]): Promise<void> {
  const { manageNumbers } = run.webex;
  const { orgId, locationId, name, path } = target;
  const backoff = new Backoff(SECONDS, `Moving numbers to location "${name}"`, true);
  const started = await retrying(backoff, () => manageNumbers.startMove(orgId, from, locationId, numbers), isConflict);
  const job = await ended(started, backoff, (id) => manageNumbers.get(orgId, id));
  if (isWhollyDone(job)) return;
  const errors = await manageNumbers.errors(orgId, job.id);
  const reasons = errors.map(({ item, errors: why }) => `${item}: ${why.map((each) => each.description).join('; ')}`);
  throw new DeclarationError(
    `${path}.phoneNumbers`,
    `Webex did not move numbers of another location here: ${reasons.join(', ') || 'no reason given'}${tracking(job)}`,
  );
}
