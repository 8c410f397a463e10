import { setTimeout as sleep } from 'node:timers/promises';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Context, Hono } from 'hono';
import { isDue, settle } from '../domain/settle';
import { forPartner, type World } from '../world';
import { ACCESS_TOKEN_PATH, issueAccessToken } from './accessToken';
import { authenticate, bearerOf, checkScope } from './auth';
import { bodyText } from './body';
import type { Env } from './env';
import { errorResponse } from './errorResponse';
import { ApiError } from './errors';
import { type Fault, type Faults, faultError } from './faults';
import { isWrite, type Operation, type Reply } from './operation';
import type { RateLimit } from './rateLimit';
import type { RequestLog } from './requestLog';

/** What the control plane may set, and the API follows. */
export interface Controls {
  readonly faults: Faults;
  readonly log: RequestLog;
  readonly rateLimit: RateLimit;
}

/** The API itself: every operation, mounted where its document says, below the base path. */
export function api(world: World, operations: readonly Operation[], token: string, controls: Controls): Hono<Env> {
  const app = new Hono<Env>();
  const paths = pathsOf(operations);
  app.use('*', async (context, next) => {
    const url = new URL(context.req.url);
    context.set('bodyText', '');
    context.set('operationPath', documentedPath(paths, url.pathname));
    await next();
    // The simulator was stopped while the request was on its way: nobody can ask for the log any more.
    if (!world.db.isOpen) return;
    const request = {
      at: new Date(world.clock.now()).toISOString(),
      method: context.req.method,
      path: url.pathname,
      query: url.search.slice(1),
      // The connection was cut by a fault: there is no status.
      status: context.res === RESPONSE_ALREADY_SENT || context.env.incoming.socket.destroyed ? 0 : context.res.status,
      trackingId: context.get('trackingId'),
    };
    controls.log.add(request, context.get('operationPath'), context.get('bodyText'));
  });
  app.post(ACCESS_TOKEN_PATH, async (context) => {
    context.set('operationPath', ACCESS_TOKEN_PATH);
    // The text is not kept for the log: it holds a secret.
    const request = { contentType: context.req.header('content-type'), text: await bodyText(context) };
    return context.json(world.db.transaction(() => issueAccessToken(world, request)));
  });
  methodsOf(app, ACCESS_TOKEN_PATH, ['POST']);
  for (const path of paths) {
    const here = operations.filter((operation) => operation.path === path);
    for (const operation of here)
      app.on(operation.method, honoPath(path), (context) => answer(context, world, operation, token, controls));
    const methods = here.map(({ method }) => method);
    methodsOf(app, path, methods, (context) => authenticate(world, token, context.req.header('authorization')));
  }
  app.all('*', (context) => {
    authenticate(world, token, context.req.header('authorization'));
    throw new ApiError(404, `The requested resource could not be found: there is no operation at ${context.req.path}.`);
  });
  app.onError((error, context) => errorResponse(error, context));
  return app;
}

/** 405 for every other method, with the header that names the right ones (RFC 9110). */
function methodsOf(
  app: Hono<Env>,
  path: string,
  methods: readonly string[],
  first: (context: Context<Env>) => void = () => {},
): void {
  const allowed = methods.includes('GET') ? [...methods, 'HEAD'] : methods;
  app.all(honoPath(path), (context) => {
    first(context);
    const message = `The method ${context.req.method} is not supported for ${path}.`;
    throw new ApiError(405, message, undefined, undefined, { Allow: allowed.join(', ') });
  });
}

async function answer(
  context: Context<Env>,
  world: World,
  operation: Operation,
  token: string,
  { faults, rateLimit }: Controls,
): Promise<Response> {
  const authorization = context.req.header('authorization');
  const grant = authenticate(world, token, authorization);
  // The body is read to its end before anything is refused: the connection serves the next request, too.
  const text = await bodyText(context);
  context.set('bodyText', text);
  rateLimit.count(bearerOf(authorization) ?? '', world.clock.now());
  const fault = faults.take(`${operation.method} ${operation.path}`);
  if (fault?.delayMs) await sleep(fault.delayMs);
  if (fault?.reset === 'before') return cut(context);
  if (fault?.status !== undefined && !fault.applied) throw faultError(fault, fault.status);
  checkScope(grant, operation.method, operation.path);
  const trackingId = context.get('trackingId');
  const request = {
    url: new URL(context.req.url),
    params: context.req.param() as Record<string, string>,
    contentType: context.req.header('content-type'),
    text,
    trackingId,
  };
  const reply = perform(forPartner(world, grant.partnerId), operation, (caller) => operation.run(caller, request));
  return afterwards(context, fault, response(reply, trackingId));
}

/** One transaction a request: what falls due, the rules and the writes see and make one state. Who only reads waits for nobody. */
function perform(world: World, operation: Operation, run: (world: World) => Reply): Reply {
  if (!isWrite(operation.method, operation.path) && !isDue(world)) return world.db.reading(() => run(world));
  return world.db.transaction(() => {
    settle(world);
    return run(world);
  });
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

/** The documented paths: one without a parameter "matches before its templated counterpart" (OpenAPI, Paths Object). */
function pathsOf(operations: readonly Operation[]): string[] {
  const parameters = (path: string) => path.split('{').length;
  return [...new Set(operations.map(({ path }) => path))].sort((a, b) => parameters(a) - parameters(b));
}

/** The path that a request is counted under. */
function documentedPath(paths: readonly string[], pathname: string): string | undefined {
  const segments = pathname.split('/').slice(2);
  return paths.find((path) => {
    const documented = path.split('/').slice(1);
    return (
      documented.length === segments.length &&
      documented.every((part, index) => part.startsWith('{') || part === segments[index])
    );
  });
}

/** `{name}` of the documents is `:name` of the router. */
function honoPath(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1');
}
