import { badRequest, conflict } from '../../api-error';
import type { CustomerRow, PersonRow, SubscriberRow } from '../../storage/rows';
import type { World } from '../../world';
import { planCalling } from '../calling/line-rules';
import type { CallingAssignment } from '../calling/lines';
import { isUsable } from '../customers/status';
import { hasCalling, isLower, type SubscriberPackage } from '../packages/catalogue';
import { checkAvailable } from '../packages/customer-has-package';
import { basePackage } from '../packages/rules';
import { EMAIL_IN_USE } from '../people/email';
import { personByEmail } from '../people/find';
import { isFullAdministrator } from '../people/roles';
import { findTemplate } from '../templates/find';
import type { SubscriberParameters } from './schema';

/** A checked new subscriber. */
export interface SubscriberPlan {
  packages: SubscriberPackage[];
  base: SubscriberPackage;
  /** The existing user with the email, in any organization. */
  person: PersonRow | undefined;
  /** True if that user is in another organization and must consent to move. */
  mustMove: boolean;
  /** Undefined without a calling package, and for a user that already has calling in the organization. */
  calling: CallingAssignment | undefined;
}

/** The packages of a request, from either of its two fields. */
export function requestedPackages(body: {
  package?: SubscriberPackage | undefined;
  packages?: SubscriberPackage[] | undefined;
}): SubscriberPackage[] {
  return body.packages ?? (body.package === undefined ? [] : [body.package]);
}

/**
 * Checks a new subscriber of a customer. Errors: 409 while the customer is not provisioned, for the email of a
 * subscriber (10022), and for a full package; else 400.
 */
export function planSubscriber(
  world: World,
  customer: CustomerRow,
  emailAddress: string,
  packages: SubscriberPackage[],
  parameters: SubscriberParameters,
): SubscriberPlan {
  const orgId = usableOrganization(customer);
  checkEmail(world, emailAddress);
  const base = basePackage(packages);
  checkAvailable(world, customer, packages);
  const person = personByEmail(world, emailAddress);
  const inOrganization = person?.org_id === orgId;
  const calling = planNewLine(world, orgId, base, inOrganization ? person : undefined, parameters);
  return { packages, base, person, mustMove: person !== undefined && !inOrganization, calling };
}

/** The organization of a customer that subscribers can be added to; throws 409 otherwise. */
export function usableOrganization(customer: CustomerRow): string {
  if (!isUsable(customer) || customer.org_id === null)
    throw conflict(`The customer is not provisioned: its status is ${customer.status}.`);
  return customer.org_id;
}

/** "If this subscriber is an existing Webex Calling entitled user", location, number and extension are ignored. */
function planNewLine(
  world: World,
  orgId: string,
  base: SubscriberPackage,
  person: PersonRow | undefined,
  parameters: SubscriberParameters,
): CallingAssignment | undefined {
  if (hasCalling([base])) return person?.calling ? undefined : planCalling(world, orgId, parameters, person?.id);
  if (parameters.extension || parameters.primaryPhoneNumber)
    throw badRequest(`Extension and primaryPhoneNumber need a calling package; ${base} is none.`);
  return undefined;
}

/** An email can be a subscriber once. The code is the documented example's; the status is an assumption. */
export function checkEmail(world: World, emailAddress: string): void {
  const sql = 'SELECT 1 FROM subscribers WHERE email = ?1 UNION ALL SELECT 1 FROM people WHERE previous_email = ?1';
  if (world.db.first(sql, emailAddress))
    throw conflict(`The email is already associated with an existing user: ${emailAddress}.`, EMAIL_IN_USE);
}

/** Refuses an unknown provisioning ID in a precheck, with the message of POST customers. */
export function checkProvisioningId(world: World, provisioningId: string): void {
  if (!findTemplate(world, provisioningId))
    throw badRequest(`Invalid field 'provisioningId': there is no onboarding template ${provisioningId}.`);
}

/** The effect of a package change on a person's line: keep, remove, or create it. */
export type LineChange = { kind: 'keep' } | { kind: 'release' } | { kind: 'assign'; calling: CallingAssignment };

/** Checks a change of a subscriber's package. */
export function planPackageChange(
  world: World,
  customer: CustomerRow,
  subscriber: SubscriberRow,
  person: PersonRow,
  packages: SubscriberPackage[],
  parameters: SubscriberParameters | undefined,
): { base: SubscriberPackage; line: LineChange } {
  const base = basePackage(packages);
  const before = subscriber.package as SubscriberPackage;
  if (!isUsable(customer)) throw conflict(`The customer is not provisioned: its status is ${customer.status}.`);
  checkAvailable(world, customer, packages, subscriber);
  // Cisco help ny0fr7x: "No downgrade of the package is supported for the customer administrator (full administrator)."
  if (isFullAdministrator(world, person) && isLower(before, base))
    throw badRequest(`The package of a full administrator cannot be lowered from ${before} to ${base}.`);
  return { base, line: planLineChange(world, person, before, base, parameters) };
}

function planLineChange(
  world: World,
  person: PersonRow,
  before: SubscriberPackage,
  after: SubscriberPackage,
  parameters: SubscriberParameters | undefined,
): LineChange {
  const had = hasCalling([before]);
  const gets = hasCalling([after]);
  if (parameters && Object.keys(parameters).length > 0 && (had || !gets))
    throw badRequest(
      'provisioningParameters should only be supplied when changing from the webex_meetings package to a calling-enabled package.',
    );
  if (had === gets) return { kind: 'keep' };
  if (!gets) return { kind: 'release' };
  if (person.calling) return { kind: 'keep' };
  return { kind: 'assign', calling: planCalling(world, person.org_id, parameters ?? {}, person.id) };
}
