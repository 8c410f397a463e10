import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { badRequest } from '../http/errors';
import { canonicalId } from '../ids';
import { fromJson, isoDate } from '../storage/rows';
import { firstPartner, type World } from '../world';
import { text } from './fields';

/** A token lives 14 days, and the refresh token that makes new ones 90 (developer.webex.com, Service Apps). */
const ACCESS_TOKEN_SECONDS = 14 * 24 * 3600;
const REFRESH_TOKEN_SECONDS = 90 * 24 * 3600;

const lifetime = z.number().min(0).max(1e9);
const scopes = z.array(text).optional();

/** A token that the control plane is asked for; without scopes it has all, without expiry it lives on. */
export const tokenSchema = z.object({
  token: z.string().regex(/^\S+$/, 'must be one word').max(2048).optional(),
  partnerOrgId: text.optional(),
  scopes,
  expiresInSeconds: lifetime.optional(),
});

/** A service app that the control plane is asked for. */
export const serviceAppSchema = z.object({
  partnerOrgId: text.optional(),
  scopes,
  accessTokenSeconds: lifetime.default(ACCESS_TOKEN_SECONDS),
  refreshTokenSeconds: lifetime.default(REFRESH_TOKEN_SECONDS),
});

/** What a valid token stands for. */
export interface Grant {
  partnerId: string;
  /** Undefined: all. */
  scopes: readonly string[] | undefined;
}

interface TokenRow {
  token: string;
  partner_id: string;
  scopes: string | null;
  expires: number | null;
}

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

/** What a token stands for; undefined where it is unknown or expired. */
export function findGrant(world: World, token: string): Grant | undefined {
  const row = world.db.first<TokenRow>('SELECT * FROM tokens WHERE token = ?', token);
  if (!row || (row.expires !== null && row.expires <= world.clock.now())) return undefined;
  return { partnerId: row.partner_id, scopes: row.scopes === null ? undefined : fromJson<string[]>(row.scopes) };
}

/** Makes a token, or gives the one of that name new scopes and another end. */
export function createToken(world: World, input: z.infer<typeof tokenSchema>): Record<string, unknown> {
  const partnerOrgId = partnerOf(world, input.partnerOrgId);
  const token = input.token ?? randomWord();
  const { expiresInSeconds } = input;
  const expires = expiresInSeconds === undefined ? null : Math.round(world.clock.now() + expiresInSeconds * 1000);
  world.db.run('DELETE FROM tokens WHERE token = ?', token);
  world.db.insert('tokens', {
    token,
    partner_id: partnerOrgId,
    scopes: input.scopes ? JSON.stringify(input.scopes) : null,
    expires,
  });
  return {
    token,
    partnerOrgId,
    scopes: input.scopes ?? 'all',
    ...(expires === null ? {} : { expires: isoDate(expires) }),
  };
}

/** Takes a token back; answers whether there was one. */
export function revokeToken(world: World, token: string): boolean {
  return world.db.run('DELETE FROM tokens WHERE token = ?', token) > 0;
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
 * The refresh-token grant: a new access token for a service app; the refresh token stays and lives its whole time again.
 * Answers what is wrong otherwise: the client, or its refresh token.
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

function partnerOf(world: World, sentId: string | undefined): string {
  if (sentId === undefined) return firstPartner(world.db);
  const id = canonicalId('ORGANIZATION', sentId) ?? '';
  if (!world.db.first("SELECT 1 FROM organizations WHERE id = ? AND kind = 'partner'", id))
    throw badRequest(`Invalid field 'partnerOrgId': there is no partner ${sentId}.`);
  return id;
}

function randomWord(): string {
  return randomBytes(32).toString('base64url');
}
