import { ApiError, badRequest, conflict } from '../http/errors';
import { newId } from '../ids';
import { type CustomerRow, fromJson, type PersonRow, type SubscriberRow } from '../storage/rows';
import type { World } from '../world';
import { assignCalling, releaseCalling } from './callingUsers';
import { licenseOf } from './licenses';
import { type SubscriberOutcome, takeOutcome } from './outcomes';
import type { SubscriberPackage } from './packages';
import { createPerson, getPerson, personByEmail } from './people';
import { planPackageChange, planSubscriber, requestedPackages, type SubscriberPlan } from './subscriberRules';
import type { CreateSubscriber, SubscriberParameters, UpdateSubscriber } from './subscriberSchemas';
import { customerOfSubscriber, getSubscriber, type ListedSubscriber } from './subscribers';

/**
 * Makes a subscriber of a customer: at once, or, where the user has to consent to move from another organization or from a free
 * account first, pending.
 */
export function createSubscriber(world: World, customer: CustomerRow, input: CreateSubscriber): ListedSubscriber {
  const packages = requestedPackages(input);
  const parameters = input.provisioningParameters;
  const plan = planSubscriber(world, customer, input.email, packages, parameters);
  const outcome = takeOutcome(world, 'subscriber', input.email);
  const pending = plan.mustMove || outcome !== null;
  const id = newId('SUBSCRIBER');
  const now = world.clock.now();
  world.db.insert('subscribers', {
    id,
    customer_id: customer.id,
    partner_id: customer.partner_id,
    sub_partner_org_id: customer.sub_partner_org_id,
    email: input.email,
    package: plan.base,
    packages: JSON.stringify(packages),
    status: 'pending_user_migration',
    parameters: JSON.stringify(parameters),
    created: now,
    last_status_change: now,
    consent_at: pending ? consentTime(outcome, now) : null,
  });
  if (!pending) activate(world, customer, getSubscriber(world, id, null), plan, parameters);
  return getSubscriber(world, id, null);
}

/** When the user consents by itself, where the control plane's outcome says so. */
function consentTime(outcome: string | null, now: number): number | null {
  const seconds = outcome === null ? undefined : fromJson<SubscriberOutcome>(outcome).consentAfterSeconds;
  return seconds === undefined ? null : now + Math.round(seconds * 1000);
}

/** The subscriber with that email that waits for the user's consent, if there is one. */
export function pendingSubscriber(world: World, email: string): SubscriberRow | undefined {
  const sql = "SELECT * FROM subscribers WHERE email = ? AND status = 'pending_user_migration'";
  return world.db.first<SubscriberRow>(sql, email);
}

/** Lets the user of a pending subscriber consent by itself in so many seconds. */
export function consentLater(world: World, row: SubscriberRow, seconds: number): void {
  const consent_at = world.clock.now() + Math.round(seconds * 1000);
  world.db.update('subscribers', 'id', row.id, { consent_at });
}

/**
 * The time has come at which the user consents. Where that can't be done any more (the number is somebody else's by now, say), the
 * subscriber stays pending and its `errors`, the documents' list of "errors that occurred during that last attempt", say why.
 */
export function consentByItself(world: World, row: SubscriberRow): void {
  world.db.update('subscribers', 'id', row.id, { consent_at: null });
  try {
    world.db.attempt(() => consent(world, { ...row, consent_at: null }));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    world.db.update('subscribers', 'id', row.id, { errors: JSON.stringify(error.errors) });
  }
}

/** The user consents: moves into the customer's organization and is provisioned as asked for. */
export function consent(world: World, row: SubscriberRow): void {
  const { email } = row;
  const customer = customerOfSubscriber(world, row);
  const person = personByEmail(world, email);
  if (person && person.org_id !== customer.org_id && customer.org_id !== null) {
    releaseCalling(world, person.id);
    world.db.update('people', 'id', person.id, { org_id: customer.org_id, roles: '[]', licenses: '[]' });
  }
  // The rules are asked again, without this mapping: a number may have been taken while the user thought about it.
  const parameters = fromJson<SubscriberParameters>(row.parameters);
  world.db.run('DELETE FROM subscribers WHERE id = ?', row.id);
  const plan = planSubscriber(world, customer, email, fromJson<SubscriberPackage[]>(row.packages), parameters);
  world.db.insert('subscribers', { ...row, consent_at: null, errors: '[]' });
  activate(world, customer, row, plan, parameters);
}

/** Sends the mail that asks the user for consent: it can be read at the control plane. Errors: 409 for one that isn't waiting. */
export function sendConsentMail(world: World, subscriber: SubscriberRow): void {
  checkPending(subscriber);
  world.db.insert('mails', {
    kind: 'consentMove',
    recipient: subscriber.email,
    subscriber_id: subscriber.id,
    sent: world.clock.now(),
  });
}

/** Refuses (409) the consent mail for a subscriber that isn't waiting for it (assumption for the status). */
function checkPending(subscriber: SubscriberRow): void {
  if (subscriber.status !== 'pending_user_migration')
    throw conflict('The subscriber is not in the pending_user_migration state.');
}

/** Changes the package of a subscriber. */
export function updateSubscriber(
  world: World,
  subscriber: ListedSubscriber,
  input: UpdateSubscriber,
): ListedSubscriber {
  const packages = requestedPackages(input);
  if (subscriber.person_id === null) throw conflict('The subscriber is in the pending_user_migration state.');
  const customer = customerOfSubscriber(world, subscriber);
  const person = getPerson(world, subscriber.person_id);
  const { base, line } = planPackageChange(world, customer, subscriber, person, packages, input.provisioningParameters);
  if (line.kind === 'release') releaseCalling(world, person.id);
  if (line.kind === 'assign') assignCalling(world, person.id, line.calling);
  world.db.update('subscribers', 'id', subscriber.id, { package: base, packages: JSON.stringify(packages) });
  giveLicenses(world, person, packages);
  return getSubscriber(world, subscriber.id, null);
}

/** "Removes the mapping between Wholesale Subscriber and a Webex user": the person stays, without license, number and extension. */
export function deleteSubscriber(world: World, subscriber: SubscriberRow): void {
  if (subscriber.person_id !== null) {
    releaseCalling(world, subscriber.person_id);
    world.db.update('people', 'id', subscriber.person_id, { licenses: '[]', modified: world.clock.now() });
  }
  world.db.run('DELETE FROM subscribers WHERE id = ?', subscriber.id);
}

function activate(
  world: World,
  customer: CustomerRow,
  subscriber: SubscriberRow,
  plan: SubscriberPlan,
  parameters: SubscriberParameters,
): void {
  if (customer.org_id === null) throw badRequest('The customer has no organization.');
  const person =
    plan.person ?? createPerson(world, { orgId: customer.org_id, email: subscriber.email, ...names(parameters) });
  if (plan.person) rename(world, plan.person, parameters);
  world.db.update('subscribers', 'id', subscriber.id, {
    person_id: person.id,
    status: 'provisioned',
    last_status_change: world.clock.now(),
  });
  if (plan.calling) assignCalling(world, person.id, plan.calling);
  giveLicenses(world, person, plan.packages);
}

function names(parameters: SubscriberParameters): { firstName?: string; lastName?: string } {
  return {
    ...(parameters.firstName ? { firstName: parameters.firstName } : {}),
    ...(parameters.lastName ? { lastName: parameters.lastName } : {}),
  };
}

/** A user who is there already, such as the first administrator, gets the names that the subscriber is given. */
function rename(world: World, person: PersonRow, parameters: SubscriberParameters): void {
  const firstName = parameters.firstName || person.first_name;
  const lastName = parameters.lastName || person.last_name;
  const displayName = [firstName, lastName].filter(Boolean).join(' ') || person.display_name;
  const keeps = firstName === person.first_name && lastName === person.last_name;
  if (keeps) return;
  world.db.update('people', 'id', person.id, { first_name: firstName, last_name: lastName, display_name: displayName });
}

function giveLicenses(world: World, person: PersonRow, packages: readonly SubscriberPackage[]): void {
  const licenses = packages.map((name) => licenseOf(world, person.org_id, name)).filter((id) => id !== undefined);
  world.db.update('people', 'id', person.id, { licenses: JSON.stringify(licenses), modified: world.clock.now() });
}
