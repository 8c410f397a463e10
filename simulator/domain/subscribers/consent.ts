import { ApiError, conflict } from '../../api-error';
import { fromJson, type SubscriberRow } from '../../storage/rows';
import type { World } from '../../world';
import { releaseCalling } from '../calling/lines';
import type { SubscriberPackage } from '../packages/catalogue';
import { personByEmail } from '../people/find';
import { activate } from './activate';
import { customerOfSubscriber } from './find';
import { planSubscriber } from './rules';
import type { SubscriberParameters } from './schema';

/** The subscriber with an email that waits for the user's consent, if there is one. */
export function pendingSubscriber(world: World, email: string): SubscriberRow | undefined {
  const sql = "SELECT * FROM subscribers WHERE email = ? AND status = 'pending_user_migration'";
  return world.db.first<SubscriberRow>(sql, email);
}

/** Schedules the consent of a pending subscriber's user. */
export function consentLater(world: World, row: SubscriberRow, seconds: number): void {
  const consent_at = world.clock.now() + Math.round(seconds * 1000);
  world.db.update('subscribers', 'id', row.id, { consent_at });
}

/**
 * Applies a scheduled consent. If the subscriber can't be provisioned any more, for example because another user has
 * its number, it stays pending with the reason in its `errors` ("errors that occurred during that last attempt").
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

/** The user consents: the person moves into the customer's organization and is provisioned as requested. */
export function consent(world: World, row: SubscriberRow): void {
  const { email } = row;
  const customer = customerOfSubscriber(world, row);
  const person = personByEmail(world, email);
  if (person && person.org_id !== customer.org_id && customer.org_id !== null) {
    releaseCalling(world, person.id);
    world.db.update('people', 'id', person.id, { org_id: customer.org_id, roles: '[]', licenses: '[]' });
  }
  // Check the rules again, without this mapping: a number may have been assigned since the POST.
  const parameters = fromJson<SubscriberParameters>(row.parameters);
  world.db.run('DELETE FROM subscribers WHERE id = ?', row.id);
  const plan = planSubscriber(world, customer, email, fromJson<SubscriberPackage[]>(row.packages), parameters);
  world.db.insert('subscribers', { ...row, consent_at: null, errors: '[]' });
  activate(world, customer, row, plan, parameters);
}

/**
 * Sends the mail that asks the user for consent; the control plane's /mails lists it. Errors: 409 for a subscriber that
 * isn't waiting.
 */
export function sendConsentMail(world: World, subscriber: SubscriberRow): void {
  checkPending(subscriber);
  world.db.insert('mails', {
    kind: 'consentMove',
    recipient: subscriber.email,
    object_id: subscriber.id,
    sent: world.clock.now(),
  });
}

/** Refuses (409) the consent mail for a subscriber that isn't waiting for it (assumption for the status). */
function checkPending(subscriber: SubscriberRow): void {
  if (subscriber.status !== 'pending_user_migration')
    throw conflict('The subscriber is not in the pending_user_migration state.');
}
