import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import { getPath } from 'hono/utils/url';
import { ApiError } from './api-error';
import { backendOf } from './backend';
import { controlPlane } from './control/routes';
import { api } from './http/api';
import type { Env } from './http/env';
import { errorResponse, newTrackingId } from './http/error-response';
import { Faults } from './http/faults';
import { checkHost, checkOrigin } from './http/host';
import { RateLimit } from './http/rate-limit';
import { RequestLog } from './http/request-log';
import { OPERATIONS } from './routes/index';
import type { World } from './world';

/** Options of the application. */
export interface ApplicationOptions {
  /** The address that the server listens on. */
  host: string;
  /** The access token that the API accepts. */
  token: string;
  /** The token of the control plane; undefined if it needs none. */
  controlToken: string | undefined;
}

/** The API below /v1 and the control plane below /simulator. */
export function application(world: World, { host, token, controlToken }: ApplicationOptions): Hono<Env> {
  const controls = { faults: new Faults(), log: new RequestLog(), rateLimit: new RateLimit() };
  const backend = backendOf(world, token);
  // Webex ignores repeated slashes.
  const app = new Hono<Env>({ getPath: (request) => getPath(request).replace(/\/{2,}/g, '/') });
  app.use('*', async (context, next) => {
    context.set('trackingId', newTrackingId());
    const arrival = { bound: host, localAddress: context.env.incoming.socket.localAddress };
    checkHost(context.req.header('host'), arrival);
    if (context.req.path.startsWith('/simulator')) checkOrigin(context.req.header('origin'), arrival);
    await next();
    if (context.res !== RESPONSE_ALREADY_SENT && !context.res.headers.has('trackingid'))
      context.header('trackingid', context.get('trackingId'));
  });
  app.route('/v1', api(backend, OPERATIONS, controls));
  app.route('/simulator', controlPlane(world, backend, controls, controlToken));
  app.notFound((context) => errorResponse(new ApiError(404, `There is nothing at ${context.req.path}.`), context));
  app.onError(errorResponse);
  return app;
}
