import type { Customer } from '../../webex';
import { once } from '../run/once';
import { session } from '../run/session';
import { customerLookup } from './customer-lookup';

/** Organization of a customer, resolved once a customer and process. */
const organizations = new Map<string, Promise<string>>();

/** A customer's organization is known: users and locations need not ask for it. */
export function rememberOrganization(customerId: string, orgId: string): void {
  organizations.set(customerId, Promise.resolve(orgId));
}

/** Whether a customer's organization is known or being asked for. */
export function isOrganizationKnown(customerId: string): boolean {
  return organizations.has(customerId);
}

/** A customer's organization must be asked for again. */
export function forgetOrganization(customerId: string): void {
  organizations.delete(customerId);
}

/**
 * Organization ID of a customer.
 * @throws Error where the customer isn't provisioned yet: Webex tells the organization only then.
 */
export function organizationOf(customerId: string, behalf: string | undefined): Promise<string> {
  const found = organizations.get(customerId);
  if (found) return found;
  const asked = provisioned(customerId, behalf).then(({ orgId, status }) => {
    if (orgId) return orgId;
    throw new Error(
      `The customer has no Webex organization yet: its status is ${status}. ` +
        (status === 'pending_rpl_review'
          ? 'Cisco reviews it for export control; run pulumi refresh and pulumi up once that is done.'
          : 'Run pulumi up again once it is provisioned.'),
    );
  });
  organizations.set(customerId, asked);
  // Unless it became known meanwhile, it must be asked for again.
  asked.catch(() => organizations.get(customerId) === asked && organizations.delete(customerId));
  return asked;
}

/**
 * A customer never gets another organization, so that an old list is good enough, if the organization is in it.
 * @throws WebexApiError (404) for a customer that doesn't exist
 */
async function provisioned(customerId: string, behalf: string | undefined): Promise<Customer> {
  const lookup = await once(`organizations:${behalf}`, async () => customerLookup(behalf));
  let asked: Customer | undefined;
  const ask = async () => {
    asked = await session.webex.customers.get(customerId, behalf);
    return asked;
  };
  const listed = await lookup.find(customerId, ask);
  return asked ?? (listed?.orgId ? listed : ask());
}
