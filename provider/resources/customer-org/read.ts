import type { Customer } from '../../webex';
import { customerById } from '../lookups/customers';
import { locationById, locationByName } from '../lookups/locations';
import { Organizations, organizationName } from '../lookups/organizations';
import { orGone } from '../outcomes/errors';
import type { RefreshScope } from '../run/configuration';
import type { Run } from '../run/run';
import { inputsFromApi, outputsFromApi } from './api';
import { readHeadquarters } from './headquarters';
import { limitsOf } from './limits';
import type { CustomerOrgState } from './schema';

type State = CustomerOrgState | undefined;

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
  const { orgId, status } = customer;
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
    ...(await headquartersOf(run, orgId, status, state, scope)),
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
  return licenses ? orGone(run.webex.customers.get(id, onBehalfOf, true)) : customerById(run, id, onBehalfOf);
}

async function nameOf(run: Run, orgId: string, state: State, scope: RefreshScope): Promise<string | undefined> {
  if (state !== undefined && (state.name === undefined || scope === 'basic')) return state.name;
  return (await organizationName(run, orgId)) ?? state?.name;
}

/** Until Webex is done there may be no headquarters yet, and what was declared stays. */
async function headquartersOf(
  run: Run,
  orgId: string,
  status: string,
  state: State,
  scope: RefreshScope,
): Promise<Partial<CustomerOrgState>> {
  const declared = state?.headquarters;
  if (state === undefined || declared === undefined) return {};
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
