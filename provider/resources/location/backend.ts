import type { CallingTarget } from '../calling/target';
import { toLocationApi } from '../inputs/address';
import type { LocationInputs } from './schema';

/** Seconds to wait for Webex, unless `timeouts` says otherwise. */
export const LOCATION_SECONDS = 300;

/** The location as {@link applyCalling} wants it. */
export function callingTarget(orgId: string, locationId: string, inputs: LocationInputs): CallingTarget {
  const { name, timeZone, preferredLanguage, announcementLanguage, address } = inputs;
  return {
    orgId,
    locationId,
    name,
    timeZone,
    preferredLanguage,
    announcementLanguage,
    address: toLocationApi(address),
    path: 'calling',
  };
}
