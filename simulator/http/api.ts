import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Context, Hono } from 'hono';
import { settle } from '../domain/settle';
import type { World } from '../world';
import { ApiError, badRequest, unauthorized } from './errors';
import type { Fault, Faults } from './faults';
import type { Operation, Reply } from './operation';
import type { RequestLog } from './requestLog';

/** What a request handler of this package finds in its context. */
export type Env = {
  Bindings: HttpBindings;
  Variables: { trackingId: string; bodyText: string; operationPath: string | undefined };
};

/** No body of the API is longer than a few kilobytes. */
const MAX_BODY = 1_048_576;

/** The API itself: every operation, mounted where its document says, below the base path. */
export function api(
  world: World,
  operations: readonly Operation[],
  token: string,
  faults: Faults,
  log: RequestLog,
): Hono<Env> {
  const app = new Hono<Env>();
  app.use('*', async (context, next) => {
    const url = new URL(context.req.url);
    context.set('bodyText', '');
    context.set('operationPath', documentedPath(operations, context.req.method, url.pathname));
    await next();
    const request = {
      at: new Date(world.clock.now()).toISOString(),
      method: context.req.method,
      path: url.pathname,
      query: url.search.slice(1),
      // The connection was cut by a fault: there is no status.
      status: context.res === RESPONSE_ALREADY_SENT || context.env.incoming.socket.destroyed ? 0 : context.res.status,
      trackingId: context.get('trackingId'),
    };
    log.add(request, context.get('operationPath'), context.get('bodyText'));
  });
  app.use('*', async (context, next) => {
    checkToken(context.req.header('authorization'), token);
    await next();
  });
  for (const operation of operations)
    app.on(operation.method, honoPath(operation.path), (context) => answer(context, world, operation, faults));
  for (const path of new Set(operations.map((operation) => operation.path)))
    app.all(honoPath(path), (context) => {
      throw new ApiError(405, `The method ${context.req.method} is not supported for ${path}.`);
    });
  app.all('*', (context) => {
    throw new ApiError(404, `The requested resource could not be found: there is no operation at ${context.req.path}.`);
  });
  app.onError((error, context) => errorResponse(error, context));
  return app;
}

/** Gives every answer a tracking ID, as Webex does: header `trackingid`, and the same in error bodies. */
export function newTrackingId(): string {
  return `ROUTERGW_${randomUUID()}`;
}

/** Turns what was thrown into an answer. Anything but an {@link ApiError} is a fault of this package: 500, and told on stderr. */
export function errorResponse(error: unknown, context: Context<Env>): Response {
  const trackingId = context.get('trackingId');
  const known = error instanceof ApiError ? error : new ApiError(500, 'An unexpected error occurred in the simulator.');
  if (known !== error) console.error(`${trackingId} ${context.req.method} ${context.req.path}`, error);
  const headers: Record<string, string> = { 'content-type': 'application/json', trackingid: trackingId };
  if (known.retryAfterSeconds !== undefined) headers['Retry-After'] = String(Math.ceil(known.retryAfterSeconds));
  return new Response(JSON.stringify(known.body(trackingId)), { status: known.status, headers });
}

/** Refuses (401) a request without the token. */
export function checkToken(authorization: string | undefined, token: string): void {
  const [scheme, given, ...rest] = (authorization ?? '').trim().split(/\s+/);
  if (scheme?.toLowerCase() !== 'bearer' || given !== token || rest.length > 0) throw unauthorized();
}

/** The body of a request as text. Errors: 400 too long, or cut off. */
export async function bodyText(context: Context<Env>): Promise<string> {
  if (Number(context.req.header('content-length') ?? 0) > MAX_BODY) throw badRequest('The request body is too large.');
  let text: string;
  try {
    text = await context.req.text();
  } catch {
    throw badRequest('The request body could not be read.');
  }
  if (text.length > MAX_BODY) throw badRequest('The request body is too large.');
  return text;
}

async function answer(context: Context<Env>, world: World, operation: Operation, faults: Faults): Promise<Response> {
  const text = await bodyText(context);
  context.set('bodyText', text);
  const fault = faults.take(`${operation.method} ${operation.path}`);
  if (fault?.delayMs) await sleep(fault.delayMs);
  if (fault?.reset === 'before') return cut(context);
  if (fault?.status !== undefined) throw faultError(fault, fault.status);
  const trackingId = context.get('trackingId');
  const request = {
    url: new URL(context.req.url),
    params: context.req.param() as Record<string, string>,
    contentType: context.req.header('content-type'),
    text,
    trackingId,
  };
  // One transaction a request: what falls due, the rules and the writes see and make one state.
  const reply = world.db.transaction(() => {
    settle(world);
    return operation.run(world, request);
  });
  return fault?.reset === 'after' ? cut(context) : response(reply, trackingId);
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

function faultError(fault: Fault, status: number): ApiError {
  const message = `The request was refused with ${status} by a fault that the control plane asked for.`;
  // "A Retry-After header is included" with 429 and 423 (response tables of the API documents).
  const limited = status === 429 || status === 423;
  return new ApiError(
    status,
    message,
    [{ description: message }],
    fault.retryAfterSeconds ?? (limited ? 1 : undefined),
  );
}

/** The path that a request is counted under: the one that has the method, the more exact one first. */
function documentedPath(operations: readonly Operation[], method: string, pathname: string): string | undefined {
  const segments = pathname.split('/').slice(2);
  const matches = operations.filter(({ path }) => {
    const documented = path.split('/').slice(1);
    return (
      documented.length === segments.length &&
      documented.every((part, index) => part.startsWith('{') || part === segments[index])
    );
  });
  const parameters = (path: string) => path.split('{').length;
  matches.sort(
    (a, b) => Number(b.method === method) - Number(a.method === method) || parameters(a.path) - parameters(b.path),
  );
  return matches[0]?.path;
}

/** `{name}` of the documents is `:name` of the router. */
function honoPath(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1');
}
