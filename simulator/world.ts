import { Clock } from './clock';
import { Database } from './storage/database';
import type { OrganizationRow } from './storage/rows';
import { seed } from './storage/seed';
import { Weather, type WeatherOption } from './weather';

/**
 * What a rule may read or change: the data, the time, how long provisioning takes, the weather, and the partner that
 * sends the request.
 */
export interface World {
  readonly db: Database;
  readonly clock: Clock;
  /** How long provisioning, updating and deleting a customer and disabling calling take. */
  readonly provisioningMilliseconds: number;
  /** What comes and goes, as the control plane set it. */
  readonly weather: Weather;
  /** The partner organization that is asking: the one of the request's token. It sees its own objects only. */
  readonly partnerId: string;
}

/** What a valid access token stands for. */
export interface Grant {
  readonly partnerId: string;
  /** Undefined: all. */
  readonly scopes: readonly string[] | undefined;
}

/** Opens a database file as a world; a new one gets its first template, roles and the partner organization. */
export function openWorld(file: string, provisioningSeconds: number, weather: WeatherOption): World {
  const db = new Database(file);
  const clock = new Clock(db);
  db.transaction(() => seed(db, clock.now()));
  const partnerId = firstPartner(db);
  const provisioningMilliseconds = Math.round(provisioningSeconds * 1000);
  return { db, clock, provisioningMilliseconds, weather: new Weather(weather, provisioningSeconds), partnerId };
}

/** The same world as another partner sees it. */
export function forPartner(world: World, partnerId: string): World {
  return partnerId === world.partnerId ? world : { ...world, partnerId };
}

/** The partner that the database came with: the one that the configured token belongs to. */
export function firstPartner(db: Database): string {
  const sql = "SELECT * FROM organizations WHERE kind = 'partner' ORDER BY created, rowid LIMIT 1";
  const row = db.first<OrganizationRow>(sql);
  if (!row) throw new Error('the database holds no partner organization');
  return row.id;
}
