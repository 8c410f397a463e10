import { z } from 'zod';
import { type Api, type Call, path } from './http/api';
import { WebexApiError } from './http/errors';
import { listByStart } from './http/paging';
import { isSameId } from './ids';
import { type Job, job } from './jobs';
import type { LocationAddressBody } from './locations';
import { created, flag, languageCode, number, text, webexId, withoutEmptyLine } from './shapes';

const callingLocation = z.object({
  id: webexId,
  name: z.string().optional(),
  /** Missing means unknown: Webex sends null for some locations that have a language. */
  announcementLanguage: z.string().optional(),
  /** `phoneNumber` is the location's main number, E.164. */
  callingLineId: z.object({ name: z.string().optional(), phoneNumber: z.string().optional() }).optional(),
  connection: z.object({ type: z.string().optional(), id: z.string().optional() }).optional(),
  routingPrefix: text.optional(),
  outsideDialDigit: text.optional(),
  enforceOutsideDialDigit: flag.optional(),
  externalCallerIdName: z.string().optional(),
  pAccessNetworkInfo: z.string().optional(),
  chargeNumber: text.optional(),
});
/** The calling settings of a location. The entries of a list have fewer fields than the answer of GET with an ID. */
export type CallingLocation = z.infer<typeof callingLocation>;

/** Body of POST /telephony/config/locations, which enables calling at an existing location. */
export interface CallingEnable {
  id: string;
  name: string;
  timeZone: string;
  preferredLanguage: string;
  announcementLanguage: string;
  address: LocationAddressBody;
}

/** Body of PUT /telephony/config/locations/{locationId}. */
export interface CallingUpdate {
  announcementLanguage?: string;
  callingLineId?: { name?: string; phoneNumber?: string };
  connection?: { type: 'TRUNK' | 'ROUTE_GROUP'; id: string };
  externalCallerIdName?: string;
  pAccessNetworkInfo?: string;
  outsideDialDigit?: string;
  enforceOutsideDialDigit?: boolean;
  routingPrefix?: string;
  chargeNumber?: string;
}

/** Body of the POST that starts the job which disables calling. */
export interface CallingDisable {
  locationId: string;
  locationName?: string;
  forceDelete?: boolean;
}

const updateAnswer = z.object({ failureReason: z.string().optional() });
/** `failureReason` comes with 206, a partial change. */
export type CallingUpdateAnswer = z.infer<typeof updateAnswer>;

const deletionPrecheck = z.object({
  blocking: z
    .object({
      lastLocation: flag.optional(),
      trunksInUseCount: number.optional(),
      usersInUseCount: number.optional(),
      workspacesInUseCount: number.optional(),
      virtualLineInUseCount: number.optional(),
      numbersOrderPending: flag.optional(),
    })
    .optional(),
  blockingUnlessForced: z.object({ nonUserEntitiesInUse: flag.optional(), trunksCount: number.optional() }).optional(),
});
/** The reasons why calling can't be disabled at a location. */
export type DeletionPrecheck = z.infer<typeof deletionPrecheck>;

const COLLECTION = '/telephony/config/locations';
const DISABLING = '/telephony/config/jobs/locations/deleteCallingLocation';

const ofLocation = (locationId: string) => path`/telephony/config/locations/${locationId}`;

/** Operations on the calling settings of locations. */
export function callingApi(api: Api) {
  const list = (filter: { orgId: string; name?: string }): Promise<CallingLocation[]> =>
    listByStart(api, {
      path: COLLECTION,
      query: { ...filter },
      item: callingLocation,
      key: 'locations',
      max: 500,
      identity: (item) => item.id,
    });
  return {
    /** Lists the locations that have calling; `name` matches a part of the name. */
    list,

    async enable(orgId: string, given: CallingEnable): Promise<{ id: string }> {
      const address = withoutEmptyLine(given.address);
      const body = { ...given, announcementLanguage: languageCode(given.announcementLanguage), address };
      return api.post(COLLECTION, body, created, { orgId });
    },

    /** @returns undefined where the location has no calling: 404, or 400 and not in the list of calling locations */
    async get(orgId: string, locationId: string): Promise<CallingLocation | undefined> {
      try {
        return await api.get(ofLocation(locationId), callingLocation, { orgId });
      } catch (error) {
        if (!(error instanceof WebexApiError)) throw error;
        if (error.isNotFound) return undefined;
        if (error.status === 400 && !(await list({ orgId })).some(({ id }) => isSameId(id, locationId)))
          return undefined;
        throw error;
      }
    },

    async update(orgId: string, locationId: string, given: CallingUpdate): Promise<CallingUpdateAnswer> {
      const { announcementLanguage: language } = given;
      const body = language === undefined ? given : { ...given, announcementLanguage: languageCode(language) };
      const call: Call = { method: 'PUT', path: ofLocation(locationId), query: { orgId }, body };
      // 204 has no body; 200 has one only where Webex started a job.
      return (await api.maybe(call, updateAnswer)).body ?? {};
    },

    /** Starts the job that disables calling. Webex refuses it for the last calling location of an organization. */
    startDisabling: async (orgId: string, body: CallingDisable): Promise<Job> => {
      api.newObjects.delete(ofLocation(body.locationId));
      return api.post(DISABLING, body, job, { orgId });
    },

    getDisablingJob: async (orgId: string, jobId: string): Promise<Job> =>
      api.get(DISABLING + path`/${jobId}`, job, { orgId }),

    /** Asks for the reasons why calling can't be disabled. The POST changes nothing. */
    async precheckForDeletion(orgId: string, locationId: string): Promise<DeletionPrecheck> {
      const precheckPath = `${ofLocation(locationId)}/actions/precheckForDeletion/invoke`;
      return api.post(precheckPath, undefined, deletionPrecheck, { orgId }, { safe: true });
    },
  };
}
