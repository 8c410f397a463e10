import type { Found } from '../../lifecycle';
import type { Customer, Location } from '../../webex';
import { fromWholesaleApi } from '../inputs/address';
import { inDeclaredOrder } from '../inputs/compare';
import { customerById } from '../lookups/customer-lookup';
import { rememberOrganization } from '../lookups/organizations';
import { orGone } from '../outcomes/refusals';
import { type RefreshScope, session } from '../run/session';
import { snapshot } from '../run/snapshot';
import { warn } from '../run/warnings';
import { organizationName } from './existing';
import { findHeadquarters, headquartersAsItIs } from './headquarters';
import { limitsOf } from './limits';
import type { CustomerOrgInputs } from './schema';
import { type CustomerOrgState, inputsOf } from './state';
import { reportOf } from './update';

/**
 * Reads a customer: what is declared of it with its real values, as far as Webex tells them.
 * @param scope a reading on which changes are based must be `full`
 */
export async function read(
  id: string,
  state: CustomerOrgState | undefined,
  scope: RefreshScope = session.refresh,
): Promise<Found<CustomerOrgInputs, CustomerOrgState> | undefined> {
  const behalf = state?.onBehalfOfSubPartnerOrgId ?? session.onBehalfOfSubPartnerOrgId;
  const limits = scope === 'full' && (state === undefined || state.packageLimits !== undefined);
  const customer = await find(id, behalf, limits);
  if (customer === undefined || customer.status === 'deleting') {
    await tellWhatStays(state);
    return undefined;
  }
  const { orgId } = customer;
  if (orgId) rememberOrganization(id, orgId);
  const real: CustomerOrgState = {
    ...(state ?? ({} as CustomerOrgState)),
    externalId: customer.externalId ?? state?.externalId ?? '',
    address: fromWholesaleApi(customer.address) ?? (state?.address as CustomerOrgState['address']),
    packages: inDeclaredOrder(state?.packages, customer.packages as CustomerOrgState['packages']),
    ...reportOf(customer),
  };
  if (orgId) {
    real.name = await nameOf(orgId, state, scope);
    if (limits) real.packageLimits = (await limitsOf(orgId, customer, state)) ?? state?.packageLimits;
    Object.assign(real, await headquartersOf(orgId, customer.status, state, scope));
  }
  return { id, state: real, inputs: inputsOf(real) };
}

/** A destroy that was killed half-way may leave an organization that was to be deleted: after this, nobody knows of it. */
async function tellWhatStays(state: CustomerOrgState | undefined): Promise<void> {
  if (state?.removal !== 'delete' || state.orgId === undefined) return;
  if ((await orGone(session.webex.organizations.get(state.orgId))) === undefined) return;
  warn(
    `customer "${state.externalId}" is gone, but its organization "${state.name}" (orgId ${state.orgId}) is still there, and Pulumi ` +
      'forgets it now. Delete it in Partner Hub, or declare the customer again with adopt: true',
  );
}

/** Licenses of packages are told by ID only. */
function find(id: string, behalf: string | undefined, licenses: boolean): Promise<Customer | undefined> {
  return licenses ? orGone(session.webex.customers.get(id, behalf, true)) : customerById(id, behalf);
}

async function nameOf(
  orgId: string,
  state: CustomerOrgState | undefined,
  scope: RefreshScope,
): Promise<string | undefined> {
  if (state !== undefined && (state.name === undefined || scope === 'basic')) return state.name;
  return (await organizationName(orgId)) ?? state?.name;
}

/** Until Webex is done there may be no headquarters yet, and what was declared stands. */
async function headquartersOf(
  orgId: string,
  status: string,
  state: CustomerOrgState | undefined,
  scope: RefreshScope,
): Promise<Partial<CustomerOrgState>> {
  const declared = state?.headquarters;
  if (state === undefined || declared === undefined) return {};
  const location = await locate(orgId, state.headquartersLocationId, declared.name);
  if (location === undefined) {
    return status === 'provisioned' ? { headquarters: undefined, headquartersLocationId: undefined } : {};
  }
  return {
    headquarters: await headquartersAsItIs(orgId, location, declared, scope),
    headquartersLocationId: location.id,
  };
}

async function locate(orgId: string, id: string | undefined, name: string): Promise<Location | undefined> {
  if (id === undefined) return findHeadquarters(orgId, name);
  const locations = await snapshot(`locations:${orgId}`, () => session.webex.locations.list({ orgId }));
  return locations.find((location) => location.id === id);
}
