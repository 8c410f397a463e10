import { z } from 'zod';
import { type Api, path } from './http/api';
import { WebexApiError } from './http/errors';
import { webexId } from './shapes';

const option = z.object({
  id: webexId,
  displayName: z.string().optional(),
  pstnServices: z.array(z.string()).default([]),
});
/** A connection that a location could have. */
export type PstnOption = z.infer<typeof option>;

const connection = option.extend({
  /** LOCAL_GATEWAY, NON_INTEGRATED_CCP, INTEGRATED_CCP, CISCO_PSTN */
  pstnConnectionType: z.string().optional(),
});
/** The connection that a location has. */
export type PstnConnection = z.infer<typeof connection>;

/** Body of PUT: `id` for a non-integrated CCP, route type and ID for a local gateway. */
export interface PstnSet {
  id?: string;
  premiseRouteType?: 'TRUNK' | 'ROUTE_GROUP';
  premiseRouteId?: string;
}

/** Operations on the PSTN connections of locations. */
export function pstnApi(api: Api) {
  const ofLocation = (locationId: string) => path`/telephony/pstn/locations/${locationId}/connection`;
  return {
    options: async (orgId: string, locationId: string): Promise<PstnOption[]> => {
      const options = path`/telephony/pstn/locations/${locationId}/connectionOptions`;
      return (await api.get(options, z.object({ items: z.array(option) }), { orgId })).items;
    },

    /** @returns undefined where the location has no connection: 404, or an error with the text below */
    async get(orgId: string, locationId: string): Promise<PstnConnection | undefined> {
      try {
        return await api.get(ofLocation(locationId), connection, { orgId });
      } catch (error) {
        if (error instanceof WebexApiError && (error.isNotFound || isNotConfigured(error))) return undefined;
        throw error;
      }
    },

    async set(orgId: string, locationId: string, body: PstnSet): Promise<void> {
      await api.run({ method: 'PUT', path: ofLocation(locationId), query: { orgId }, body });
    },
  };
}

/** Recognises `{"errorMessage": "PSTN for the location is not configured"}`. The status of that answer is not known. */
function isNotConfigured({ status, description }: WebexApiError): boolean {
  return status < 500 && /PSTN for the location is not configured/i.test(description);
}
