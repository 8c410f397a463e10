import { isDue, settle } from './domain/settle';
import { findGrant } from './domain/tokens/find';
import type { Backend } from './http/backend';
import { firstPartner, type World } from './world';

/**
 * Joins HTTP and domain, which don't import each other.
 * @param token the configured access token: the first partner's, with all scopes and without an end.
 */
export function backendOf(world: World, token: string): Backend {
  return {
    get isOpen() {
      return world.db.isOpen;
    },
    now: () => world.clock.now(),
    grantOf: (sent) =>
      sent === token ? { partnerId: firstPartner(world.db), scopes: undefined } : findGrant(world, sent),
    transaction: (intent, work) => {
      // A read takes no lock, so that it doesn't wait for another process that writes.
      if (intent === 'read' && !isDue(world)) return world.db.reading(() => work(world));
      return world.db.transaction(() => {
        settle(world);
        return work(world);
      });
    },
  };
}
