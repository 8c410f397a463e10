import type { Found } from '../../lifecycle';
import type { Location } from '../../webex';
import { readCalling } from '../calling/apply';
import { fromLocationApi } from '../inputs/address';
import { organizationOf } from '../lookups/organizations';
import { orGone } from '../outcomes/refusals';
import { type RefreshScope, session } from '../run/session';
import { snapshot } from '../run/snapshot';
import { inputsOf, type LocationInputs, type LocationState } from './schema';

/**
 * Reads a location: what is declared of it with its real values, as far as Webex tells them.
 * @param scope a reading on which changes are based must be `full`
 */
export async function read(
  id: string,
  state: LocationState | undefined,
  scope: RefreshScope = session.refresh,
): Promise<Found<LocationInputs, LocationState> | undefined> {
  const found = state ? await findDeclared(id, state) : await findAny(id);
  if (found === undefined) return undefined;
  const { location, orgId, customerId } = found;
  const reading = await readCalling(orgId, id, state ? (state.calling ?? { enabled: true }) : undefined, scope);
  const all = state === undefined;
  const { latitude, longitude } = location;
  const real: LocationState = {
    ...(state ?? ({} as LocationState)),
    orgId,
    customerId,
    name: location.name,
    timeZone: location.timeZone ?? state?.timeZone ?? '',
    address: fromLocationApi(location.address) as LocationState['address'],
    // The first is in Cisco's example of the list only, the second is returned only while calling is enabled.
    preferredLanguage: languageAs(state?.preferredLanguage, location.preferredLanguage),
    announcementLanguage: languageAs(state?.announcementLanguage, reading.announcementLanguage),
    coordinates: (all || state.coordinates) && latitude && longitude ? { latitude, longitude } : undefined,
    notes: all || state.notes ? location.notes || undefined : undefined,
    calling: all || state.calling ? reading.calling : undefined,
    pstnConnectionType: reading.pstnConnectionType ?? state?.pstnConnectionType,
  };
  return { id, state: real, inputs: inputsOf(real) };
}

/** What Webex says, in the declared spelling where that means the same (`en_US`, `en-us`); where it is silent, the declared. */
function languageAs(declared: string | undefined, real: string | undefined): string {
  const plain = (language: string) => language.toLowerCase().replace('-', '_');
  if (!real) return declared ?? '';
  return declared !== undefined && plain(declared) === plain(real) ? declared : real;
}

interface Whereabouts {
  readonly location: Location;
  readonly orgId: string;
  readonly customerId: string;
}

/**
 * A recorded location. One whose customer is no longer ours is gone for us, although the organization may still have
 * it: a customer that is created anew gets another organization.
 */
async function findDeclared(
  id: string,
  { orgId, customerId, onBehalfOfSubPartnerOrgId }: LocationState,
): Promise<Whereabouts | undefined> {
  const owner = await orGone(organizationOf(customerId, onBehalfOfSubPartnerOrgId));
  if (owner !== orgId) return undefined;
  const all = await snapshot(`locations:${orgId}`, () => session.webex.locations.list({ orgId }));
  const location = all.find((entry) => entry.id === id);
  return location && { location, orgId, customerId };
}

/** A location of which only the ID is known (`Location.get`): its organization tells the customer. */
async function findAny(id: string): Promise<Whereabouts | undefined> {
  const location = await orGone(session.webex.locations.get(undefined, id));
  const orgId = location?.orgId;
  if (location === undefined || orgId === undefined) return undefined;
  const [customer] = await session.webex.customers.list({ orgId }, session.onBehalfOfSubPartnerOrgId);
  return { location, orgId, customerId: customer?.id ?? '' };
}
