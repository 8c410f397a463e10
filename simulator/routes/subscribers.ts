import { z } from 'zod';
import { getCustomer } from '../domain/customers/find';
import { onBehalfOf } from '../domain/organizations/sub-partners';
import { basePackage } from '../domain/packages/rules';
import { createSubscriber, deleteSubscriber, updateSubscriber } from '../domain/subscribers/changes';
import { sendConsentMail } from '../domain/subscribers/consent';
import { getSubscriber, type ListedSubscriber, listSubscribers } from '../domain/subscribers/find';
import { presentSubscriber } from '../domain/subscribers/present';
import {
  checkEmail,
  checkProvisioningId,
  planSubscriber,
  requestedPackages,
  usableOrganization,
} from '../domain/subscribers/rules';
import {
  createSubscriberBody,
  type PrecheckSubscriber,
  precheckSubscriberBody,
  updateSubscriberBody,
} from '../domain/subscribers/schema';
import { NO_CONTENT, type Operation, ok, operation, type Reply } from '../http/operation';
import { countParameter, page } from '../http/paging';
import type { World } from '../world';
import { wholesaleQuery } from './parameters';
import { PRECHECK_SUCCESS } from './wholesale';

/** "Epoch time (in milliseconds) preferred, but ISO 8601 date format also accepted." */
const moment = z
  .string()
  .transform((text) => (/^\d{1,15}$/.test(text) ? Number(text) : Date.parse(text)))
  .refine((time) => Number.isFinite(time), 'must be milliseconds since 1970 or an ISO 8601 date')
  .optional();

const listQuery = wholesaleQuery.extend({
  max: countParameter(50, 100, 1),
  offset: countParameter(0),
  customerId: z.string().optional(),
  personId: z.string().optional(),
  externalCustomerId: z.string().optional(),
  email: z.string().optional(),
  status: z.enum(['provisioned', 'pending_user_migration']).optional(),
  after: moment,
  lastStatusChange: moment,
  sortBy: z.enum(['created', 'lastStatusChange']).default('created'),
  sortOrder: z.enum(['ASC', 'DESC']).default('ASC'),
});

const PATH = '/wholesale/subscribers';

const ONE = `${PATH}/{subscriberId}`;

/** Wholesale subscribers: the operations of the wholesale documents. */
export const subscriberOperations: Operation[] = [
  operation('GET', PATH, { query: listQuery }, ({ world, query, url }) => {
    const subPartner = onBehalfOf(world, query.onBehalfOfSubPartnerOrgId, 'read');
    const found = listSubscribers(world, { ...query, subPartner }, query.max, query.offset);
    const { items, headers } = page(found, query.max, query.offset, 'offset', url);
    return { status: 200, headers, body: { items: items.map(presentSubscriber) } };
  }),
  operation('POST', PATH, { query: wholesaleQuery, body: createSubscriberBody }, ({ world, query, body, url }) => {
    const subPartner = onBehalfOf(world, query.onBehalfOfSubPartnerOrgId, 'change');
    const customer = getCustomer(world, body.customerId, subPartner);
    const subscriber = createSubscriber(world, customer, body);
    return reply(url, subscriber, subscriber.status === 'provisioned' ? 200 : 202);
  }),
  operation('GET', ONE, { query: wholesaleQuery }, ({ world, query, param, url }) => {
    const subPartner = onBehalfOf(world, query.onBehalfOfSubPartnerOrgId, 'read');
    return reply(url, getSubscriber(world, param('subscriberId'), subPartner), 200);
  }),
  operation('PUT', ONE, { query: wholesaleQuery, body: updateSubscriberBody }, ({ world, query, body, param, url }) => {
    const subPartner = onBehalfOf(world, query.onBehalfOfSubPartnerOrgId, 'change');
    return reply(url, updateSubscriber(world, getSubscriber(world, param('subscriberId'), subPartner), body), 200);
  }),
  operation('DELETE', ONE, { query: wholesaleQuery }, ({ world, query, param }) => {
    const subPartner = onBehalfOf(world, query.onBehalfOfSubPartnerOrgId, 'delete');
    deleteSubscriber(world, getSubscriber(world, param('subscriberId'), subPartner));
    return NO_CONTENT;
  }),
  operation(
    'POST',
    `${PATH}/validate`,
    { query: wholesaleQuery, body: precheckSubscriberBody },
    ({ world, query, body }) => {
      precheck(world, body, onBehalfOf(world, query.onBehalfOfSubPartnerOrgId, 'change'));
      return ok(PRECHECK_SUCCESS);
    },
  ),
  operation(
    'POST',
    '/subscribers/{subscriberId}/emails/consentMove',
    { query: wholesaleQuery },
    ({ world, query, param }) => {
      const subPartner = onBehalfOf(world, query.onBehalfOfSubPartnerOrgId, 'change');
      // The user answers through /simulator/consents of the control plane.
      sendConsentMail(world, getSubscriber(world, param('subscriberId'), subPartner));
      return NO_CONTENT;
    },
  ),
];

/**
 * Gives the answer that POST would give, as far as the given fields allow: complete with a customer and packages.
 */
function precheck(world: World, body: PrecheckSubscriber, subPartner: string | null): void {
  if (body.provisioningId !== undefined) checkProvisioningId(world, body.provisioningId);
  const packages = requestedPackages(body);
  const customer = body.customerId === undefined ? undefined : getCustomer(world, body.customerId, subPartner);
  if (customer && packages.length > 0)
    planSubscriber(world, customer, body.email, packages, body.provisioningParameters ?? {});
  else {
    if (customer) usableOrganization(customer);
    checkEmail(world, body.email);
    if (packages.length > 0) basePackage(packages);
  }
}

function reply(url: URL, subscriber: ListedSubscriber, status: 200 | 202): Reply {
  const headers = { Location: `${url.origin}/v1${PATH}/${subscriber.id}` };
  return { status, headers, body: presentSubscriber(subscriber) };
}
