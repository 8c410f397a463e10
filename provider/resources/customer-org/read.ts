import { hasCalling, LIMITED_PACKAGES } from '../../packages';
import type { Customer } from '../../webex';
import { chooseHeadquarters } from '../calling/headquarters';
import { customerById } from '../lookups/customers';
import { locationById, locationByName, locationsOf } from '../lookups/locations';
import { Organizations, organizationName } from '../lookups/organizations';
import { orGone } from '../outcomes/errors';
import type { RefreshScope } from '../run/configuration';
import type { Run } from '../run/run';
import { inputsFromApi, outputsFromApi } from './api';
import { readAnyHeadquarters, readHeadquarters } from './headquarters';
import { limitsOf, withLicenses } from './limits';
import type { CustomerOrgState } from './schema';

type State = CustomerOrgState | undefined;

/** Reads all of a customer that a list returned, as a program would declare it. */
export async function readListed(
  run: Run,
  listed: Customer,
  onBehalfOf: string | undefined,
): Promise<CustomerOrgState> {
  // Limits are read from the licenses, and only some packages have them.
  const isLimited = listed.packages.some((name) => (LIMITED_PACKAGES as readonly string[]).includes(name));
  const customer = isLimited ? await withLicenses(run, listed.id, onBehalfOf) : undefined;
  return stateOf(run, customer ?? listed, undefined, 'full', customer !== undefined);
}

/**
 * Reads a customer: what is declared of it, with its real values, as far as Webex returns them.
 * @param scope a reading on which changes are based must be `full`
 */
export async function read(run: Run, id: string, state: State, scope = run.settings.refresh): Promise<State> {
  const onBehalfOf = state?.onBehalfOfSubPartnerOrgId ?? run.settings.onBehalfOfSubPartnerOrgId;
  const wantsLimits = scope === 'full' && (state === undefined || state.packageLimits !== undefined);
  const customer = await find(run, id, onBehalfOf, wantsLimits);
  if (customer === undefined || customer.status === 'deleting') {
    await warnOfOrganization(run, state);
    return undefined;
  }
  return stateOf(run, customer, state, scope, wantsLimits);
}

async function stateOf(
  run: Run,
  customer: Customer,
  state: State,
  scope: RefreshScope,
  wantsLimits: boolean,
): Promise<CustomerOrgState> {
  const { id, orgId, status } = customer;
  if (orgId) Organizations.of(run).set(id, orgId);
  const real: CustomerOrgState = {
    ...(state ?? ({} as CustomerOrgState)),
    ...inputsFromApi(customer, state),
    ...outputsFromApi(customer),
  };
  if (!orgId) return real;
  return {
    ...real,
    name: await nameOf(run, orgId, state, scope),
    ...(wantsLimits && { packageLimits: (await limitsOf(run, orgId, customer, state)) ?? state?.packageLimits }),
    ...(state === undefined
      ? await anyHeadquarters(run, orgId, customer)
      : await headquartersOf(run, orgId, status, state, scope)),
  };
}

/** A destroy that was killed may leave an organization that was to be deleted, and that no state names after this. */
async function warnOfOrganization({ webex, warn }: Run, state: State): Promise<void> {
  if (state?.removal !== 'delete' || state.orgId === undefined) return;
  if ((await orGone(webex.organizations.get(state.orgId))) === undefined) return;
  warn(
    `customer "${state.externalId}" is gone, but its organization "${state.name}" (orgId ${state.orgId}) is still there, and Pulumi ` +
      'forgets it now. Delete it in Partner Hub, or declare the customer again with adopt: true',
  );
}

/** A list doesn't return the licenses of packages. */
function find(run: Run, id: string, onBehalfOf: string | undefined, licenses: boolean): Promise<Customer | undefined> {
  return licenses ? withLicenses(run, id, onBehalfOf) : customerById(run, id, onBehalfOf);
}

async function nameOf(run: Run, orgId: string, state: State, scope: RefreshScope): Promise<string | undefined> {
  if (state !== undefined && (state.name === undefined || scope === 'basic')) return state.name;
  return (await organizationName(run, orgId)) ?? state?.name;
}

/** The headquarters of a customer of which nothing is recorded. */
async function anyHeadquarters(run: Run, orgId: string, customer: Customer): Promise<Partial<CustomerOrgState>> {
  if (!customer.packages.some(hasCalling)) return {};
  const location = await chooseHeadquarters(run, orgId, customer, await locationsOf(run, orgId));
  if (location === undefined) return {};
  return { headquarters: await readAnyHeadquarters(run, orgId, location), headquartersLocationId: location.id };
}

/** Until Webex is done there may be no headquarters yet, and what was declared stays. */
async function headquartersOf(
  run: Run,
  orgId: string,
  status: string,
  state: CustomerOrgState,
  scope: RefreshScope,
): Promise<Partial<CustomerOrgState>> {
  const declared = state.headquarters;
  if (declared === undefined) return {};
  const { headquartersLocationId: id } = state;
  const location = await (id === undefined ? locationByName(run, orgId, declared.name) : locationById(run, orgId, id));
  if (location === undefined) {
    return status === 'provisioned' ? { headquarters: undefined, headquartersLocationId: undefined } : {};
  }
  return {
    headquarters: await readHeadquarters(run, orgId, location, declared, scope),
    headquartersLocationId: location.id,
  };
}
