import { describeDifferences, inDeclaredOrder, same } from '../inputs/compare';
import { postOnce } from '../outcomes/post';
import { DeclarationError, orGone } from '../outcomes/refusals';
import { type RefreshScope, session } from '../run/session';
import { snapshot } from '../run/snapshot';
import { applyNumbers } from './numbers';
import type { Calling, Pstn } from './schema';
import { type CallingTarget, type Step, updateCalling } from './target';

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

async function applyPstn(target: CallingTarget, now: Calling, wanted: Calling, step: Step): Promise<void> {
  const { orgId, locationId } = target;
  if (wanted.pstn === undefined || same(now.pstn, wanted.pstn)) return;
  const id = wanted.pstn.id ?? (await connectionId(target, wanted.pstn));
  const { premiseRouteType, premiseRouteId } = wanted.pstn;
  await session.webex.pstn.set(orgId, locationId, { id, premiseRouteType, premiseRouteId });
  step({ pstn: wanted.pstn });
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
