import type { Location, LocationCreate, LocationUpdate } from '../../webex';
import type { CallingTarget } from '../calling/api';
import { fromLocationApi, toLocationApi } from '../inputs/address';
import type { LocationInputs, LocationState } from './schema';

/** Inputs that PUT /locations/{locationId} changes. */
export const CHANGED_BY_PUT = ['name', 'timeZone', 'preferredLanguage', 'address'] as const;

/** Body of POST /locations. */
export function creationBody(inputs: LocationInputs): LocationCreate {
  const { name, timeZone, preferredLanguage, announcementLanguage, address, coordinates, notes } = inputs;
  const facts = { name, timeZone, preferredLanguage, announcementLanguage };
  return { ...facts, address: toLocationApi(address), ...coordinates, notes };
}

/** Body of PUT /locations/{locationId}. */
export function changeBody({ name, timeZone, preferredLanguage, address }: LocationInputs): LocationUpdate {
  return { name, timeZone, preferredLanguage, address: toLocationApi(address) };
}

/** The location as its calling is applied to it. */
export function callingTarget(orgId: string, locationId: string, inputs: LocationInputs): CallingTarget {
  const { name, timeZone, preferredLanguage, announcementLanguage, address } = inputs;
  const facts = { name, timeZone, preferredLanguage, announcementLanguage };
  return { orgId, locationId, ...facts, address: toLocationApi(address), path: 'calling' };
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
    preferredLanguage: languageFromApi(location.preferredLanguage, declared?.preferredLanguage),
    coordinates: (everything || declared.coordinates) && latitude && longitude ? { latitude, longitude } : undefined,
    notes: everything || declared.notes ? location.notes || undefined : undefined,
  };
}

/**
 * A language in the declared spelling where that means the same (`en_US`, `en-us`); the declared one where Webex
 * returns none.
 */
export function languageFromApi(real: string | undefined, declared: string | undefined): string {
  const plain = (language: string) => language.toLowerCase().replace('-', '_');
  if (!real) return declared ?? '';
  return declared !== undefined && plain(declared) === plain(real) ? declared : real;
}
