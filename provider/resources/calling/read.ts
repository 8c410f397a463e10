import type { CallingLocation } from '../../webex';
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
  const everything = declared === undefined;
  if (!everything && scope === 'basic') return readLists(run, orgId, locationId, declared);
  const wants = (key: string) => everything || declared[key as keyof Calling] !== undefined;

  const details = await orGone(run.webex.calling.get(orgId, locationId));
  if (details === undefined) return { calling: { enabled: false } };
  const connection = wants('pstn') ? await run.webex.pstn.get(orgId, locationId) : undefined;
  const settings = Object.entries(settingsFromApi(details)).filter(([key]) => wants(key));
  const calling: Calling = {
    enabled: true,
    pstn: connection && pstnFromApi(declared?.pstn, connection, details.connection ?? undefined),
    phoneNumbers: wants('phoneNumbers')
      ? inDeclaredOrder(declared?.phoneNumbers, await numbersOf(run, orgId, locationId))
      : undefined,
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
 * @param organization name of the organization, which Webex takes for names that nobody sets
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

/** The calling locations of an organization: one list serves all who ask. */
export function callingLocationsOf({ memory, webex }: Run, orgId: string): Promise<CallingLocation[]> {
  return memory.untilWrite(`calling:${orgId}`, () => webex.calling.list({ orgId }));
}

/** The reading of `refresh: basic`: two lists for the whole organization. */
async function readLists(run: Run, orgId: string, locationId: string, declared: Calling): Promise<CallingReading> {
  const found = (await callingLocationsOf(run, orgId)).find(({ id }) => id === locationId);
  if (found === undefined) return { calling: { enabled: false } };
  const calling: Calling = { ...declared, enabled: true };
  if (declared.mainNumber !== undefined) calling.mainNumber = found.callingLineId?.phoneNumber ?? undefined;
  if (declared.phoneNumbers)
    calling.phoneNumbers = inDeclaredOrder(declared.phoneNumbers, await numbersOf(run, orgId, locationId));
  return { calling };
}

async function numbersOf({ memory, webex }: Run, orgId: string, locationId: string): Promise<string[]> {
  const all = await memory.untilWrite(`numbers:${orgId}`, () => webex.numbers.list({ orgId }));
  return all.flatMap(({ phoneNumber, location }) => (phoneNumber && location?.id === locationId ? [phoneNumber] : []));
}
