import { NumbersRefusedError, type PhoneNumber, tracking } from '../../webex';
import { differs, inDeclaredOrder, same } from '../inputs/compare';
import { Leftovers } from '../moves/leftovers';
import { DeclarationError, orGone } from '../outcomes/errors';
import { postOnce } from '../outcomes/post';
import type { Run } from '../run/run';
import { type CallingTarget, isIntegrated, type RecordCalling } from './api';
import { type Arriving, addOrBring, isOfLocation } from './bring-numbers';
import { setMainNumber } from './main-number';
import { removeNumbers } from './remove-numbers';
import { type Calling, INTEGRATED_REASON } from './schema';

/** Only 20 mobile numbers can be added by one POST .../numbers. */
const MOST_MOBILE = 20;

/**
 * Brings phone numbers and main number to what is declared: new numbers, main number, and last the removal of numbers.
 * @param isNew calling was enabled just now, so that there can be no numbers
 */
export async function applyNumbers(
  run: Run,
  target: CallingTarget,
  now: Calling,
  wanted: Calling,
  isNew: boolean,
  record: RecordCalling,
): Promise<void> {
  const { phoneNumbers: declared, numberOptions, mainNumber } = wanted;
  const recorded = now.phoneNumbers ?? [];
  // Where numbers change, they are read instead of taken from the state: a run that was killed may have added or
  // removed some, and numbers that are declared for the first time may be there already.
  const changes = declared !== undefined && !same(now.phoneNumbers, declared);
  const listed = changes && !isNew ? await listNumbers(run, target) : undefined;
  const present = listed === undefined ? recorded : numbersOf(listed);
  const mainNow = listed === undefined ? now.mainNumber : mainIn(listed);
  const missing = (declared ?? []).filter((number) => !present.includes(number));
  const extra = declared ? present.filter((number) => !declared.includes(number)) : [];
  if (missing.length > 0 || extra.length > 0) await refuseIntegrated(run, target);

  const arriving = new Map<string, string>();
  const add = (numbers: string[]) => addNumbers(run, target, numbers, numberOptions);
  const group = numberOptions?.numberType === 'MOBILE' ? MOST_MOBILE : missing.length;
  for (let first = 0; first < missing.length; first += group) {
    const sent = missing.slice(first, first + group);
    try {
      for (const [number, waitsFor] of await addOrBring(run, target, sent, add)) arriving.set(number, waitsFor);
    } catch (error) {
      if (!(error instanceof NumbersRefusedError)) throw error;
      const there = (await currentNumbers(run, target)).filter((number) => sent.includes(number));
      record({ phoneNumbers: [...present, ...missing.slice(0, first), ...there] });
      throw new DeclarationError(`${target.path}.phoneNumbers`, `Webex refused ${described(error)}`);
    }
    const added = missing.slice(0, first + group).filter((number) => !arriving.has(number));
    record({ phoneNumbers: [...present, ...added] });
  }
  // Until the declared main number comes, or where none is declared, another number that stays here stands in, so that
  // the old one can go.
  const isHere = (number: string | undefined) =>
    number !== undefined && declared?.includes(number) && !arriving.has(number);
  const standIn = isHere(mainNow) ? mainNow : (declared?.find(isHere) ?? mainNow);
  const goes = mainNow !== undefined && extra.includes(mainNow);
  const isOpen = mainNumber === undefined ? goes : arriving.has(mainNumber);
  const main = isOpen ? standIn : mainNumber;
  if (goes && main === mainNow && arriving.size === 0)
    throw new DeclarationError(`${target.path}.phoneNumbers`, lastMainReason(mainNow));
  if (main !== undefined && main !== mainNow) await setMainNumber(run, target, main);
  record({ mainNumber: mainNumber === undefined ? undefined : main, numberOptions });
  if (declared === undefined) return;
  const kept = extra.filter((number) => number === main);
  const removable = extra.filter((number) => number !== main);
  const left = [...kept, ...(await removeNumbers(run, target, removable, recorded))];
  record({ phoneNumbers: [...declared.filter((number) => !arriving.has(number)), ...left] });
  await awaitNumbers(run, target, arriving, mainNumber, add);
}

/** Brings the numbers that come later when they are free, and then sets the declared main number. */
async function awaitNumbers(
  run: Run,
  target: CallingTarget,
  arriving: Arriving,
  mainNumber: string | undefined,
  add: (numbers: string[]) => Promise<void>,
): Promise<void> {
  for (const [number, waitsFor] of arriving) {
    const isMain = number === mainNumber;
    const finish = async () => {
      // A number that came with its user is here already. Others are moved here, or added again where they were removed
      // with their location.
      const here = await currentNumbers(run, target);
      if (!here.includes(number)) await addOrBring(run, target, [number], add);
      if (isMain) await setMainNumber(run, target, number);
    };
    const what = `location "${target.name}": ${number}`;
    Leftovers.of(run).add({ what, users: [waitsFor], finish, ...(!isMain && { arrives: number }) });
  }
  if (![...arriving.values()].some(isOfLocation)) return;
  // The other location may have got another main number while this one was updated.
  const listed = await run.webex.numbers.list({ orgId: target.orgId });
  const isMain = (number: string) => listed.find(({ phoneNumber }) => phoneNumber === number)?.mainNumber === true;
  const freed = [...arriving].filter(([number, waitsFor]) => isOfLocation(waitsFor) && !isMain(number));
  await Leftovers.of(run).released(freed.map(([, waitsFor]) => waitsFor));
}

/** Why the last number of a location can't be removed, in preview and update. */
export function lastMainReason(main: string): string {
  return (
    `${main} is the main number here, and no other number is declared: Webex removes a main number only with the location, or with its ` +
    'calling. Keep it, or declare another number'
  );
}

/** The refused numbers, each with its reason, and what Cisco's support asks for. */
function described({ refused, description, trackingId }: NumbersRefusedError): string {
  const reasons = refused.map(({ number, code, description: why }) =>
    [number, [code && `error ${code}`, why].filter(Boolean).join(': ')].filter(Boolean).join(' ('),
  );
  const text = reasons.length > 0 ? reasons.map((reason) => `${reason})`).join(', ') : description;
  return `${text}${tracking({ trackingId })}. Correct or remove these numbers`;
}

async function addNumbers(
  run: Run,
  { orgId, locationId }: CallingTarget,
  phoneNumbers: string[],
  options: Calling['numberOptions'],
): Promise<void> {
  await postOnce(
    () => run.webex.numbers.add(orgId, locationId, { phoneNumbers, ...options }),
    async () => {
      const present = await currentNumbers(run, { orgId, locationId });
      return phoneNumbers.every((number) => present.includes(number)) ? phoneNumbers : undefined;
    },
  );
}

type Place = Pick<CallingTarget, 'orgId' | 'locationId'>;

async function currentNumbers(run: Run, place: Place): Promise<string[]> {
  return numbersOf(await listNumbers(run, place));
}

function listNumbers({ webex }: Run, { orgId, locationId }: Place): Promise<PhoneNumber[]> {
  return webex.numbers.list({ orgId, locationId });
}

/** The main number in the list of a location. */
export function mainIn(listed: readonly PhoneNumber[]): string | undefined {
  return listed.find(({ mainNumber }) => mainNumber)?.phoneNumber;
}

function numbersOf(listed: readonly PhoneNumber[]): string[] {
  return listed.flatMap(({ phoneNumber }) => (phoneNumber ? [phoneNumber] : []));
}

/**
 * Asked each time before numbers are changed: the list of options doesn't show which connections are integrated, only
 * the connection does, once it is set; and it may have been changed in Control Hub since.
 */
async function refuseIntegrated({ webex }: Run, { orgId, locationId, path }: CallingTarget): Promise<void> {
  const connection = await webex.pstn.get(orgId, locationId);
  if (isIntegrated(connection?.pstnConnectionType)) {
    throw new DeclarationError(`${path}.phoneNumbers`, INTEGRATED_REASON);
  }
}

/**
 * The calling block with its numbers as they are, where the record has others than declared: a number may have come or
 * gone with its user since.
 */
export async function numbersNow(
  run: Run,
  orgId: string | undefined,
  locationId: string | undefined,
  recorded: Calling | undefined,
  wanted: Calling | undefined,
): Promise<Calling | undefined> {
  const areNumbersOpen = wanted?.phoneNumbers !== undefined && differs(recorded?.phoneNumbers, wanted.phoneNumbers);
  // A main number that came later is in no record, and a refresh reads only what the record has.
  const isMainOpen = wanted?.mainNumber !== undefined && recorded?.mainNumber === undefined;
  if ((!areNumbersOpen && !isMainOpen) || !recorded?.enabled || orgId === undefined || locationId === undefined)
    return recorded;
  const listed = await orGone(run.webex.numbers.list({ orgId, locationId }));
  // Its customer was replaced, and the location went with it.
  if (listed === undefined) return recorded;
  const main = mainIn(listed);
  const isMainManaged = recorded.mainNumber !== undefined || wanted?.mainNumber !== undefined;
  return {
    ...recorded,
    ...(wanted?.phoneNumbers && { phoneNumbers: inDeclaredOrder(wanted.phoneNumbers, numbersOf(listed)) }),
    ...(isMainManaged && main && { mainNumber: main }),
  };
}
