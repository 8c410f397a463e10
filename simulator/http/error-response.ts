import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { ApiError, conflict } from '../api-error';
import { sqliteRefusal } from '../storage/refusals';
import type { WeatherSettings } from '../weather';
import type { Env } from './env';

/** Makes a tracking ID, which Webex puts into the header `trackingid` and into error bodies. */
export function newTrackingId(): string {
  return `ROUTERGW_${randomUUID()}`;
}

/**
 * Makes an answer of a thrown error. An error that is no ApiError is a bug of this package: 500, and printed to stderr.
 * @param weather determines the shape of the API's errors; undefined for the control plane
 */
export function errorResponse(error: unknown, context: Context<Env>, weather?: WeatherSettings): Response {
  const trackingId = context.get('trackingId');
  const known = refusalOf(error);
  // If the connection is closed, the simulator is being stopped, and the error comes from the closed database.
  if (known === undefined && !context.env.incoming.socket.destroyed)
    console.error(`${trackingId} ${context.req.method} ${context.req.path}`, error);
  const telephony = weather?.telephonyErrors === true && context.req.path.includes('/telephony/');
  return refusal(
    known ?? new ApiError(500, 'An unexpected error occurred in the simulator.'),
    trackingId,
    weather?.retryAfter,
    telephony,
  );
}

/** The answer to a refused request. */
export function refusal(
  error: ApiError,
  trackingId = newTrackingId(),
  retryAfter: WeatherSettings['retryAfter'] = 'seconds',
  telephony = false,
): Response {
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    trackingid: trackingId,
    ...error.options.headers,
  };
  const { retryAfterSeconds } = error.options;
  if (retryAfterSeconds !== undefined && retryAfter !== 'missing')
    headers['Retry-After'] = retryAfter === 'malformed' ? MALFORMED : String(Math.ceil(retryAfterSeconds));
  const body = telephony ? error.telephonyBody(trackingId) : error.body(trackingId);
  return new Response(JSON.stringify(body), { status: error.status, headers });
}

/** The observed shape (WebexCommunity/WebexPythonSDK, issue 181). */
const MALFORMED = 'rand(30),add(30)';

/**
 * Rules are checked before table constraints. A violated constraint is answered as a conflict, not as a server error.
 */
function refusalOf(error: unknown): ApiError | undefined {
  if (error instanceof ApiError) return error;
  const refused = sqliteRefusal(error);
  if (refused === 'constraint') return conflict('The request collides with an object that exists.');
  // "503 Service Unavailable: Server is overloaded with requests. Try again later" (response tables).
  if (refused === 'busy')
    return new ApiError(503, 'The database is in use by another process. Try again later.', { retryAfterSeconds: 1 });
  return undefined;
}
