import { badRequest, conflict } from '../../api-error';
import { type CustomerRow, fromJson, type OrganizationRow } from '../../storage/rows';
import type { World } from '../../world';
import { headquartersOf } from '../calling/find';
import { findOrganization } from '../organizations/find';
import { hasCalling } from '../packages/catalogue';
import { subscribersWith } from '../packages/customer-has-package';
import { checkPackages } from '../packages/rules';
import { EMAIL_IN_USE, isEmailTaken } from '../people/email';
import { findTemplate } from '../templates/find';
import type { Template } from '../templates/schema';
import { regionOf } from './regions';
import type { CreateCustomer, CustomerParameters, PrecheckCustomer, UpdateCustomer } from './schema';
import { isUsable, packagesOf } from './status';

/** Number of users from which an existing organization must be invited before it is attached (Cisco help hbzl7eb). */
const USERS_THAT_NEED_INVITATION = 100;

/**
 * Checks a new customer. POST uses it, and the precheck with the given fields, so that both give the same answers.
 * Errors: 400 for an invalid request, 409 for a conflict with existing objects.
 */
export function checkNewCustomer(world: World, input: CreateCustomer | PrecheckCustomer): void {
  if (input.provisioningId !== undefined) checkTemplate(world, input.provisioningId, input);
  if (input.packages !== undefined) checkNewPackages(input.packages, input.provisioningParameters);
  if (input.externalId !== undefined) checkExternalId(world, input.externalId);
  if (input.orgId !== undefined) checkOrganization(world, input.orgId);
  else if (input.customerInfo) checkPrimaryEmail(world, input.customerInfo.primaryEmail);
}

/** "Mandatory for new customer. Optional if Organization ID is provided." */
export function checkCustomerInfo(input: CreateCustomer): void {
  if (input.orgId === undefined && input.customerInfo === undefined)
    throw badRequest(
      "Invalid field 'customerInfo': required for a new customer, unless orgId names an existing organization.",
    );
}

function checkTemplate(world: World, provisioningId: string, input: CreateCustomer | PrecheckCustomer): void {
  const template = findTemplate(world, provisioningId);
  if (!template) throw badRequest(`Invalid field 'provisioningId': there is no onboarding template ${provisioningId}.`);
  const { country } = input.address;
  checkCountry(country, template);
  const organization = input.orgId === undefined ? undefined : findOrganization(world, input.orgId);
  if (organization) checkInvitation(world, organization, template);
}

/** A template is made for one country or region, and its customers are there (Cisco help nf9ghpq; see regions.ts). */
function checkCountry(country: string, template: Template): void {
  if (regionOf(country) !== regionOf(template.country))
    throw badRequest(
      `Invalid field 'address.country': ${country} is not in the region of the onboarding template's country ${template.country}.`,
    );
}

/**
 * Cisco help hbzl7eb: attaching such an organization needs "Allow admin-invite emails" in the template's common
 * settings.
 */
function checkInvitation(world: World, organization: OrganizationRow, template: Template): void {
  if (template.commonSettings?.allowAdminInviteEmails === true) return;
  const sql = 'SELECT 1 FROM people WHERE org_id = ? LIMIT ?';
  if (world.db.all(sql, organization.id, USERS_THAT_NEED_INVITATION).length === USERS_THAT_NEED_INVITATION)
    throw badRequest(
      `The organization has ${USERS_THAT_NEED_INVITATION} users or more: attaching it needs a template with the common setting allowAdminInviteEmails.`,
    );
}

function checkNewPackages(packages: CreateCustomer['packages'], parameters: CustomerParameters | undefined): void {
  checkPackages(packages);
  // "Mandatory when provisioning calling packages."
  if (hasCalling(packages) && !parameters?.calling)
    throw badRequest("Invalid field 'provisioningParameters.calling': required for calling packages.");
}

/**
 * The externalId is unique within a partner. The status is an assumption: the documents have none.
 */
function checkExternalId(world: World, externalId: string, except?: string): void {
  const sql = 'SELECT * FROM customers WHERE partner_id = ? AND external_id = ?';
  const other = world.db.first<CustomerRow>(sql, world.partnerId, externalId);
  if (other && other.id !== except) throw conflict(`A customer with the externalId ${externalId} already exists.`);
}

function checkOrganization(world: World, orgId: string): void {
  const organization = findOrganization(world, orgId);
  if (organization?.kind !== 'customer') throw badRequest(`Invalid field 'orgId': there is no organization ${orgId}.`);
  if (world.db.first('SELECT 1 FROM customers WHERE org_id = ? OR attach_org_id = ?', organization.id, organization.id))
    throw conflict(`The organization ${orgId} is already mapped to a wholesale customer.`);
}

/** The email must be unused, also by the first administrator of an organization that is being provisioned. */
function checkPrimaryEmail(world: World, primaryEmail: string): void {
  const taken =
    isEmailTaken(world, primaryEmail) ||
    world.db.first(
      "SELECT 1 FROM customers INDEXED BY customers_primary_email WHERE org_id IS NULL AND lower(json_extract(info, '$.primaryEmail')) = lower(?)",
      primaryEmail,
    );
  if (taken)
    throw conflict(
      `The email is already associated with an existing user: ${primaryEmail}. Give the orgId of the existing organization to attach it.`,
      EMAIL_IN_USE,
    );
}

/**
 * Checks a change of a customer. Errors: 409 during another change, for the removal of a used package, and for a limit
 * below the current use (assumptions for the status); else 400.
 */
export function checkCustomerUpdate(world: World, customer: CustomerRow, input: UpdateCustomer): void {
  if (!isUsable(customer) && customer.status !== 'error')
    throw conflict(`The customer cannot be updated while its status is ${customer.status}.`);
  checkSettled(world, customer);
  checkPackages(input.packages);
  if (input.externalId !== undefined) checkExternalId(world, input.externalId, customer.id);
  const template = findTemplate(world, customer.provisioning_id);
  if (input.address && template) checkCountry(input.address.country, template);
  const hasLocation = customer.org_id !== null && headquartersOf(world, customer.org_id) !== undefined;
  // A customer in error gets the headquarters of its first request.
  const willHaveLocation = hasLocation || fromJson<CustomerParameters>(customer.parameters).calling !== undefined;
  if (hasCalling(input.packages) && !willHaveLocation && !input.provisioningParameters?.calling)
    throw badRequest("Invalid field 'provisioningParameters.calling': required for the first calling package.");
  for (const name of packagesOf(customer)) {
    const used = subscribersWith(world, customer.id, name);
    if (used > 0 && !input.packages.includes(name))
      throw conflict(`The package ${name} cannot be removed: ${used} subscriber(s) have it.`);
  }
  for (const [name, limit] of Object.entries(input.provisioningParameters?.packages?.limits ?? {}))
    if (limit !== undefined && subscribersWith(world, customer.id, name) > limit)
      throw conflict(`The limit of ${name} cannot be lowered to ${limit}: more subscribers have the package.`);
}

/** In some weather a customer refuses changes for a while after its status is final (public evidence: Webex-Tools). */
function checkSettled({ weather, clock }: World, customer: CustomerRow): void {
  if (weather.isWithin(customer.settled, 'customerBusySeconds', clock.now()))
    throw conflict('The customer cannot be changed: another change of it is in progress.');
}

/** Refuses (409) to unmap a customer with subscribers or with a change in progress (assumptions). */
export function checkCustomerDelete(world: World, customer: CustomerRow): void {
  if (customer.status === 'provisioning' || customer.status === 'updating' || customer.status === 'deleting')
    throw conflict(`The customer cannot be deleted while its status is ${customer.status}.`);
  checkSettled(world, customer);
  if (world.db.first('SELECT 1 FROM subscribers WHERE customer_id = ? LIMIT 1', customer.id))
    throw conflict('The customer cannot be deleted: subscribers are mapped to it.');
}
