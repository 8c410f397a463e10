import { forbidden, unauthorized } from '../api-error';
import type { Grant } from '../world';
import type { Backend } from './backend';
import { scopesOf } from './scopes';

/** What the token of a request stands for. Errors: 401 without a token, with an unknown or an expired one. */
export function authenticate(backend: Backend, authorization: string | undefined): Grant {
  const token = bearerOf(authorization);
  const grant = token === undefined ? undefined : backend.grantOf(token);
  if (!grant) throw unauthorized();
  return grant;
}

/** Refuses (403) an operation that none of the token's scopes allows. */
export function checkScope({ scopes }: Grant, method: string, path: string): void {
  const needed = scopesOf(method, path);
  if (scopes === undefined || needed.length === 0 || needed.some((name) => scopes.includes(name))) return;
  throw forbidden(
    'The server understood the request, but refused to fulfill it because the access token is missing required scopes: ' +
      `one of ${needed.join(', ')}.`,
  );
}

/** The token of an Authorization header, if it is of the Bearer kind (RFC 6750). */
export function bearerOf(authorization: string | undefined): string | undefined {
  const [scheme, token, ...rest] = (authorization ?? '').trim().split(/\s+/);
  return scheme?.toLowerCase() === 'bearer' && token !== undefined && rest.length === 0 ? token : undefined;
}
