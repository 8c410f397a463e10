import { Clock } from './clock';
import { Database } from './storage/database';
import { seed } from './storage/seed';

/** Everything that a rule may look at or change: the data, the time, and how long provisioning takes. */
export interface World {
  readonly db: Database;
  readonly clock: Clock;
  /** How long provisioning, updating and deleting a customer and disabling calling take. */
  readonly provisioningMilliseconds: number;
}

/** Opens a database file as a world; a new one gets its first template, roles and the partner organization. */
export function openWorld(file: string, provisioningSeconds: number): World {
  const db = new Database(file);
  const clock = new Clock(db);
  db.transaction(() => seed(db, clock.now()));
  return { db, clock, provisioningMilliseconds: Math.round(provisioningSeconds * 1000) };
}
