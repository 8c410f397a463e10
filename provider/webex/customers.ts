import { z } from 'zod';
import { type Api, type Call, path } from './http/api';
import { WebexResponseError } from './http/errors';
import { allOf, pagesByPosition } from './http/paging';
import { runPrecheck } from './precheck';
import {
  type CallingParameters,
  optionalId,
  type Precheck,
  problem,
  type WholesaleAddressBody,
  webexId,
  wholesaleAddress,
  word,
} from './shapes';

const packageDetail = z.object({
  name: word,
  /** provisioned, provisioning, deleting, error */
  status: word.optional(),
  warnings: z.array(problem).default([]),
  errors: z.array(problem).default([]),
  licenseIds: z.array(z.string()).optional(),
});

const customer = z.object({
  id: webexId,
  /** Missing until the customer is provisioned. */
  orgId: optionalId,
  externalId: z.string().optional(),
  address: wholesaleAddress.optional(),
  /** provisioned, provisioned_with_errors, provisioning, updating, deleting, error, pending_rpl_review */
  status: word,
  packages: z.array(word).default([]),
  resourceDetails: z.object({ packages: z.array(packageDetail).default([]) }).optional(),
  errors: z.array(problem).default([]),
});
/** A wholesale customer (`Customer`): the mapping between the partner's customer and a Webex organization. */
export type Customer = z.infer<typeof customer>;

/** Limits by package name (`provisioningParameters.packages.limits`). */
export type PackageLimits = Record<string, number>;

/** `provisioningParameters` of a customer. */
export interface CustomerParameters {
  calling?: CallingParameters;
  meetings?: { timezone?: string };
  packages?: { limits?: PackageLimits };
}

/** Body of POST /wholesale/customers. */
export interface CustomerCreate {
  provisioningId: string;
  packages: string[];
  /** Organization to attach; without it Webex creates one. */
  orgId?: string;
  externalId: string;
  address: WholesaleAddressBody;
  /** Required for a new organization. */
  customerInfo?: { name: string; primaryEmail: string; language?: string };
  provisioningParameters?: CustomerParameters;
  subPartnerAdminEmail?: string;
}

/** Body of PUT /wholesale/customers/{customerId}. Webex removes each package that `packages` does not list. */
export interface CustomerUpdate {
  externalId?: string;
  packages: string[];
  address?: WholesaleAddressBody;
  provisioningParameters?: CustomerParameters;
  subPartnerAdminEmail?: string;
}

/** Body of POST /wholesale/customers/validate. */
export interface CustomerPrecheck {
  provisioningId?: string;
  packages?: string[];
  orgId?: string;
  externalId?: string;
  address: WholesaleAddressBody;
  customerInfo?: { name?: string; primaryEmail: string };
  provisioningParameters?: CustomerParameters;
}

/** Filters of GET /wholesale/customers. */
export interface CustomerFilter {
  externalId?: string;
  orgId?: string;
  status?: string | string[];
}

const COLLECTION = '/wholesale/customers';
const ofCustomer = (id: string) => path`/wholesale/customers/${id}`;
const resourceUrl = z.object({ url: z.string().optional() });

/** Operations on wholesale customers. `onBehalfOf` is the organization ID of a sub-partner. */
export function customersApi(api: Api) {
  const subPartner = (onBehalfOf: string | undefined) => ({ onBehalfOfSubPartnerOrgId: onBehalfOf });
  const identity = ({ id }: Customer) => id;
  const pages = (filter: CustomerFilter = {}, onBehalfOf?: string) => {
    const query = { ...filter, ...subPartner(onBehalfOf) };
    return pagesByPosition(api, { path: COLLECTION, query, item: customer, max: 100, identity }, 'offset');
  };
  return {
    /** The customers that match the filter, 100 a page. */
    pages,
    /** All customers that match the filter. */
    list: (filter?: CustomerFilter, onBehalfOf?: string) => allOf(pages(filter, onBehalfOf), identity),

    /** Starts provisioning (asynchronous: 202). @returns the ID, taken from the end of the URL in the answer */
    async create(body: CustomerCreate, onBehalfOf?: string): Promise<{ id: string; trackingId?: string }> {
      const call = { method: 'POST', path: COLLECTION, query: subPartner(onBehalfOf), body } as const;
      const answer = await api.call(call, resourceUrl);
      const id = lastSegment(answer.body.url) ?? lastSegment(answer.headers.location);
      if (!id)
        throw new WebexResponseError('POST', COLLECTION, 'neither "url" nor the Location header names a customer', {
          outcomeUnknown: true,
          trackingId: answer.headers.trackingid,
        });
      api.newObjects.add(ofCustomer(id));
      return { id, trackingId: answer.headers.trackingid };
    },

    /** Reads a customer. With `includePackageLicenseInfo`, each package lists its licenses. */
    get: async (id: string, onBehalfOf?: string, includePackageLicenseInfo?: true): Promise<Customer> =>
      api.get(ofCustomer(id), customer, { ...subPartner(onBehalfOf), includePackageLicenseInfo }),

    /** Starts the change (asynchronous: 202). */
    async update(id: string, body: CustomerUpdate, onBehalfOf?: string): Promise<{ trackingId?: string }> {
      const call: Call = { method: 'PUT', path: ofCustomer(id), query: subPartner(onBehalfOf), body };
      return { trackingId: (await api.run(call)).headers.trackingid };
    },

    /** Removes the mapping (asynchronous: 202); the Webex organization stays. */
    async remove(id: string, onBehalfOf?: string): Promise<void> {
      await api.run({ method: 'DELETE', path: ofCustomer(id), query: subPartner(onBehalfOf) });
    },

    /** Asks whether Webex would accept the customer. @throws WebexApiError with Cisco's reasons where it would not */
    precheck: (body: CustomerPrecheck, onBehalfOf?: string): Promise<Precheck> =>
      runPrecheck(api, `${COLLECTION}/validate`, body, onBehalfOf),
  };
}

/** The ID at the end of `.../wholesale/customers/ID`. */
function lastSegment(url: string | undefined): string | undefined {
  const encoded = url?.match(/\/wholesale\/customers\/([^/?#]+)/)?.[1] ?? '';
  try {
    return webexId.safeParse(decodeURIComponent(encoded)).data;
  } catch {
    return undefined;
  }
}
