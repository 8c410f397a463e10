import type { Customer } from '../../webex';
import { callingDifferences, readCalling } from '../calling/apply';
import { fromLocationApi, fromWholesaleApi } from '../inputs/address';
import { describeDifferences, same } from '../inputs/compare';
import { orGone } from '../outcomes/refusals';
import { session } from '../run/session';
import { limitsTold } from './limits';
import type { CustomerOrgInputs } from './schema';

/** The customer that has the declared key. */
export async function findExisting(inputs: CustomerOrgInputs): Promise<Customer | undefined> {
  const { externalId, onBehalfOfSubPartnerOrgId } = inputs;
  const found = await session.webex.customers.list({ externalId }, onBehalfOfSubPartnerOrgId);
  return found.find((customer) => customer.externalId === externalId);
}

/** What of a customer differs from the declaration, as far as Webex tells. */
export async function differencesFrom(existing: Customer, inputs: CustomerOrgInputs): Promise<string[]> {
  const { address } = inputs;
  const differences = [
    ...describeDifferences({ address: fromWholesaleApi(existing.address) }, { address }),
    ...(await immutableDifferences(existing, inputs)),
  ];
  if (!same(existing.packages, inputs.packages)) {
    differences.push(
      `packages are ${existing.packages.join(', ') || 'none'}, declared are ${inputs.packages.join(', ')}`,
    );
  }
  if (existing.orgId === undefined) return differences;
  differences.push(...(await limitDifferences(existing, existing.orgId, inputs)));
  differences.push(...(await headquartersDifferences(existing, existing.orgId, inputs)));
  return differences;
}

/** What differs that no operation changes: `adopt` can't help there. */
export async function immutableDifferences({ orgId }: Customer, inputs: CustomerOrgInputs): Promise<string[]> {
  const name = inputs.name !== undefined && orgId ? await organizationName(orgId) : undefined;
  const actual = { orgId, ...(name !== undefined && { name }) };
  return describeDifferences(actual, { orgId: inputs.orgId, ...(name !== undefined && { name: inputs.name }) });
}

/** Limits that Webex tells. One that is only missing is no difference: taking over sets it. */
async function limitDifferences(
  { id }: Customer,
  orgId: string,
  { packageLimits, onBehalfOfSubPartnerOrgId }: CustomerOrgInputs,
): Promise<string[]> {
  if (packageLimits === undefined) return [];
  const told = await limitsTold(orgId, await session.webex.customers.get(id, onBehalfOfSubPartnerOrgId, true));
  const declared = Object.entries(packageLimits).filter(([name]) => told[name] !== undefined);
  return describeDifferences(told, Object.fromEntries(declared), 'packageLimits.');
}

/** The headquarters is found by its name: Webex doesn't tell which location it is. */
async function headquartersDifferences(
  { status }: Customer,
  orgId: string,
  { headquarters: hq }: CustomerOrgInputs,
): Promise<string[]> {
  if (hq === undefined) return [];
  const named = await session.webex.locations.list({ orgId, name: hq.name });
  const found = named.find((location) => location.name === hq.name);
  // Where Webex could not provision all of it, the headquarters may be what is missing.
  if (found === undefined && status !== 'provisioned') return [];
  if (found === undefined) return [`headquarters.name: the organization has no location "${hq.name}"`];
  const { timeZone, address } = hq;
  const actual = { timeZone: found.timeZone, address: fromLocationApi(found.address) };
  const { calling } = hq.calling ? await readCalling(orgId, found.id, hq.calling, 'full') : { calling: undefined };
  return [
    ...describeDifferences(actual, { timeZone, address }, 'headquarters.'),
    ...callingDifferences(calling, hq.calling, 'headquarters.calling'),
  ];
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
