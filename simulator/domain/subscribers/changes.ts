import { conflict } from '../../api-error';
import { newId } from '../../ids';
import { type CustomerRow, fromJson, type SubscriberRow } from '../../storage/rows';
import type { World } from '../../world';
import { assignCalling, releaseCalling } from '../calling/lines';
import { type SubscriberOutcome, takeOutcome } from '../outcomes';
import { getPerson } from '../people/find';
import { activate, giveLicenses } from './activate';
import { customerOfSubscriber, getSubscriber, type ListedSubscriber } from './find';
import { planPackageChange, planSubscriber, requestedPackages } from './rules';
import type { CreateSubscriber, UpdateSubscriber } from './schema';

/**
 * Creates a subscriber of a customer. It is pending if the user must first consent to move from another organization or
 * a free account.
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

/** The time at which the user consents, if the control plane's outcome has one. */
function consentTime(outcome: string | null, now: number): number | null {
  const seconds = outcome === null ? undefined : fromJson<SubscriberOutcome>(outcome).consentAfterSeconds;
  return seconds === undefined ? null : now + Math.round(seconds * 1000);
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

/**
 * "Removes the mapping between Wholesale Subscriber and a Webex user": the person stays, without license, number and
 * extension.
 */
export function deleteSubscriber(world: World, subscriber: SubscriberRow): void {
  if (subscriber.person_id !== null) {
    releaseCalling(world, subscriber.person_id);
    world.db.update('people', 'id', subscriber.person_id, { licenses: '[]', modified: world.clock.now() });
  }
  world.db.run('DELETE FROM subscribers WHERE id = ?', subscriber.id);
}
