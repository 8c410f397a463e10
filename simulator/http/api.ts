import { setTimeout as sleep } from 'node:timers/promises';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Context, Hono } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { ApiError, notFound } from '../api-error';
import { forPartner } from '../world';
import { authenticate, bearerOf, checkScope } from './auth';
import type { Backend } from './backend';
import { bodyText } from './body';
import type { Env } from './env';
import { errorResponse, refusal } from './error-response';
import { type Fault, type Faults, faultError } from './faults';
import { inWeather } from './list-weather';
import { isWrite, type Operation, type Reply } from './operation';
import type { RateLimit } from './rate-limit';
import type { RequestLog } from './request-log';

/** What the control plane may set, and the API follows. */
export interface Controls {
  readonly faults: Faults;
  readonly log: RequestLog;
  readonly rateLimit: RateLimit;
}

/** The API itself: every operation, mounted where its document says, below the base path. */
export function api(backend: Backend, operations: readonly Operation[], controls: Controls): Hono<Env> {
  const app = new Hono<Env>();
  app.use('*', (context, next) => logged(context, next, backend, controls.log));
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (context, methods) => {
        const message = `The method ${context.req.method} is not supported for ${context.req.path}.`;
        const error = new ApiError(405, message, { headers: { Allow: methods.join(', ') } });
        return refusal(error, context.get('trackingId'));
      },
    }),
  );
  // A path without a parameter "matches before its templated counterpart" (OpenAPI, Paths Object).
  for (const operation of operations.toSorted((a, b) => parameters(a) - parameters(b)))
    app.on(operation.method, honoPath(operation.path), (context) => answer(context, backend, operation, controls));
  app.all('*', (context) => {
    authenticate(backend, context.req.header('authorization'));
    return refusal(notFound(`there is no operation at ${context.req.path}`), context.get('trackingId'));
  });
  app.onError((error, context) => errorResponse(error, context, backend.weather));
  return app;
}

/** Writes a request into the log once it is answered. */
async function logged(
  context: Context<Env>,
  next: () => Promise<void>,
  backend: Backend,
  log: RequestLog,
): Promise<void> {
  const url = new URL(context.req.url);
  context.set('bodyText', '');
  await next();
  if (!backend.isOpen) return;
  const request = {
    at: new Date(backend.now()).toISOString(),
    method: context.req.method,
    path: context.req.path,
    query: url.search.slice(1),
    // Where a fault cut the connection there is no status.
    status: context.res === RESPONSE_ALREADY_SENT || context.env.incoming.socket.destroyed ? 0 : context.res.status,
    trackingId: context.get('trackingId'),
  };
  log.add(request, context.get('operationPath'), context.get('bodyText'));
}

async function answer(
  context: Context<Env>,
  backend: Backend,
  operation: Operation,
  { faults, rateLimit }: Controls,
): Promise<Response> {
  context.set('operationPath', operation.path);
  const authorization = context.req.header('authorization');
  const grant = operation.public ? undefined : authenticate(backend, authorization);
  // The body is read to its end before anything is refused: the connection serves the next request, too.
  const text = await bodyText(context);
  // What is sent to a public operation is a secret.
  if (!operation.public) context.set('bodyText', text);
  if (grant) rateLimit.count(bearerOf(authorization) ?? '', backend.now());
  const fault = faults.take(`${operation.method} ${operation.path}`);
  if (fault?.delayMs) await sleep(fault.delayMs);
  if (fault?.reset === 'before') return cut(context);
  if (fault?.status !== undefined && !fault.applied) throw faultError(fault, fault.status);
  if (grant) checkScope(grant, operation.method, operation.path);
  const url = new URL(context.req.url);
  if (grant) backend.admit(grant, operation.path, url.searchParams.get('orgId'));
  const trackingId = context.get('trackingId');
  const request = {
    url,
    params: context.req.param() as Record<string, string>,
    contentType: context.req.header('content-type'),
    text,
    trackingId,
  };
  const intent = operation.public || isWrite(operation.method, operation.path) ? 'write' : 'read';
  const reply = backend.transaction(intent, (world) =>
    operation.run(grant ? forPartner(world, grant.partnerId) : world, request),
  );
  return afterwards(context, fault, response(inWeather(reply, url, backend.weather), trackingId));
}

/** What a fault does once the write has taken effect. */
function afterwards(context: Context<Env>, fault: Fault | undefined, response: Response): Response {
  if (fault?.reset === 'after') return cut(context);
  if (fault?.status !== undefined) throw faultError(fault, fault.status);
  return response;
}

function response(reply: Reply, trackingId: string): Response {
  const headers: Record<string, string> = { trackingid: trackingId, ...reply.headers };
  if (reply.body === undefined) return new Response(null, { status: reply.status, headers });
  headers['content-type'] = 'application/json';
  return new Response(JSON.stringify(reply.body), { status: reply.status, headers });
}

function cut(context: Context<Env>): Response {
  context.env.incoming.socket.destroy();
  return RESPONSE_ALREADY_SENT;
}

function parameters({ path }: Operation): number {
  return path.split('{').length;
}

/** `{name}` of the documents is `:name` of the router. */
function honoPath(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1');
}
