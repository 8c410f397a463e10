import { z } from 'zod';
import type { World } from '../world';
import { email, text } from './fields';
import { CUSTOMER_PACKAGES } from './packages/catalogue';

/** The outcome of the next provisioning, set by the control plane. */
export const outcomeSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('customer'),
    externalId: text,
    status: z.enum(['provisioned_with_errors', 'error', 'pending_rpl_review']),
    package: z.enum(CUSTOMER_PACKAGES).optional(),
    errorCode: z.int().optional(),
    description: text.optional(),
    times: z.int().min(1).max(1_000_000).default(1),
  }),
  z.object({
    kind: z.literal('subscriber'),
    email,
    status: z.literal('pending_user_migration'),
    /** Seconds after which the user consents; without it, the control plane's /consents decides. */
    consentAfterSeconds: z.number().min(0).max(1e9).optional(),
    times: z.int().min(1).max(1_000_000).default(1),
  }),
]);
export type Outcome = z.infer<typeof outcomeSchema>;

export type SubscriberOutcome = Extract<Outcome, { kind: 'subscriber' }>;

export type CustomerOutcome = Extract<Outcome, { kind: 'customer' }>;

/** Stores an outcome for the next provisionings of a customer or subscriber. */
export function addOutcome(world: World, outcome: Outcome): void {
  world.db.insert('outcomes', {
    kind: outcome.kind,
    subject: outcome.kind === 'customer' ? outcome.externalId : outcome.email,
    document: JSON.stringify(outcome),
    times: outcome.times,
  });
}

/**
 * Takes the next outcome of a customer (by externalId) or subscriber (by email): its JSON, or null.
 */
export function takeOutcome(world: World, kind: Outcome['kind'], subject: string): string | null {
  const row = world.db.first<{ sequence: number; document: string; times: number }>(
    'SELECT * FROM outcomes WHERE kind = ? AND subject = ? ORDER BY sequence LIMIT 1',
    kind,
    subject,
  );
  if (!row) return null;
  if (row.times > 1) world.db.update('outcomes', 'sequence', row.sequence, { times: row.times - 1 });
  else world.db.run('DELETE FROM outcomes WHERE sequence = ?', row.sequence);
  return row.document;
}
