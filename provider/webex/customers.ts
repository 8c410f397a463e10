import { z } from 'zod';
import { type Api, path } from './http/api';
import { WebexResponseError } from './http/errors';
import { type GoOn, listByOffset } from './http/paging';
import { runPrecheck } from './precheck';
import {
  type CallingParameters,
  type Precheck,
  problem,
  type WholesaleAddressBody,
  webexId,
  wholesaleAddress,
} from './shapes';

const packageDetail = z.object({
  name: z.string(),
  /** provisioned, provisioning, deleting, error */
  status: z.string().optional(),
  warnings: z.array(problem).default([]),
  errors: z.array(problem).default([]),
  licenseIds: z.array(z.string()).optional(),
});

const customer = z.object({
  id: webexId,
  /** Only once provisioned. */
  orgId: webexId.optional(),
  externalId: z.string().optional(),
  address: wholesaleAddress.optional(),
  /** provisioned, provisioned_with_errors, provisioning, updating, deleting, error, pending_rpl_review */
  status: z.string(),
  packages: z.array(z.string()).default([]),
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
  /** To attach an existing organization. */
  orgId?: string;
  externalId: string;
  address: WholesaleAddressBody;
  /** Wanted for a new organization. */
  customerInfo?: { name: string; primaryEmail: string; language?: string };
  provisioningParameters?: CustomerParameters;
  subPartnerAdminEmail?: string;
}

/** Body of PUT /wholesale/customers/{customerId}: `packages` is the complete list, what is missing is taken away. */
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
const resourceUrl = z.object({ url: z.string().optional() });

/** Wholesale customers. `behalf` is a sub-partner's organization ID (`onBehalfOfSubPartnerOrgId`). */
export function customersApi(api: Api) {
  const onBehalf = (behalf: string | undefined) => ({ onBehalfOfSubPartnerOrgId: behalf });
  return {
    /** All customers that the filter lets pass, 100 a request, or those of so many requests as `goOn` wants. */
    list: (filter: CustomerFilter = {}, behalf?: string, goOn?: GoOn<Customer>): Promise<Customer[]> =>
      listByOffset(api, {
        path: COLLECTION,
        query: { ...filter, ...onBehalf(behalf) },
        item: customer,
        max: 100,
        identity: (item) => item.id,
        goOn,
      }),

    /** Starts to provision (asynchronous: 202). @returns the ID, which is the end of the URL that the answer names */
    async create(body: CustomerCreate, behalf?: string): Promise<{ id: string; trackingId?: string }> {
      const call = { method: 'POST', path: COLLECTION, query: onBehalf(behalf), body } as const;
      const answer = await api.call(call, resourceUrl);
      const id = lastSegment(answer.body.url) ?? lastSegment(answer.headers.location);
      if (!id)
        throw new WebexResponseError('POST', COLLECTION, 'neither "url" nor the Location header names a customer', {
          outcomeUnknown: true,
          trackingId: answer.headers.trackingid,
        });
      return { id, trackingId: answer.headers.trackingid };
    },

    /** With `includePackageLicenseInfo`, each package names its licenses. */
    async get(id: string, behalf?: string, includePackageLicenseInfo?: true): Promise<Customer> {
      const query = { ...onBehalf(behalf), includePackageLicenseInfo };
      return (await api.call({ method: 'GET', path: path`/wholesale/customers/${id}`, query }, customer)).body;
    },

    /** Starts to change (asynchronous: 202). */
    async update(id: string, body: CustomerUpdate, behalf?: string): Promise<{ trackingId?: string }> {
      const call = { method: 'PUT', path: path`/wholesale/customers/${id}`, query: onBehalf(behalf), body } as const;
      return { trackingId: (await api.run(call)).headers.trackingid };
    },

    /** Removes the mapping (asynchronous: 202); the Webex organization stays. */
    async remove(id: string, behalf?: string): Promise<void> {
      await api.run({ method: 'DELETE', path: path`/wholesale/customers/${id}`, query: onBehalf(behalf) });
    },

    /** What provisioning would say. @throws WebexApiError with Cisco's reasons where it says no */
    precheck: (body: CustomerPrecheck, behalf?: string): Promise<Precheck> =>
      runPrecheck(api, `${COLLECTION}/validate`, body, behalf),
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
