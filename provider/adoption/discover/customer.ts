import { UNKNOWN } from '../../lifecycle';
import { FULL_ADMINISTRATOR } from '../../packages';
import { readListed as readCustomerOrg } from '../../resources/customer-org/read';
import {
  type CustomerOrgInputs,
  customerOrgInputs,
  customerOrgRules,
  inputsOf,
  RECORDABLE,
} from '../../resources/customer-org/schema';
import type { Run } from '../../resources/run/run';
import type { Person } from '../../webex';
import { callingDeclared, failuresOf } from './failures';
import type { FoundCustomer, FoundInputs } from './found';
import { noteNumbers, readLocations } from './locations';
import { type Organization, openOrganization } from './organization';
import type { Listed, Partner } from './partner';
import { noteStrangers, readUsers } from './users';

/** Reads a customer with everything that can be declared, and notes about the rest. */
export async function readCustomer(run: Run, listed: Listed, partner: Partner): Promise<FoundCustomer> {
  const { customer, onBehalfOf } = listed;
  const { id, orgId, status, externalId = '' } = customer;
  const notes: string[] = [];
  const found: FoundCustomer = {
    id,
    externalId,
    status,
    ...(orgId !== undefined && { orgId }),
    ...(onBehalfOf !== undefined && { onBehalfOfSubPartnerOrgId: onBehalfOf }),
    notes,
  };
  if (orgId === undefined || !RECORDABLE.includes(status)) {
    const reasons = customer.errors.map(({ description }) => description).filter(Boolean);
    notes.push(`is left out: its status is ${status}${reasons.length > 0 ? ` (${reasons.join('; ')})` : ''}`);
    return found;
  }
  const organization = await openOrganization(run, listed, orgId, partner, notes);
  const state = await readCustomerOrg(organization.run, customer, onBehalfOf);
  const inputs = declarationOf(inputsOf(state), organization);
  const failures = failuresOf(customerOrgInputs, { ...inputs, provisioningId: UNKNOWN }, customerOrgRules);
  if (failures.length > 0) {
    notes.push(`is left out, because it can't be declared as it is: ${failures.join('; ')}`);
    return found;
  }
  if (status !== 'provisioned') notes.push(`its status is ${status}: the next pulumi up asks Webex to finish it`);
  const headquartersId = state.headquartersLocationId;
  if (headquartersId !== undefined && state.headquarters !== undefined) {
    const { name, calling = { enabled: true } } = state.headquarters;
    await noteNumbers(organization, headquartersId, name, calling);
  }
  const locations = await readLocations(organization, headquartersId, state.headquarters !== undefined);
  const users = await readUsers(organization, locations, headquartersId);
  noteStrangers(organization, inputs.primaryEmail);
  return { ...found, declaration: { inputs, locations, users } };
}

/**
 * The inputs of the resource. Webex never returns the first administrator: a current full administrator is declared
 * instead. Without one, the organization is declared as an existing organization (`orgId`).
 */
function declarationOf(inputs: CustomerOrgInputs, { people, roles, orgId }: Organization): FoundInputs {
  const { onBehalfOfSubPartnerOrgId: _, headquarters: hq, ...rest } = inputs;
  const { calling, ...facts } = hq ?? { calling: undefined };
  const headquarters = hq && { ...facts, ...callingDeclared(calling) };
  const full = roles.find(({ name }) => name === FULL_ADMINISTRATOR)?.id;
  const administrator = people.find((person: Person) => full !== undefined && person.roles?.includes(full));
  const [primaryEmail] = administrator?.emails ?? [];
  return {
    ...rest,
    ...(headquarters && { headquarters }),
    ...(primaryEmail === undefined ? { orgId } : { primaryEmail }),
  };
}
