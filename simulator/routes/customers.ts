import { z } from 'zod';
import { createCustomer, deleteCustomer, updateCustomer } from '../domain/customers/changes';
import { getCustomer, listCustomers } from '../domain/customers/find';
import { presentCustomer } from '../domain/customers/present';
import { checkNewCustomer } from '../domain/customers/rules';
import { createCustomerBody, precheckCustomerBody, updateCustomerBody } from '../domain/customers/schema';
import { onBehalfOf } from '../domain/organizations/sub-partners';
import { type Operation, ok, operation, type Reply } from '../http/operation';
import { countParameter, flagParameter, page } from '../http/paging';
import { wholesaleQuery } from './parameters';
import { PRECHECK_SUCCESS } from './wholesale';

/** "Customer API status." */
const STATUSES = z.enum([
  'provisioned',
  'provisioned_with_errors',
  'provisioning',
  'updating',
  'deleting',
  'error',
  'pending_rpl_review',
]);

const listQuery = wholesaleQuery.extend({
  externalId: z.string().optional(),
  orgId: z.string().optional(),
  status: z
    .string()
    .transform((list) => list.split(','))
    .pipe(z.array(STATUSES))
    .optional(),
  offset: countParameter(0),
  // Default and limit are not documented for customers; these are from the People API.
  max: countParameter(100, 100, 1),
});

const getQuery = wholesaleQuery.extend({ includePackageLicenseInfo: flagParameter });

const PATH = '/wholesale/customers';

const ONE = `${PATH}/{customerId}`;

/** Wholesale customers: the operations of the wholesale documents. */
export const customerOperations: Operation[] = [
  operation('GET', PATH, { query: listQuery }, ({ world, query, url }) => {
    const subPartner = onBehalfOf(world, query.onBehalfOfSubPartnerOrgId, 'read');
    const found = listCustomers(world, { ...query, subPartner }, query.max, query.offset);
    const { items, headers } = page(found, query.max, query.offset, 'offset', url);
    return { status: 200, headers, body: { items: items.map((row) => presentCustomer(world, row, false)) } };
  }),
  operation('POST', PATH, { query: wholesaleQuery, body: createCustomerBody }, ({ world, query, body, url }) => {
    const customer = createCustomer(world, body, onBehalfOf(world, query.onBehalfOfSubPartnerOrgId, 'change'));
    return accepted(url, customer.id);
  }),
  operation('GET', ONE, { query: getQuery }, ({ world, query, param, url }) => {
    const subPartner = onBehalfOf(world, query.onBehalfOfSubPartnerOrgId, 'read');
    const customer = getCustomer(world, param('customerId'), subPartner);
    const headers = { Location: customerUrl(url, customer.id) };
    return { status: 200, headers, body: presentCustomer(world, customer, query.includePackageLicenseInfo) };
  }),
  operation('PUT', ONE, { query: wholesaleQuery, body: updateCustomerBody }, ({ world, query, body, param, url }) => {
    const subPartner = onBehalfOf(world, query.onBehalfOfSubPartnerOrgId, 'change');
    const customer = getCustomer(world, param('customerId'), subPartner);
    updateCustomer(world, customer, body);
    return accepted(url, customer.id);
  }),
  operation('DELETE', ONE, { query: wholesaleQuery }, ({ world, query, param }) => {
    const subPartner = onBehalfOf(world, query.onBehalfOfSubPartnerOrgId, 'delete');
    deleteCustomer(world, getCustomer(world, param('customerId'), subPartner));
    return { status: 202 };
  }),
  operation(
    'POST',
    `${PATH}/validate`,
    { query: wholesaleQuery, body: precheckCustomerBody },
    ({ world, query, body }) => {
      onBehalfOf(world, query.onBehalfOfSubPartnerOrgId, 'change');
      checkNewCustomer(world, body);
      return ok(PRECHECK_SUCCESS);
    },
  ),
];

function customerUrl(url: URL, id: string): string {
  return `${url.origin}/v1${PATH}/${id}`;
}

function accepted(url: URL, id: string): Reply {
  const location = customerUrl(url, id);
  return { status: 202, headers: { Location: location }, body: { url: location } };
}
