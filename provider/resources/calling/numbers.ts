import { same } from '../inputs/compare';
import { postOnce } from '../outcomes/post';
import { DeclarationError } from '../outcomes/refusals';
import { session } from '../run/session';
import { warn } from '../run/warnings';
import type { Calling } from './schema';
import { INTEGRATED_REASON } from './schema';
import { type CallingTarget, isIntegrated, type Step, updateCalling } from './target';

/**
 * Brings phone numbers and main number to what is declared: new numbers, main number, and last the removal of numbers.
 * @param isNew calling was enabled just now, so that there can be no numbers
 */
export async function applyNumbers(
  target: CallingTarget,
  now: Calling,
  wanted: Calling,
  isNew: boolean,
  step: Step,
): Promise<void> {
  const { orgId, locationId } = target;
  const declared = wanted.phoneNumbers;
  // What is recorded is not believed where numbers change: a run that was killed may have added or removed some, and those
  // that are declared for the first time may be there already.
  const before = now.phoneNumbers ?? [];
  const changes = declared !== undefined && !same(now.phoneNumbers, declared);
  const present = changes && !isNew ? await currentNumbers(target) : before;
  const missing = (declared ?? []).filter((number) => !present.includes(number));
  const extra = declared ? present.filter((number) => !declared.includes(number)) : [];
  if (missing.length > 0 || extra.length > 0) await refuseIntegrated(target);
  if (missing.length > 0) {
    // Only 20 mobile numbers can be added per request (POST .../numbers).
    const group = wanted.numberOptions?.numberType === 'MOBILE' ? 20 : missing.length;
    for (let first = 0; first < missing.length; first += group) {
      const phoneNumbers = missing.slice(first, first + group);
      await postOnce(
        () => session.webex.numbers.add(orgId, locationId, { phoneNumbers, ...wanted.numberOptions }),
        () => whenAllThere(orgId, locationId, phoneNumbers),
      );
      step({ phoneNumbers: [...present, ...missing.slice(0, first + group)] });
    }
  }
  if (wanted.mainNumber !== undefined && wanted.mainNumber !== now.mainNumber) {
    await updateCalling(target, { callingLineId: { phoneNumber: wanted.mainNumber } });
  }
  step({ mainNumber: wanted.mainNumber, numberOptions: wanted.numberOptions });
  if (declared === undefined) return;
  // Preview could not show that numbers go which nobody recorded before: they are recorded now, so that the next one does.
  const unseen = leaveForNow(
    target,
    extra.filter((number) => !before.includes(number)),
  );
  const kept = await removeNumbers(
    target,
    extra.filter((number) => before.includes(number)),
  );
  step({ phoneNumbers: [...declared, ...kept, ...unseen] });
}

async function currentNumbers({ orgId, locationId }: Pick<CallingTarget, 'orgId' | 'locationId'>): Promise<string[]> {
  const listed = await session.webex.numbers.list({ orgId, locationId });
  return listed.flatMap(({ phoneNumber }) => (phoneNumber ? [phoneNumber] : []));
}

/** The numbers, if the location has all of them. */
async function whenAllThere(orgId: string, locationId: string, numbers: string[]): Promise<string[] | undefined> {
  const there = await currentNumbers({ orgId, locationId });
  return numbers.every((number) => there.includes(number)) ? numbers : undefined;
}

/**
 * Removes numbers, five a call. One that somebody still has stays: its user is updated only after this location, so
 * failing here would never end. It stays recorded, so the next update removes it.
 * @returns the numbers that stay.
 */
async function removeNumbers({ orgId, locationId, name }: CallingTarget, numbers: string[]): Promise<string[]> {
  if (numbers.length === 0) return [];
  const listed = await session.webex.numbers.list({ orgId, locationId });
  const owned = new Set(listed.filter(({ owner }) => owner?.id).map(({ phoneNumber }) => phoneNumber));
  const there = new Set(listed.map(({ phoneNumber }) => phoneNumber));
  const free = numbers.filter((number) => there.has(number) && !owned.has(number));
  if (free.length > 0) await session.webex.numbers.remove(orgId, locationId, free);
  const kept = numbers.filter((number) => owned.has(number));
  if (kept.length > 0) {
    warn(
      `location "${name}": ${kept.join(', ')} still assigned, so not removed; the next update removes what is free then`,
    );
  }
  return kept;
}

function leaveForNow({ name }: CallingTarget, numbers: string[]): string[] {
  if (numbers.length > 0) {
    warn(`location "${name}" has numbers that aren't declared: ${numbers.join(', ')}. The next update removes them`);
  }
  return numbers;
}

/**
 * Asked each time before numbers are touched: the list of options doesn't tell which connections are integrated, only
 * the connection does, once it is set; and somebody may have changed it since.
 */
async function refuseIntegrated({ orgId, locationId, path }: CallingTarget): Promise<void> {
  const connection = await session.webex.pstn.get(orgId, locationId);
  if (isIntegrated(connection?.pstnConnectionType)) {
    throw new DeclarationError(`${path}.phoneNumbers`, INTEGRATED_REASON);
  }
}
