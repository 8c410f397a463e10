import { z } from 'zod';
import { type Api, type Call, path } from './http/api';
import { allOf, pagesByPosition } from './http/paging';
import { runPrecheck } from './precheck';
import { optionalId, type Precheck, text, webexId, word } from './shapes';

const subscriber = z.object({
  id: webexId,
  /** Missing until the subscriber is provisioned. */
  personId: optionalId,
  email: z.string(),
  customerId: optionalId,
  externalCustomerId: z.string().optional(),
  /** Cisco's document replaces `package` with `packages`; answers may hold either. */
  package: word.optional(),
  packages: z.array(word).optional(),
  /** provisioned, pending_user_migration */
  status: word,
  created: text.optional(),
});
const normalized = subscriber.transform(({ package: single, packages, ...rest }) => ({
  ...rest,
  /** Taken from `package` where the answer has no `packages`. */
  packages: packages ?? (single === undefined ? [] : [single]),
}));
/** A wholesale subscriber (`Subscriber`): the mapping between the partner's subscriber and a Webex person. */
export type Subscriber = z.infer<typeof normalized>;

/** Body of POST /wholesale/subscribers. */
export interface SubscriberCreate {
  customerId: string;
  email: string;
  packages: string[];
  provisioningParameters: {
    firstName?: string;
    lastName?: string;
    /** E.164. */
    primaryPhoneNumber?: string;
    extension?: string;
    locationId?: string;
  };
}

/** Body of PUT; `provisioningParameters` only from webex_meetings to a package with calling. */
export interface SubscriberUpdate {
  packages: string[];
  provisioningParameters?: { primaryPhoneNumber?: string; extension?: string; locationId?: string };
}

/** Body of POST /wholesale/subscribers/validate. */
export interface SubscriberPrecheck {
  provisioningId?: string;
  customerId?: string;
  email: string;
  packages?: string[];
  provisioningParameters?: SubscriberCreate['provisioningParameters'];
  customerInfo?: { primaryEmail: string };
}

/** Filters of GET /wholesale/subscribers. */
export interface SubscriberFilter {
  customerId?: string;
  email?: string;
  personId?: string;
  externalCustomerId?: string;
  status?: string;
}

const COLLECTION = '/wholesale/subscribers';
const ofSubscriber = (id: string) => path`/wholesale/subscribers/${id}`;

/** Operations on wholesale subscribers. `onBehalfOf` is the organization ID of a sub-partner. */
export function subscribersApi(api: Api) {
  const subPartner = (onBehalfOf: string | undefined) => ({ onBehalfOfSubPartnerOrgId: onBehalfOf });
  const identity = ({ id }: Subscriber) => id;
  const pages = (filter: SubscriberFilter = {}, onBehalfOf?: string) => {
    const query = { ...filter, ...subPartner(onBehalfOf) };
    return pagesByPosition(api, { path: COLLECTION, query, item: normalized, max: 100, identity }, 'offset');
  };
  return {
    /** The subscribers that match the filter, 100 a page. */
    pages,
    /** All subscribers that match the filter. */
    list: (filter?: SubscriberFilter, onBehalfOf?: string) => allOf(pages(filter, onBehalfOf), identity),

    /** Creates a subscriber: 200 when provisioned; 202 (`pending_user_migration`) when the person must consent. */
    async create(body: SubscriberCreate, onBehalfOf?: string): Promise<Subscriber> {
      const created = await api.post(COLLECTION, body, normalized, subPartner(onBehalfOf));
      if (created.personId !== undefined) api.newObjects.add(path`/people/${created.personId}`);
      return created;
    },

    get: async (id: string, onBehalfOf?: string): Promise<Subscriber> =>
      api.get(ofSubscriber(id), normalized, subPartner(onBehalfOf)),

    async update(id: string, body: SubscriberUpdate, onBehalfOf?: string): Promise<Subscriber> {
      const call: Call = { method: 'PUT', path: ofSubscriber(id), query: subPartner(onBehalfOf), body };
      return (await api.call(call, normalized)).body;
    },

    /** Removes the mapping; the Webex person stays. */
    async remove(id: string, onBehalfOf?: string): Promise<void> {
      await api.run({ method: 'DELETE', path: ofSubscriber(id), query: subPartner(onBehalfOf) });
    },

    /** Asks whether Webex would accept the subscriber. @throws WebexApiError with Cisco's reasons where it would not */
    precheck: (body: SubscriberPrecheck, onBehalfOf?: string): Promise<Precheck> =>
      runPrecheck(api, `${COLLECTION}/validate`, body, onBehalfOf),

    /**
     * Sends the consent mail to a subscriber in `pending_user_migration`. In Cisco's document the path has no
     * `/wholesale`.
     */
    async sendConsentMoveEmail(id: string, onBehalfOf?: string): Promise<void> {
      const mail = path`/subscribers/${id}/emails/consentMove`;
      await api.run({ method: 'POST', path: mail, query: subPartner(onBehalfOf) });
    },
  };
}
