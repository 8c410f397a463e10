import type { CustomerRow, JobRow, SubscriberRow } from '../storage/rows';
import { forPartner, type World } from '../world';
import { finishCustomer } from './customers/provisioning';
import { finishDisabling } from './disable-calling/changes';
import { finishNumbers } from './manage-numbers/changes';
import { finishMoves } from './move-users/changes';
import { returnEmails } from './people/email';
import { consentByItself } from './subscribers/consent';

const FINISH = { deletecallinglocation: finishDisabling, moveusers: finishMoves, managenumbers: finishNumbers };

/** Queries for changes that are due; each uses an index. */
const DUE = `SELECT EXISTS (SELECT 1 FROM customers WHERE ready_at <= ?1) OR EXISTS (SELECT 1 FROM jobs WHERE ready_at <= ?1)
  OR EXISTS (SELECT 1 FROM subscribers WHERE consent_at <= ?1) OR EXISTS (SELECT 1 FROM people WHERE confirm_by <= ?1) AS n`;

/** True if {@link settle} has something to do. */
export function isDue(world: World): boolean {
  return world.db.count(DUE, world.clock.now()) > 0;
}

/**
 * Finishes all changes that are due, with their due times. It runs before each request in its transaction. Clients see
 * it as a background task, and a restart changes nothing.
 */
export function settle(world: World): void {
  if (!isDue(world)) return;
  const { db } = world;
  const now = world.clock.now();
  // Oldest first, one at a time: customers may compete for the same email or organization.
  for (;;) {
    const sql = 'SELECT * FROM customers WHERE ready_at <= ? ORDER BY ready_at, sequence LIMIT 1';
    const customer = db.first<CustomerRow>(sql, now);
    if (!customer) break;
    finishCustomer(forPartner(world, customer.partner_id), customer);
  }
  const jobs = db.all<JobRow & { partner_id: string }>(
    'SELECT jobs.*, organizations.partner_id FROM jobs JOIN organizations ON organizations.id = jobs.org_id ' +
      'WHERE ready_at <= ? ORDER BY ready_at, instance',
    now,
  );
  for (const job of jobs) FINISH[job.kind](forPartner(world, job.partner_id), job);
  returnEmails(world, now);
  const consenting = 'SELECT * FROM subscribers WHERE consent_at <= ? ORDER BY consent_at, sequence';
  for (const subscriber of db.all<SubscriberRow>(consenting, now))
    consentByItself(forPartner(world, subscriber.partner_id), subscriber);
}
