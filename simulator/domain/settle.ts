import type { CustomerRow, JobRow } from '../storage/rows';
import type { World } from '../world';
import { finishCustomer } from './customerProvisioning';
import { finishJob } from './jobs';

/**
 * Brings everything whose time has come to its end, with the time at which it came. Runs before every request inside that
 * request's transaction, so that a client can't tell it from a background task, and a restart changes nothing.
 */
export function settle(world: World): void {
  const now = world.clock.now();
  // Oldest first, one at a time: what one customer takes (an email, an organization) the next one can't have.
  for (;;) {
    const customer = world.db.first<CustomerRow>(
      'SELECT * FROM customers WHERE ready_at <= ? ORDER BY ready_at, sequence LIMIT 1',
      now,
    );
    if (!customer) break;
    finishCustomer(world, customer);
  }
  for (const job of world.db.all<JobRow>('SELECT * FROM jobs WHERE ready_at <= ? ORDER BY ready_at, instance', now))
    finishJob(world, job);
}
