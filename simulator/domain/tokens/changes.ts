import { randomBytes } from 'node:crypto';
import type { z } from 'zod';
import { badRequest } from '../../api-error';
import { canonicalId } from '../../ids';
import { isoDate } from '../../storage/rows';
import { firstPartner, type World } from '../../world';
import type { tokenSchema } from './schema';

/** Creates a token, or gives an existing one new scopes and another expiry. */
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

/** Revokes a token. @returns false if there was none */
export function revokeToken(world: World, token: string): boolean {
  return world.db.run('DELETE FROM tokens WHERE token = ?', token) > 0;
}

/** The partner with this organization ID; without one, the first partner. Throws 400 if there is none. */
export function partnerOf(world: World, sentId: string | undefined): string {
  if (sentId === undefined) return firstPartner(world.db);
  const id = canonicalId('ORGANIZATION', sentId) ?? '';
  if (!world.db.first("SELECT 1 FROM organizations WHERE id = ? AND kind = 'partner'", id))
    throw badRequest(`Invalid field 'partnerOrgId': there is no partner ${sentId}.`);
  return id;
}

/** A random secret. */
export function randomWord(): string {
  return randomBytes(32).toString('base64url');
}
