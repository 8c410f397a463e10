import { inDeclaredOrder } from '../inputs/compare';
import { orGone } from '../outcomes/errors';
import type { RefreshScope } from '../run/configuration';
import type { Run } from '../run/run';
import { settingsFromApi } from './api';
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

/** The reading of `refresh: basic`: two lists for the whole organization. */
async function readLists(run: Run, orgId: string, locationId: string, declared: Calling): Promise<CallingReading> {
  const listed = await run.memory.untilWrite(`calling:${orgId}`, () => run.webex.calling.list({ orgId }));
  const found = listed.find(({ id }) => id === locationId);
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
