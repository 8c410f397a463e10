import { z } from 'zod';
import { type Api, path } from './http/api';
import { type GoOn, listByOffset } from './http/paging';
import { runPrecheck } from './precheck';
import { type Precheck, problem, webexId } from './shapes';

const subscriber = z.object({
  id: webexId,
  /** Only once provisioned. */
  personId: webexId.optional(),
  email: z.string(),
  customerId: webexId.optional(),
  externalCustomerId: z.string().optional(),
  /** The document is about to drop `package` in favour of `packages`. */
  package: z.string().optional(),
  packages: z.array(z.string()).optional(),
  /** provisioned, pending_user_migration */
  status: z.string(),
  errors: z.array(problem).default([]),
  created: z.string().optional(),
  lastStatusChange: z.string().optional(),
});
const normalized = subscriber.transform(({ package: single, packages, ...rest }) => ({
  ...rest,
  /** Read from `package` where the answer holds that only. */
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

/** Wholesale subscribers. `behalf` is a sub-partner's organization ID (`onBehalfOfSubPartnerOrgId`). */
export function subscribersApi(api: Api) {
  const onBehalf = (behalf: string | undefined) => ({ onBehalfOfSubPartnerOrgId: behalf });
  return {
    /** All subscribers that the filter lets pass, 100 a request, or those of so many requests as `goOn` wants. */
    list: (filter: SubscriberFilter = {}, behalf?: string, goOn?: GoOn<Subscriber>): Promise<Subscriber[]> =>
      listByOffset(api, {
        path: COLLECTION,
        query: { ...filter, ...onBehalf(behalf) },
        item: normalized,
        max: 100,
        identity: (item) => item.id,
        goOn,
      }),

    /** 200 when provisioned, 202 with status `pending_user_migration` when the person has to consent first. */
    create: async (body: SubscriberCreate, behalf?: string): Promise<Subscriber> =>
      (await api.call({ method: 'POST', path: COLLECTION, query: onBehalf(behalf), body }, normalized)).body,

    get: async (id: string, behalf?: string): Promise<Subscriber> =>
      (await api.call({ method: 'GET', path: path`/wholesale/subscribers/${id}`, query: onBehalf(behalf) }, normalized))
        .body,

    async update(id: string, body: SubscriberUpdate, behalf?: string): Promise<Subscriber> {
      const call = { method: 'PUT', path: path`/wholesale/subscribers/${id}`, query: onBehalf(behalf), body } as const;
      return (await api.call(call, normalized)).body;
    },

    /** Removes the mapping; the Webex person stays. */
    async remove(id: string, behalf?: string): Promise<void> {
      await api.run({ method: 'DELETE', path: path`/wholesale/subscribers/${id}`, query: onBehalf(behalf) });
    },

    /** What provisioning would say. @throws WebexApiError with Cisco's reasons where it says no */
    precheck: (body: SubscriberPrecheck, behalf?: string): Promise<Precheck> =>
      runPrecheck(api, `${COLLECTION}/validate`, body, behalf),

    /**
     * Sends the consent mail to a subscriber in `pending_user_migration`; its path has no `/wholesale` in Cisco's
     * document.
     */
    async sendConsentMoveEmail(id: string, behalf?: string): Promise<void> {
      await api.run({ method: 'POST', path: path`/subscribers/${id}/emails/consentMove`, query: onBehalf(behalf) });
    },
  };
}
