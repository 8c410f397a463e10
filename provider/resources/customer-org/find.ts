import type { Customer } from '../../webex';
import { callingDifferences } from '../calling/differences';
import { readCalling } from '../calling/read';
import type { Comparison } from '../define/definition';
import { fromLocationApi, fromWholesaleApi } from '../inputs/address';
import { describeDifferences, same } from '../inputs/compare';
import { locationByName } from '../lookups/locations';
import { organizationName } from '../lookups/organizations';
import type { Run } from '../run/run';
import { adopted } from './import';
import { limitsInWebex } from './limits';
import { isSettled, settled } from './provisioning';
import type { CustomerOrgInputs, CustomerOrgState } from './schema';
import { TIMEOUTS } from './timeouts';

/** The customer that has the declared externalId. */
export async function find({ webex }: Run, inputs: CustomerOrgInputs): Promise<Customer | undefined> {
  const { externalId, onBehalfOfSubPartnerOrgId } = inputs;
  const found = await webex.customers.list({ externalId }, onBehalfOfSubPartnerOrgId);
  return found.find((customer) => customer.externalId === externalId);
}

/** Compares an existing customer with the declaration, as far as Webex returns what is declared. */
export async function compare(
  run: Run,
  existing: Customer,
  inputs: CustomerOrgInputs,
): Promise<Comparison<CustomerOrgState>> {
  const { address, packages } = inputs;
  const immutable = await immutableDifferences(run, existing, inputs);
  const differences = [
    ...describeDifferences({ address: fromWholesaleApi(existing.address) }, { address }),
    ...immutable,
  ];
  const missing: string[] = [];
  if (!same(existing.packages, packages)) {
    differences.push(`packages are ${existing.packages.join(', ') || 'none'}, declared are ${packages.join(', ')}`);
  }
  if (existing.orgId !== undefined) {
    const limits = await limitDifferences(run, existing, existing.orgId, inputs);
    differences.push(...limits.differences);
    missing.push(...(limits.missing ?? []));
    differences.push(...(await headquartersDifferences(run, existing, existing.orgId, inputs)));
  }
  return { differences, missing, immutable, state: () => stateOf(run, existing, inputs) };
}

async function immutableDifferences(run: Run, { orgId }: Customer, inputs: CustomerOrgInputs): Promise<string[]> {
  const name = inputs.name !== undefined && orgId ? await organizationName(run, orgId) : undefined;
  const actual = { orgId, ...(name !== undefined && { name }) };
  return describeDifferences(actual, { orgId: inputs.orgId, ...(name !== undefined && { name: inputs.name }) });
}

/**
 * Limits that Webex returns and that differ, and limits that it doesn't return, which may exist all the same. A package
 * that isn't provisioned is left out: it has no licenses, from which a limit is read, and the update that completes it
 * sets the limit.
 */
async function limitDifferences(
  run: Run,
  { id }: Customer,
  orgId: string,
  { packageLimits, onBehalfOfSubPartnerOrgId }: CustomerOrgInputs,
): Promise<Pick<Comparison<CustomerOrgState>, 'differences' | 'missing'>> {
  if (packageLimits === undefined) return { differences: [] };
  const customer = await run.webex.customers.get(id, onBehalfOfSubPartnerOrgId, true);
  const real = await limitsInWebex(run, orgId, customer);
  const unfinished = (customer.resourceDetails?.packages ?? []).filter(
    ({ status = 'provisioned' }) => status !== 'provisioned',
  );
  const declared = Object.entries(packageLimits).filter(([name]) => !unfinished.some((entry) => entry.name === name));
  const describe = (isReturned: boolean) =>
    describeDifferences(
      real,
      Object.fromEntries(declared.filter(([name]) => (real[name] !== undefined) === isReturned)),
      'packageLimits.',
    );
  return { differences: describe(true), missing: describe(false) };
}

/** The headquarters is found by its name: Webex doesn't return which location it is. */
async function headquartersDifferences(
  run: Run,
  { status }: Customer,
  orgId: string,
  { headquarters: hq }: CustomerOrgInputs,
): Promise<string[]> {
  if (hq === undefined) return [];
  const found = await locationByName(run, orgId, hq.name);
  // Where Webex could not provision all of it, the headquarters may be what is missing.
  if (found === undefined && status !== 'provisioned') return [];
  if (found === undefined) return [`headquarters.name: the organization has no location "${hq.name}"`];
  const { timeZone, address } = hq;
  const actual = { timeZone: found.timeZone, address: fromLocationApi(found.address) };
  const { calling } = hq.calling ? await readCalling(run, orgId, found.id, hq.calling, 'full') : { calling: undefined };
  return [
    ...describeDifferences(actual, { timeZone, address }, 'headquarters.'),
    ...callingDifferences(calling, hq.calling, 'headquarters.calling'),
  ];
}

/**
 * An existing customer as a state. It is waited for first: before Webex is done there is nothing to read, and what is
 * declared would be taken for what is real. With `adopt`, the customer may be another one than declared, so what Webex
 * never returns is left out, and the update sets it.
 */
async function stateOf(run: Run, existing: Customer, inputs: CustomerOrgInputs): Promise<CustomerOrgState> {
  const { id } = existing;
  if (!isSettled(existing)) {
    await settled(run, id, inputs.onBehalfOfSubPartnerOrgId, inputs.timeouts?.create ?? TIMEOUTS.create);
  }
  const state = await adopted(run, id, inputs);
  if (state === undefined)
    throw new Error(`customer "${inputs.externalId}" vanished from Webex while it was taken over`);
  return { ...state, ...(inputs.adopt === true && { meetingsTimeZone: undefined, subPartnerAdminEmail: undefined }) };
}

/**
 * An organization of the declared name that no customer is mapped to: probably one that was unlinked earlier. Undefined
 * where `orgId` is declared, and where there is none or more than one.
 */
export async function findUnlinkedOrganization({ webex }: Run, inputs: CustomerOrgInputs): Promise<string | undefined> {
  if (inputs.name === undefined || inputs.orgId !== undefined) return undefined;
  const named = (await webex.organizations.list()).filter(({ displayName }) => displayName === inputs.name);
  const [only, ...others] = named;
  if (only === undefined || others.length > 0) return undefined;
  const mapped = await webex.customers.list({ orgId: only.id }, inputs.onBehalfOfSubPartnerOrgId);
  return mapped.length === 0 ? only.id : undefined;
}

/** Why an organization that was found by its name isn't attached without `adopt`. */
export function unlinkedReason(name: string | undefined, orgId: string): string {
  return (
    `an organization named "${name}" exists and no customer is mapped to it; it was probably unlinked earlier. ` +
    `Set orgId: "${orgId}" or adopt: true to attach it again`
  );
}
