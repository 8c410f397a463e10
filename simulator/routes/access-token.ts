import { z } from 'zod';
import { ApiError, badRequest } from '../api-error';
import { refresh } from '../domain/tokens/service-apps';
import { checked, parseJson } from '../http/body';
import type { Operation } from '../http/operation';

const grantSchema = z.object({
  grant_type: z.string(),
  client_id: z.string(),
  client_secret: z.string(),
  refresh_token: z.string(),
});

/**
 * The refresh-token grant, with which a service app gets its access tokens (developer.webex.com, Service Apps):
 * `application/x-www-form-urlencoded` as RFC 6749 has it, or the same fields as JSON. Errors: 415 another media type,
 * 400 a missing field, another grant or a bad refresh token, 401 an unknown client or a wrong secret (RFC 6749, 5.2).
 */
export const accessTokenOperation: Operation = {
  method: 'POST',
  path: '/access_token',
  public: true,
  run: (world, request) => {
    const form = (request.contentType ?? '').toLowerCase().startsWith('application/x-www-form-urlencoded');
    const fields = form ? Object.fromEntries(new URLSearchParams(request.text)) : parseJson(request);
    const grant = checked(grantSchema, fields, 'field');
    if (grant.grant_type !== 'refresh_token')
      throw badRequest(`Invalid field 'grant_type': ${grant.grant_type} is not supported here, refresh_token is.`);
    const issued = refresh(world, grant.client_id, grant.client_secret, grant.refresh_token);
    if (issued === 'client') throw new ApiError(401, 'The client_id or client_secret is invalid.');
    if (issued === 'token') throw badRequest('The refresh token provided is expired, revoked, malformed, or invalid.');
    return { status: 200, body: issued };
  },
};
