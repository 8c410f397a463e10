import { z } from 'zod';
import { type Api, path } from './http/api';
import { allOf, pagesByLink } from './http/paging';
import { created, languageCode, optionalId, text, webexId, withoutEmptyLine } from './shapes';

const locationAddress = z.object({
  address1: z.string().optional(),
  address2: z.string().optional(),
  city: z.string().optional(),
  state: z.string().optional(),
  postalCode: text.optional(),
  country: z.string().optional(),
});
/** An address as the locations API names its fields. */
export type LocationAddress = z.infer<typeof locationAddress>;

const location = z.object({
  id: webexId,
  name: z.string(),
  orgId: optionalId,
  timeZone: z.string().optional(),
  address: locationAddress.default({}),
  preferredLanguage: z.string().optional(),
  latitude: text.optional(),
  longitude: text.optional(),
  notes: z.string().optional(),
});
/** A location of an organization (GET /locations/{locationId}). */
export type Location = z.infer<typeof location>;

/** An address in a request of the locations and calling APIs: state and postal code are required here. */
export interface LocationAddressBody {
  address1: string;
  address2?: string;
  city: string;
  state: string;
  postalCode: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
}

/** Body of POST /locations. */
export interface LocationCreate {
  name: string;
  timeZone: string;
  preferredLanguage: string;
  announcementLanguage: string;
  address: LocationAddressBody;
  latitude?: string;
  longitude?: string;
  notes?: string;
}

/**
 * Body of PUT /locations/{locationId}, which does not change the announcement language. The document lacks coordinates
 * and notes, but Webex changes them (tests of wxc_sdk).
 */
export interface LocationUpdate {
  name?: string;
  timeZone?: string;
  preferredLanguage?: string;
  address?: LocationAddressBody;
  latitude?: string;
  longitude?: string;
  notes?: string;
}

/** Operations on locations, except their calling settings. */
export function locationsApi(api: Api) {
  return {
    /** Lists all locations; `name` matches a part of the name, in any case. */
    list(filter: { orgId: string; name?: string; id?: string }): Promise<Location[]> {
      const identity = ({ id }: Location) => id;
      return allOf(
        pagesByLink(api, { path: '/locations', query: filter, item: location, max: 500, identity }),
        identity,
      );
    },

    async create(orgId: string, given: LocationCreate): Promise<{ id: string }> {
      const announcementLanguage = languageCode(given.announcementLanguage);
      const body = { ...given, announcementLanguage, address: withoutEmptyLine(given.address) };
      return api.post('/locations', body, created, { orgId });
    },

    get: async (orgId: string | undefined, id: string): Promise<Location> =>
      api.get(path`/locations/${id}`, location, { orgId }),

    /** Changes a location. An address without a second line removes the location's second line. */
    async update(orgId: string, id: string, given: LocationUpdate): Promise<void> {
      const { address } = given;
      // PUT clears the line with null. An empty text would make a later request to enable calling fail.
      const body = address ? { ...given, address: { ...address, address2: address.address2 || null } } : given;
      await api.run({ method: 'PUT', path: path`/locations/${id}`, query: { orgId }, body });
    },

    /** Deletes a location. Its calling must be disabled before. */
    async remove(orgId: string, id: string): Promise<void> {
      await api.run({ method: 'DELETE', path: path`/locations/${id}`, query: { orgId } });
    },
  };
}
