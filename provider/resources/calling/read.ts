import type { CallingLocation, PhoneNumber } from '../../webex';
import { isSameId } from '../../webex/ids';
import { inDeclaredOrder } from '../inputs/compare';
import { orGone } from '../outcomes/errors';
import type { RefreshScope } from '../run/configuration';
import type { Run } from '../run/run';
import { isIntegrated, settingsFromApi } from './api';
import { pstnFromApi } from './pstn';
import type { Calling } from './schema';

/** What a location's calling is really like. */
export interface CallingReading {
  readonly calling: Calling;
  readonly announcementLanguage?: string;
  readonly pstnConnectionType?: string;
}

/**
 * Reads calling of a location, as far as `declared` goes.
 * @param declared what was recorded; undefined reads everything
 * @param scope `basic` believes what no list shows; a reading on which changes are based must be `full`
 */
export async function readCalling(
  run: Run,
  orgId: string,
  locationId: string,
  declared: Calling | undefined,
  scope: RefreshScope = run.settings.refresh,
): Promise<CallingReading> {
  if (declared !== undefined && scope === 'basic') return readLists(run, orgId, locationId, declared);
  const details = await orGone(run.webex.calling.get(orgId, locationId));
  if (details === undefined) return { calling: { enabled: false } };
  return readDetails(run, orgId, details, declared);
}

async function readDetails(
  run: Run,
  orgId: string,
  details: CallingLocation,
  declared: Calling | undefined,
): Promise<CallingReading> {
  const { id: locationId } = details;
  const everything = declared === undefined;
  const wants = (key: string) => everything || declared[key as keyof Calling] !== undefined;
  const connection = wants('pstn') ? await run.webex.pstn.get(orgId, locationId) : undefined;
  const settings = Object.entries(settingsFromApi(details)).filter(([key]) => wants(key));
  const calling: Calling = {
    enabled: true,
    pstn: connection && pstnFromApi(declared?.pstn, connection, details.connection ?? undefined),
    phoneNumbers: wants('phoneNumbers') ? await numbersOf(run, orgId, details, declared?.phoneNumbers) : undefined,
    numberOptions: declared?.numberOptions,
    mainNumber: wants('mainNumber') ? details.callingLineId?.phoneNumber || undefined : undefined,
    ...Object.fromEntries(settings),
  };
  // Returned for some countries only: where Webex doesn't return it, the declared value stays.
  if (wants('emergencyLocationIdentifier')) {
    calling.emergencyLocationIdentifier ??= declared?.emergencyLocationIdentifier;
  }
  return {
    calling,
    announcementLanguage: details.announcementLanguage ?? undefined,
    pstnConnectionType: connection?.pstnConnectionType,
  };
}

/**
 * Reads calling of a location of which nothing is declared, as a program would declare it: what is as Webex sets it by
 * itself is left out, and so are the numbers of an integrated connection, which can't be declared.
 * @param organization name of the organization, which Webex uses for names that are not set
 */
export async function readAnyCalling(
  run: Run,
  orgId: string,
  locationId: string,
  organization: string | undefined,
): Promise<CallingReading> {
  const reading = await readCalling(run, orgId, locationId, undefined, 'full');
  if (!reading.calling.enabled) return reading;
  const byDefault = new Set<unknown>([organization, false, undefined]);
  const { enabled, phoneNumbers = [], ...rest } = reading.calling;
  const declared = Object.entries(rest).filter(([, value]) => !byDefault.has(value));
  const isManaged = phoneNumbers.length > 0 && !isIntegrated(reading.pstnConnectionType);
  return {
    ...reading,
    calling: { enabled, ...(isManaged && { phoneNumbers }), ...Object.fromEntries(declared) },
  };
}

/** The calling locations of an organization. One list request serves all callers. */
export function callingLocationsOf({ memory, webex }: Run, orgId: string): Promise<CallingLocation[]> {
  return memory.untilWrite(`calling:${orgId}`, () => webex.calling.list({ orgId }));
}

/** The reading of `refresh: basic`: two lists for the whole organization. */
async function readLists(run: Run, orgId: string, locationId: string, declared: Calling): Promise<CallingReading> {
  const found = (await callingLocationsOf(run, orgId)).find(({ id }) => isSameId(id, locationId));
  // Lists lag behind: one that lacks the location proves nothing.
  if (found === undefined) return readCalling(run, orgId, locationId, declared, 'full');
  const calling: Calling = { ...declared, enabled: true };
  if (declared.mainNumber !== undefined && found.callingLineId !== undefined)
    calling.mainNumber = found.callingLineId.phoneNumber || undefined;
  if (declared.phoneNumbers) calling.phoneNumbers = await numbersOf(run, orgId, found, declared.phoneNumbers);
  return { calling };
}

/**
 * The numbers of a location, in the declared order. Where the list for the whole organization lacks a declared one, the
 * location's own list is asked before that one is called gone. Lists that lack the main number prove nothing: then the
 * declared numbers stay.
 */
async function numbersOf(
  { memory, webex }: Run,
  orgId: string,
  { id: locationId, callingLineId }: CallingLocation,
  declared: readonly string[] | undefined,
): Promise<string[]> {
  const all = await memory.untilWrite(`numbers:${orgId}`, () => webex.numbers.list({ orgId }));
  let real = numbersAt(locationId, all);
  if (declared?.some((number) => !real.includes(number))) {
    const own = await memory.untilWrite(`numbers:${locationId}`, () => webex.numbers.list({ orgId, locationId }));
    real = [...new Set([...real, ...numbersAt(locationId, own)])];
  }
  const main = callingLineId?.phoneNumber;
  if (declared && main && !real.includes(main)) real = [...new Set([...real, ...declared])];
  return inDeclaredOrder(declared, real);
}

function numbersAt(locationId: string, listed: readonly PhoneNumber[]): string[] {
  return listed.flatMap(({ phoneNumber, location }) =>
    phoneNumber && isSameId(location?.id, locationId) ? [phoneNumber] : [],
  );
}
