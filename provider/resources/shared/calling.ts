import { WebexApiError } from '../../webex';
import type { LocationApiAddress } from './address';
import { type Calling, INTEGRATED_REASON, type Pstn } from './calling-schema';
import { describeDifferences, inDeclaredOrder, same } from './compare';
import { Patience } from './poller';
import { postOnce } from './post';
import { DeclarationError, isOutcomeUnknown, messageOf, orGone } from './refusals';
import { type RefreshScope, session } from './session';
import { snapshot } from './snapshot';
import { warn } from './warnings';

/** The location whose calling is reconciled. */
export interface CallingTarget {
  readonly orgId: string;
  readonly locationId: string;
  readonly name: string;
  readonly timeZone: string;
  readonly preferredLanguage: string;
  readonly announcementLanguage: string;
  readonly address: LocationApiAddress;
  /** Property path of the calling block, for errors. */
  readonly path: string;
}

/** PSTN connection types whose numbers belong to the PSTN provider. */
const INTEGRATED = ['INTEGRATED_CCP', 'CISCO_PSTN'];

/** Whether phone numbers must not be managed on this type of connection. */
export function isIntegrated(connectionType: string | undefined): boolean {
  return connectionType !== undefined && INTEGRATED.includes(connectionType);
}

/**
 * Brings Webex Calling of a location to what is declared, in the order that the API forces: calling, settings, PSTN
 * connection, new numbers, main number, and last the removal of numbers that are no longer declared.
 *
 * @param before what is recorded or was read; undefined where calling is not enabled.
 * @param reached is told what is true after each step, so that a failure keeps what was done.
 */
export async function applyCalling(
  target: CallingTarget,
  before: Calling | undefined,
  wanted: Calling,
  reached: (calling: Calling) => void,
): Promise<void> {
  let now: Calling = before ?? { enabled: false };
  const isNew = !now.enabled;
  const step = (done: Partial<Calling>) => {
    now = { ...now, ...done };
    reached(now);
  };
  if (!now.enabled) {
    const { path: _, orgId, locationId, ...details } = target;
    await postOnce(
      () => session.webex.calling.enable(orgId, { id: locationId, ...details }),
      () => orGone(session.webex.calling.get(orgId, locationId)),
    );
    // A location has no numbers where calling was off until now.
    step({ enabled: true, phoneNumbers: wanted.phoneNumbers && [] });
  }
  await applySettings(target, now, wanted, step);
  await applyPstn(target, now, wanted, step);
  await applyNumbers(target, now, wanted, isNew, step);
  // What is no longer declared isn't managed any more: it stays in Webex as it is.
  const forgotten = Object.keys(now).filter((key) => wanted[key as keyof Calling] === undefined);
  step(Object.fromEntries(forgotten.map((key) => [key, undefined])));
}

type Step = (done: Partial<Calling>) => void;

/** Our name of a setting, and where the API has it. */
const SETTINGS = [
  'externalCallerIdName',
  'routingPrefix',
  'outsideDialDigit',
  'enforceOutsideDialDigit',
  'chargeNumber',
] as const;

async function applySettings(target: CallingTarget, now: Calling, wanted: Calling, step: Step): Promise<void> {
  const changed: Partial<Calling> = {};
  for (const key of [...SETTINGS, 'callingLineIdName', 'emergencyLocationIdentifier'] as const) {
    if (wanted[key] !== undefined && !same(now[key], wanted[key])) Object.assign(changed, { [key]: wanted[key] });
  }
  if (Object.keys(changed).length > 0) {
    const { callingLineIdName, emergencyLocationIdentifier, ...settings } = changed;
    await updateCalling(target, {
      ...settings,
      ...(callingLineIdName !== undefined && { callingLineId: { name: callingLineIdName } }),
      ...(emergencyLocationIdentifier !== undefined && { pAccessNetworkInfo: emergencyLocationIdentifier }),
    });
  }
  step(changed);
}

type CallingUpdate = Parameters<typeof session.webex.calling.update>[2];

/** PUT of a location's calling settings. @throws DeclarationError for 206, where Webex did only a part. */
export async function updateCalling(
  target: Pick<CallingTarget, 'orgId' | 'locationId' | 'path'>,
  body: CallingUpdate,
): Promise<void> {
  const answer = await session.webex.calling.update(target.orgId, target.locationId, body);
  if (answer?.failureReason) throw new DeclarationError(target.path, `Webex did only a part: ${answer.failureReason}`);
}

async function applyPstn(target: CallingTarget, now: Calling, wanted: Calling, step: Step): Promise<void> {
  const { orgId, locationId } = target;
  if (wanted.pstn === undefined || same(now.pstn, wanted.pstn)) return;
  const id = wanted.pstn.id ?? (await connectionId(target, wanted.pstn));
  const { premiseRouteType, premiseRouteId } = wanted.pstn;
  await session.webex.pstn.set(orgId, locationId, { id, premiseRouteType, premiseRouteId });
  step({ pstn: wanted.pstn });
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

async function connectionId(target: CallingTarget, pstn: Pstn): Promise<string | undefined> {
  if (pstn.displayName === undefined) return undefined;
  const options = await session.webex.pstn.options(target.orgId, target.locationId);
  const found = options.find(({ displayName }) => displayName === pstn.displayName);
  if (found) return found.id;
  const names = options.map(({ displayName }) => JSON.stringify(displayName)).join(', ');
  throw new DeclarationError(
    `${target.path}.pstn.displayName`,
    `"${pstn.displayName}" is no PSTN connection of this location; it offers ${names || 'none'}`,
  );
}

async function applyNumbers(
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
 * What of the calling of an existing location contradicts the declaration. What is only missing doesn't: a run that was
 * interrupted leaves it so. Nor do names and digits, which Webex fills in by itself.
 */
export function callingDifferences(real: Calling | undefined, wanted: Calling | undefined, path: string): string[] {
  if (!real?.enabled || wanted === undefined) return [];
  const declared = wanted.phoneNumbers;
  const extra = declared ? (real.phoneNumbers ?? []).filter((number) => !declared.includes(number)) : [];
  const { pstn, mainNumber } = real;
  return [
    ...describeDifferences(
      { pstn, mainNumber },
      { pstn: pstn && wanted.pstn, mainNumber: mainNumber && wanted.mainNumber },
      `${path}.`,
    ),
    ...(extra.length > 0 ? [`${path}.phoneNumbers has ${extra.join(', ')}, which is not declared`] : []),
  ];
}

/** What a location's calling is really like. */
export interface CallingReading {
  readonly calling: Calling;
  readonly announcementLanguage?: string;
  readonly pstnConnectionType?: string;
}

/**
 * Reads calling of a location, as far as `declared` goes.
 * @param declared what was recorded; undefined reads everything.
 * @param scope `basic` believes what no list tells; a reading on which changes are based must be `full`.
 */
export async function readCalling(
  orgId: string,
  locationId: string,
  declared: Calling | undefined,
  scope: RefreshScope = session.refresh,
): Promise<CallingReading> {
  const everything = declared === undefined;
  const wants = (key: keyof Calling) => everything || declared[key] !== undefined;
  if (!everything && scope === 'basic') return readCallingLists(orgId, locationId, declared);

  const details = await orGone(session.webex.calling.get(orgId, locationId));
  if (details === undefined) return { calling: { enabled: false } };
  const connection = wants('pstn') ? await session.webex.pstn.get(orgId, locationId) : undefined;
  const calling: Calling = {
    enabled: true,
    pstn: connection && (await pstnAs(declared?.pstn, connection, details.connection ?? undefined)),
    phoneNumbers: wants('phoneNumbers')
      ? inDeclaredOrder(declared?.phoneNumbers, await numbersOf(orgId, locationId))
      : undefined,
    numberOptions: declared?.numberOptions,
    mainNumber: wants('mainNumber') ? details.callingLineId?.phoneNumber || undefined : undefined,
    callingLineIdName: wants('callingLineIdName') ? details.callingLineId?.name || undefined : undefined,
    // Returned only for some countries: where Webex is silent, what was declared stands.
    emergencyLocationIdentifier: details.pAccessNetworkInfo ?? declared?.emergencyLocationIdentifier,
  };
  // Webex tells of what isn't set by an empty text.
  for (const key of SETTINGS)
    if (wants(key)) Object.assign(calling, { [key]: details[key] === '' ? undefined : details[key] });
  if (!wants('emergencyLocationIdentifier')) delete calling.emergencyLocationIdentifier;
  return {
    calling,
    announcementLanguage: details.announcementLanguage ?? undefined,
    pstnConnectionType: connection?.pstnConnectionType,
  };
}

/** The reading of `refresh: basic`: only what two lists for the whole organization tell. */
async function readCallingLists(orgId: string, locationId: string, declared: Calling): Promise<CallingReading> {
  const listed = await snapshot(`calling:${orgId}`, () => session.webex.calling.list({ orgId }));
  const found = listed.find(({ id }) => id === locationId);
  if (found === undefined) return { calling: { enabled: false } };
  const calling: Calling = { ...declared, enabled: true };
  if (declared.mainNumber !== undefined) calling.mainNumber = found.callingLineId?.phoneNumber ?? undefined;
  if (declared.phoneNumbers)
    calling.phoneNumbers = inDeclaredOrder(declared.phoneNumbers, await numbersOf(orgId, locationId));
  return { calling };
}

async function numbersOf(orgId: string, locationId: string): Promise<string[]> {
  const all = await snapshot(`numbers:${orgId}`, () => session.webex.numbers.list({ orgId }));
  return all.flatMap(({ phoneNumber, location }) => (phoneNumber && location?.id === locationId ? [phoneNumber] : []));
}

interface Connection {
  readonly id: string;
  readonly displayName?: string;
  readonly pstnConnectionType?: string;
}

/** The connection in the words that the declaration uses: by name, by ID, or by premise route. */
function pstnAs(declared: Pstn | undefined, real: Connection, route: { type?: string; id?: string } | undefined): Pstn {
  const byRoute = declared ? declared.premiseRouteId !== undefined : real.pstnConnectionType === 'LOCAL_GATEWAY';
  const pstn: Pstn = {};
  if (byRoute && route?.id) {
    pstn.premiseRouteType = route.type as Pstn['premiseRouteType'];
    pstn.premiseRouteId = route.id;
  }
  const named = declared?.displayName !== undefined || (!declared && real.displayName !== undefined);
  if (named) pstn.displayName = real.displayName;
  else if (declared?.id !== undefined || !byRoute) pstn.id = real.id;
  return pstn;
}

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
