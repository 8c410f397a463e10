import { z } from 'zod';
import { text } from '../fields';

/** Lifetimes: 14 days for a token, 90 days for a refresh token (developer.webex.com, Service Apps). */
const ACCESS_TOKEN_SECONDS = 14 * 24 * 3600;

const REFRESH_TOKEN_SECONDS = 90 * 24 * 3600;

const lifetime = z.number().min(0).max(1e9);

const scopes = z.array(text).optional();

/** A token in the control plane. Default: all scopes, no expiry. */
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
