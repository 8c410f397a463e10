import type { Location, LocationCreate, LocationUpdate } from '../../webex';
import type { CallingTarget } from '../calling/api';
import { fromLocationApi, toLocationApi } from '../inputs/address';
import { keysBy } from '../inputs/keys';
import { CHANGES, type LocationInputs, type LocationState } from './schema';

/** Inputs that PUT /locations/{locationId} changes. */
export const CHANGED_BY_PUT = keysBy(CHANGES, 'PUT');

/** Body of POST /locations. */
export function creationBody(inputs: LocationInputs): LocationCreate {
  const { name, timeZone, preferredLanguage, announcementLanguage, address, coordinates, notes } = inputs;
  const facts = { name, timeZone, preferredLanguage, announcementLanguage };
  return { ...facts, address: toLocationApi(address), ...coordinates, notes };
}

/** Body of PUT /locations/{locationId} for the inputs that differ. One that is no longer declared keeps its value. */
export function changeBody(changed: Partial<Pick<LocationInputs, (typeof CHANGED_BY_PUT)[number]>>): LocationUpdate {
  const { address, coordinates, ...rest } = changed;
  return { ...rest, ...coordinates, ...(address && { address: toLocationApi(address) }) };
}

/** The location as its calling is applied to it, and how many seconds that may wait. */
export function callingTarget(
  orgId: string,
  locationId: string,
  inputs: LocationInputs,
  seconds: number,
): CallingTarget {
  const { name, timeZone, preferredLanguage, announcementLanguage, address } = inputs;
  const facts = { name, timeZone, preferredLanguage, announcementLanguage };
  return { orgId, locationId, ...facts, address: toLocationApi(address), path: 'calling', seconds };
}

/** What GET /locations returns, as inputs. */
export function fromApi(location: Location, declared: LocationState | undefined): Partial<LocationInputs> {
  const { latitude, longitude } = location;
  const everything = declared === undefined;
  return {
    name: location.name,
    timeZone: location.timeZone ?? declared?.timeZone ?? '',
    address: fromLocationApi(location.address) as LocationInputs['address'],
    // Returned in Cisco's example of the list only.
    preferredLanguage: location.preferredLanguage || declared?.preferredLanguage || '',
    coordinates: (everything || declared.coordinates) && latitude && longitude ? { latitude, longitude } : undefined,
    notes: everything || declared.notes ? location.notes || undefined : undefined,
  };
}
