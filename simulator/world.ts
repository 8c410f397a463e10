import { Clock } from './clock';
import { Database } from './storage/database';
import type { OrganizationRow } from './storage/rows';
import { seed } from './storage/seed';
import { Weather, type WeatherOption } from './weather';

/**
 * The context of the rules: data, time, duration of provisioning, weather, and the partner that sends the request.
 */
export interface World {
  readonly db: Database;
  readonly clock: Clock;
  /** Duration of provisioning, updating and deleting a customer and of disabling calling. */
  readonly provisioningMilliseconds: number;
  /** The weather, set by the control plane. */
  readonly weather: Weather;
  /** The partner organization of the request's token. It sees only its own objects. */
  readonly partnerId: string;
}

/** The partner and scopes of a valid access token. */
export interface Grant {
  readonly partnerId: string;
  /** Undefined: all scopes. */
  readonly scopes: readonly string[] | undefined;
}

/** Opens a database file as a world. A new file gets the roles, the first template and the partner organization. */
export function openWorld(file: string, provisioningSeconds: number, weather: WeatherOption): World {
  const db = new Database(file);
  const clock = new Clock(db);
  db.transaction(() => seed(db, clock.now()));
  const partnerId = firstPartner(db);
  const provisioningMilliseconds = Math.round(provisioningSeconds * 1000);
  return { db, clock, provisioningMilliseconds, weather: new Weather(weather, provisioningSeconds), partnerId };
}

/** The same world for another partner. */
export function forPartner(world: World, partnerId: string): World {
  return partnerId === world.partnerId ? world : { ...world, partnerId };
}

/** The first partner of the database, to which the configured token belongs. */
export function firstPartner(db: Database): string {
  const sql = "SELECT * FROM organizations WHERE kind = 'partner' ORDER BY created, rowid LIMIT 1";
  const row = db.first<OrganizationRow>(sql);
  if (!row) throw new Error('the database holds no partner organization');
  return row.id;
}
