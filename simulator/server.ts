import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import { controlPlane } from './control/routes';
import { api } from './http/api';
import { answerUnreadable } from './http/clientErrors';
import type { Env } from './http/env';
import { errorResponse, newTrackingId, refusal } from './http/errorResponse';
import { ApiError, badRequest } from './http/errors';
import { Faults } from './http/faults';
import { RateLimit } from './http/rateLimit';
import { RequestLog } from './http/requestLog';
import { OPERATIONS } from './routes/index';
import { openWorld, type World } from './world';

/** How a simulator is started; everything has a default. */
export interface SimulatorOptions {
  /** TCP port; default 0, a free one. */
  port?: number;
  /** Address to listen on; default 127.0.0.1. */
  host?: string;
  /** SQLite file, made where it doesn't exist; default `:memory:`, gone with the simulator. */
  database?: string;
  /** The access token that the API accepts; default `simulator-token`. */
  token?: string;
  /** How long provisioning, updating and deleting a customer and disabling calling take, in seconds; default 1. */
  provisioningSeconds?: number;
}

/** A running simulator. */
export interface Simulator {
  /** Such as `http://127.0.0.1:4010`. */
  readonly url: string;
  /** The API's base URL: `url` and `/v1`; what clients of https://webexapis.com/v1 are given instead. */
  readonly baseUrl: string;
  /** The template API's URL. */
  readonly templateApiUrl: string;
  /** The access token that the API accepts. */
  readonly token: string;
  /** Closes all connections and the database; may be called again. */
  stop(): Promise<void>;
}

/** The token where none is given. */
export const DEFAULT_TOKEN = 'simulator-token';

/**
 * Starts a simulator in this process.
 * @throws the system's error where the port is taken (`EADDRINUSE`) or the database can't be opened.
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const {
    port = 0,
    host = '127.0.0.1',
    database = ':memory:',
    token = DEFAULT_TOKEN,
    provisioningSeconds = 1,
  } = options;
  const world = openWorld(database, provisioningSeconds);
  const listener = getRequestListener(application(world, token).fetch, {
    overrideGlobalObjects: false,
    // What no URL or Request can be made of, such as a Host header with a space.
    errorHandler: () => refusal(badRequest('The request could not be understood.')),
  });
  const server = createServer(listener);
  // Longer than clients keep an idle connection, so that none sends a request into one that is being closed.
  server.keepAliveTimeout = 65_000;
  server.on('clientError', answerUnreadable);
  server.on('connect', (_request, socket) => answerUnreadable(new Error('this server is no proxy'), socket));
  // An expectation that nobody can meet is none that matters here: the request itself is answered.
  server.on('checkExpectation', (request, response) => void listener(request, response));
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    world.db.close();
    throw error;
  }
  const url = urlOf(server, host);
  let stopped: Promise<void> | undefined;
  return {
    url,
    baseUrl: `${url}/v1`,
    templateApiUrl: `${url}/simulator/templates`,
    token,
    stop: () => {
      stopped ??= stop(server, world);
      return stopped;
    },
  };
}

function application(world: World, token: string): Hono<Env> {
  const controls = { faults: new Faults(), log: new RequestLog(), rateLimit: new RateLimit() };
  const app = new Hono<Env>();
  app.use('*', async (context, next) => {
    context.set('trackingId', newTrackingId());
    await next();
    if (context.res !== RESPONSE_ALREADY_SENT && !context.res.headers.has('trackingid'))
      context.header('trackingid', context.get('trackingId'));
  });
  app.route('/v1', api(world, OPERATIONS, token, controls));
  app.route('/simulator', controlPlane(world, token, controls));
  app.notFound((context) => errorResponse(new ApiError(404, `There is nothing at ${context.req.path}.`), context));
  app.onError(errorResponse);
  return app;
}

async function stop(server: Server, world: World): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
  world.db.close();
}

function urlOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
