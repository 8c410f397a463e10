import type { Location } from '../../webex';
import { isSameId } from '../../webex/ids';
import { type CallingReading, readAnyCalling, readCalling } from '../calling/read';
import { locationById } from '../lookups/locations';
import { organizationName, organizationOf } from '../lookups/organizations';
import { orGone } from '../outcomes/errors';
import type { RefreshScope } from '../run/configuration';
import type { Run } from '../run/run';
import { fromApi } from './api';
import type { LocationState } from './schema';

/**
 * Reads a location: what is declared of it, with its real values, as far as Webex returns them.
 * @param scope a reading on which changes are based must be `full`
 */
export async function read(
  run: Run,
  id: string,
  state: LocationState | undefined,
  scope: RefreshScope = run.settings.refresh,
): Promise<LocationState | undefined> {
  const found = state ? await findDeclared(run, id, state) : await findAny(run, id);
  if (found === undefined) return undefined;
  const { orgId } = found;
  const reading = state
    ? await readCalling(run, orgId, id, state.calling ?? { enabled: true }, scope)
    : await readAnyCalling(run, orgId, id, await organizationName(run, orgId));
  return stateOf(found, state, reading);
}

/** Reads all of a location that a list returned, as a program would declare it. */
export async function readListed(run: Run, found: Found, hasCalling: boolean): Promise<LocationState> {
  const { orgId, location } = found;
  const name = await organizationName(run, orgId);
  return stateOf(found, undefined, hasCalling ? await readAnyCalling(run, orgId, location.id, name) : NO_CALLING);
}

const NO_CALLING: CallingReading = { calling: { enabled: false } };

function stateOf(
  { location, orgId, customerId }: Found,
  state: LocationState | undefined,
  reading: CallingReading,
): LocationState {
  return {
    ...(state ?? ({} as LocationState)),
    orgId,
    customerId,
    ...fromApi(location, state),
    // Returned only while calling is enabled.
    announcementLanguage: reading.announcementLanguage || state?.announcementLanguage || '',
    calling: (state === undefined && reading.calling.enabled) || state?.calling ? reading.calling : undefined,
    pstnConnectionType: reading.pstnConnectionType ?? state?.pstnConnectionType,
  };
}

/** A location with its organization and customer. */
export interface Found {
  readonly location: Location;
  readonly orgId: string;
  readonly customerId: string;
}

/**
 * A recorded location. If its customer is no longer ours, it is gone, although the organization may still have it: a
 * customer that is created anew gets another organization.
 */
async function findDeclared(run: Run, id: string, state: LocationState): Promise<Found | undefined> {
  const { orgId, customerId } = state;
  if (!isSameId(await orGone(organizationOf(run, state)), orgId)) return undefined;
  const location = await locationById(run, orgId, id);
  return location && { location, orgId, customerId };
}

/** A location of which only the ID is known (`Location.get`): the customer is found by its organization. */
async function findAny(run: Run, id: string): Promise<Found | undefined> {
  const { memory, webex, settings } = run;
  const location = await orGone(webex.locations.get(undefined, id));
  const orgId = location?.orgId;
  if (location === undefined || orgId === undefined) return undefined;
  const [customer] = await memory.untilWrite(`customer of:${orgId}`, () =>
    webex.customers.list({ orgId }, settings.onBehalfOfSubPartnerOrgId),
  );
  // The list also has the preferred language.
  return { location: (await locationById(run, orgId, id)) ?? location, orgId, customerId: customer?.id ?? '' };
}
