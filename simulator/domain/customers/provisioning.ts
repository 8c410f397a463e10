import { type CustomerRow, fromJson, type OrganizationRow } from '../../storage/rows';
import type { World } from '../../world';
import { headquartersOf } from '../calling/find';
import { createHeadquarters } from '../calling/headquarters';
import { createOrganization } from '../organizations/changes';
import { getOrganization } from '../organizations/find';
import type { CustomerOutcome } from '../outcomes';
import { type CustomerPackage, hasCalling } from '../packages/catalogue';
import { setLicenses } from '../packages/licenses';
import { createAdministrator } from '../people/create';
import { EMAIL_IN_USE, isEmailTaken } from '../people/email';
import { findTemplate } from '../templates/find';
import type { CustomerInfo, CustomerParameters } from './schema';
import { type PackageStates, packagesOf } from './status';

/** Default error of an outcome, from the documented example. */
const MAINTENANCE = {
  errorCode: 2560,
  description:
    'One or more Webex Calling services are unavailable due to maintenance, unable to start provisioning. Consult status.webex.com and retry later.',
};

/** Finishes a provisioning, update or removal that is due. */
export function finishCustomer(world: World, customer: CustomerRow): void {
  if (customer.status === 'deleting') {
    unmap(world, customer);
    return;
  }
  const outcome = customer.outcome === null ? undefined : fromJson<CustomerOutcome>(customer.outcome);
  if (outcome?.status === 'pending_rpl_review') {
    world.db.update('customers', 'id', customer.id, { status: outcome.status, ready_at: null });
    return;
  }
  const taken = emailTaken(world, customer);
  const error = taken ?? { ...MAINTENANCE, ...(outcome && pickError(outcome)) };
  const status = taken ? 'error' : (outcome?.status ?? 'provisioned');
  const failed = status === 'error';
  const states = finalStates(customer, status, outcome?.package, error);
  if (!failed) provision(world, customer, states);
  world.db.update('customers', 'id', customer.id, {
    status,
    ready_at: null,
    outcome: null,
    settled: customer.ready_at,
    package_states: JSON.stringify(states),
    errors: JSON.stringify(failed ? [error] : []),
  });
}

/** Ends the export-control review of a customer. @returns false if the customer was not in review */
export function finishReview(world: World, externalId: string): boolean {
  const sql = "SELECT * FROM customers WHERE external_id = ? AND status = 'pending_rpl_review'";
  const customer = world.db.first<CustomerRow>(sql, externalId);
  if (!customer) return false;
  world.db.update('customers', 'id', customer.id, {
    status: customer.org_id === null ? 'provisioning' : 'updating',
    ready_at: world.clock.now() + world.provisioningMilliseconds,
    outcome: null,
  });
  return true;
}

interface ProvisioningError {
  errorCode: number;
  description: string;
}

function pickError(outcome: CustomerOutcome): Partial<ProvisioningError> {
  return {
    ...(outcome.errorCode === undefined ? {} : { errorCode: outcome.errorCode }),
    ...(outcome.description === undefined ? {} : { description: outcome.description }),
  };
}

/** While an organization is provisioned, another user may get the email of its first administrator. */
function emailTaken(world: World, customer: CustomerRow): ProvisioningError | undefined {
  if (customer.org_id !== null || customer.attach_org_id !== null || customer.info === null) return undefined;
  const { primaryEmail } = fromJson<CustomerInfo>(customer.info);
  if (!isEmailTaken(world, primaryEmail)) return undefined;
  return {
    errorCode: EMAIL_IN_USE,
    description: `The email is already associated with an existing user: ${primaryEmail}.`,
  };
}

/** With `error` all new packages fail, with `provisioned_with_errors` one of them. */
function finalStates(
  customer: CustomerRow,
  status: string,
  broken: CustomerPackage | undefined,
  error: ProvisioningError,
): PackageStates {
  const before = fromJson<PackageStates>(customer.package_states);
  const packages = packagesOf(customer);
  const states: PackageStates = {};
  for (const name of packages) {
    const fails =
      (status === 'error' && before[name]?.status !== 'provisioned') ||
      (status === 'provisioned_with_errors' && name === (broken ?? packages[0]));
    states[name] = fails ? { status: 'error', errors: [error] } : { status: 'provisioned' };
  }
  return states;
}

/**
 * Creates the missing parts of a customer: organization, first administrator, licenses and headquarters.
 */
function provision(world: World, customer: CustomerRow, states: PackageStates): void {
  const organization = organizationFor(world, customer);
  const usable = packagesOf(customer).filter((name) => states[name]?.status === 'provisioned');
  setLicenses(world, organization.id, usable);
  const { calling } = fromJson<CustomerParameters>(customer.parameters);
  // An organization with a calling location keeps it as headquarters, also after PUT and re-attaching (assumption).
  if (calling && hasCalling(usable) && !headquartersOf(world, organization.id))
    createHeadquarters(world, organization, calling.location, customer.ready_at ?? world.clock.now());
}

function organizationFor(world: World, customer: CustomerRow): OrganizationRow {
  if (customer.org_id !== null) return getOrganization(world, customer.org_id);
  const created = customer.ready_at ?? world.clock.now();
  let organization: OrganizationRow;
  if (customer.attach_org_id !== null) organization = getOrganization(world, customer.attach_org_id);
  else {
    const info = fromJson<CustomerInfo>(customer.info ?? '{}');
    // A template's "partner authentication" applies to new organizations only, not to attached ones.
    const authentication = findTemplate(world, customer.provisioning_id)?.authentication;
    organization = createOrganization(world, 'customer', info.name, authentication, created);
    createAdministrator(world, organization.id, info.primaryEmail, created);
  }
  world.db.update('customers', 'id', customer.id, { org_id: organization.id, attach_org_id: null });
  return organization;
}

/**
 * "Removes the mapping between a Wholesale Customer and a Cisco Webex organization": the organization stays, its
 * licenses go.
 */
function unmap(world: World, customer: CustomerRow): void {
  if (customer.org_id !== null) setLicenses(world, customer.org_id, []);
  world.db.run('DELETE FROM customers WHERE id = ?', customer.id);
}
