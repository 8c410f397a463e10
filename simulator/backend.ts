import { forbidden } from './api-error';
import { findOrganization } from './domain/organizations/find';
import { isDue, settle } from './domain/settle';
import { findGrant } from './domain/tokens/find';
import type { Backend } from './http/backend';
import { firstPartner, forPartner, type World } from './world';

/**
 * Connects http/ and domain/, which don't import each other.
 * @param token the configured access token, of the first partner, with all scopes and without expiry
 */
export function backendOf(world: World, token: string): Backend {
  return {
    get isOpen() {
      return world.db.isOpen;
    },
    now: () => world.clock.now(),
    grantOf: (sent) =>
      sent === token ? { partnerId: firstPartner(world.db), scopes: undefined } : findGrant(world, sent),
    get weather() {
      return world.weather.settings;
    },
    admit: ({ partnerId }, path, orgId) => {
      if (orgId === null || !world.weather.settings.managedList || /^\/(wholesale|organizations)\//.test(path)) return;
      const organization = findOrganization(forPartner(world, partnerId), orgId);
      if (organization?.kind === 'customer' && world.weather.isUnmanaged(organization.id))
        throw forbidden(`The organization ${orgId} is not on the managed list of your organization.`);
    },
    transaction: (intent, work) => {
      // Read-only requests take no lock, so that they don't wait for another process that writes.
      if (intent === 'read' && !isDue(world)) return world.db.reading(() => work(world));
      return world.db.transaction(() => {
        settle(world);
        return work(world);
      });
    },
  };
}
