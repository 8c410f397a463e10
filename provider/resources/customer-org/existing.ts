import type { Customer } from '../../webex';
import { fromWholesaleApi } from '../shared/address';
import { describeDifferences, same } from '../shared/compare';
import { orGone } from '../shared/refusals';
import { session } from '../shared/session';
import type { CustomerOrgInputs } from './schema';

/** The customer that has the declared key. */
export async function findExisting(inputs: CustomerOrgInputs): Promise<Customer | undefined> {
  const { externalId, onBehalfOfSubPartnerOrgId } = inputs;
  const found = await session.webex.customers.list({ externalId }, onBehalfOfSubPartnerOrgId);
  return found.find((customer) => customer.externalId === externalId);
}

/** What of a customer differs from the declaration, as far as Webex tells. */
export async function differencesFrom(existing: Customer, inputs: CustomerOrgInputs): Promise<string[]> {
  const name = inputs.name !== undefined && existing.orgId ? await organizationName(existing.orgId) : undefined;
  const actual = {
    address: fromWholesaleApi(existing.address),
    orgId: existing.orgId,
    ...(name !== undefined && { name }),
  };
  const { address, orgId } = inputs;
  const differences = describeDifferences(actual, { address, orgId, ...(name !== undefined && { name: inputs.name }) });
  if (!same(existing.packages, inputs.packages)) {
    differences.push(
      `packages are ${existing.packages.join(', ') || 'none'}, declared are ${inputs.packages.join(', ')}`,
    );
  }
  return differences;
}

/** Why an existing customer isn't taken over. */
export function conflict(externalId: string, differences: string[]): string {
  return (
    `a customer with externalId "${externalId}" exists and differs from what is declared: ${differences.join('; ')}. ` +
    'Correct the declaration, choose another externalId, or set adopt: true to take it over and change it'
  );
}

/** Name of an organization, where the token may read it. */
export async function organizationName(orgId: string): Promise<string | undefined> {
  return (await orGone(session.webex.organizations.get(orgId)))?.displayName;
}

/**
 * An organization of the declared name that no customer is mapped to: probably one that was unlinked earlier.
 * Undefined where there is none, or more than one.
 */
export async function findUnlinkedOrganization(inputs: CustomerOrgInputs): Promise<string | undefined> {
  if (inputs.name === undefined) return undefined;
  const named = (await session.webex.organizations.list()).filter(({ displayName }) => displayName === inputs.name);
  const [only, ...others] = named;
  if (only === undefined || others.length > 0) return undefined;
  const mapped = await session.webex.customers.list({ orgId: only.id }, inputs.onBehalfOfSubPartnerOrgId);
  return mapped.length === 0 ? only.id : undefined;
}

/** Why an organization that was found by its name isn't attached by itself. */
export function unlinked(name: string | undefined, orgId: string): string {
  return (
    `an organization named "${name}" exists and no customer is mapped to it; it was probably unlinked earlier. ` +
    `Set orgId: "${orgId}" or adopt: true to attach it again`
  );
}
