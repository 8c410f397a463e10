import type { z } from 'zod';
import { fromJson } from '../../storage/rows';
import type { World } from '../../world';
import { partnerOf, randomWord } from './changes';
import type { serviceAppSchema } from './schema';

interface ServiceAppRow {
  client_id: string;
  client_secret: string;
  refresh_token: string;
  partner_id: string;
  scopes: string | null;
  access_token_seconds: number;
  refresh_token_seconds: number;
  refresh_token_expires: number;
}

/** Makes a service app as developer.webex.com shows one: client ID, secret and refresh token. */
export function createServiceApp(world: World, input: z.infer<typeof serviceAppSchema>): Record<string, unknown> {
  const app = {
    client_id: `C${randomWord()}`,
    client_secret: randomWord(),
    refresh_token: randomWord(),
    partner_id: partnerOf(world, input.partnerOrgId),
    scopes: input.scopes ? JSON.stringify(input.scopes) : null,
    access_token_seconds: Math.round(input.accessTokenSeconds),
    refresh_token_seconds: Math.round(input.refreshTokenSeconds),
    refresh_token_expires: world.clock.now() + Math.round(input.refreshTokenSeconds * 1000),
  };
  world.db.insert('service_apps', app);
  const { client_id: clientId, client_secret: clientSecret, refresh_token: refreshToken } = app;
  return { clientId, clientSecret, refreshToken, partnerOrgId: app.partner_id };
}

/**
 * The refresh-token grant: a new access token for a service app; the refresh token stays and lives its whole time
 * again. Answers what is wrong otherwise: the client, or its refresh token.
 */
export function refresh(
  world: World,
  clientId: string,
  clientSecret: string,
  refreshToken: string,
): Record<string, unknown> | 'client' | 'token' {
  const app = world.db.first<ServiceAppRow>('SELECT * FROM service_apps WHERE client_id = ?', clientId);
  if (!app || app.client_secret !== clientSecret) return 'client';
  const now = world.clock.now();
  if (app.refresh_token !== refreshToken || app.refresh_token_expires <= now) return 'token';
  const token = randomWord();
  const { partner_id, scopes } = app;
  world.db.run('DELETE FROM tokens WHERE expires <= ?', now);
  world.db.insert('tokens', { token, partner_id, scopes, expires: now + app.access_token_seconds * 1000 });
  world.db.update('service_apps', 'client_id', clientId, {
    refresh_token_expires: now + app.refresh_token_seconds * 1000,
  });
  return {
    access_token: token,
    expires_in: app.access_token_seconds,
    refresh_token: app.refresh_token,
    refresh_token_expires_in: app.refresh_token_seconds,
    token_type: 'Bearer',
    ...(scopes === null ? {} : { scope: fromJson<string[]>(scopes).join(' ') }),
  };
}
