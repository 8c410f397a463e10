import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { badRequest } from './api-error';
import { application } from './application';
import { answerUnreadable } from './http/client-errors';
import { refusal } from './http/error-response';
import { isLoopback } from './http/host';
import type { WeatherOption } from './weather';
import { openWorld, type World } from './world';

/** Options of a simulator; all have defaults. */
export interface SimulatorOptions {
  /** TCP port; default 0, a free one. */
  port?: number;
  /** Address to listen on; default 127.0.0.1. */
  host?: string;
  /** SQLite file, which is created if it doesn't exist. Default: `:memory:`, which ends with the simulator. */
  database?: string;
  /** The access token that the API accepts; default `simulator-token`. */
  token?: string;
  /** Duration of provisioning, updating and deleting a customer and of disabling calling, in seconds; default 1. */
  provisioningSeconds?: number;
  /** Variable behaviour of Webex; default: as documented. See docs/simulator.md. */
  weather?: WeatherOption;
  /**
   * The token of the control plane. Default: none on a loopback address, which other machines can't reach; else a
   * random one.
   */
  controlToken?: string | undefined;
}

/** A running simulator. */
export interface Simulator {
  /** Such as `http://127.0.0.1:4010`. */
  readonly url: string;
  /** The API's base URL, `url` and `/v1`, in place of https://webexapis.com/v1. */
  readonly baseUrl: string;
  /** The template API's URL. */
  readonly templateApiUrl: string;
  /** The access token that the API accepts. */
  readonly token: string;
  /** The bearer token of the control plane; undefined if it needs none. */
  readonly controlToken: string | undefined;
  /** Closes all connections and the database. May be called repeatedly. */
  stop(): Promise<void>;
}

/** Default access token. */
export const DEFAULT_TOKEN = 'simulator-token';

/**
 * Starts a simulator in this process.
 * @example
 * const simulator = await startSimulator({ provisioningSeconds: 0.05 });
 * await fetch(`${simulator.baseUrl}/roles`, { headers: { authorization: `Bearer ${simulator.token}` } });
 * await simulator.stop();
 * @throws the system's error if the port is in use (`EADDRINUSE`) or the database can't be opened
 */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const {
    port = 0,
    host = '127.0.0.1',
    database = ':memory:',
    token = DEFAULT_TOKEN,
    provisioningSeconds = 1,
    weather = 'documented',
    controlToken = isLoopback(host) ? undefined : randomBytes(24).toString('base64url'),
  } = options;
  const world = openWorld(database, provisioningSeconds, weather);
  const listener = getRequestListener(application(world, { host, token, controlToken }).fetch, {
    overrideGlobalObjects: false,
    // For requests with an invalid URL or header, such as a Host header with a space.
    errorHandler: () => refusal(badRequest('The request could not be understood.')),
  });
  const server = createServer(listener);
  // Longer than clients keep idle connections, so that no client sends a request on a connection that is being closed.
  server.keepAliveTimeout = 65_000;
  server.on('clientError', answerUnreadable);
  server.on('connect', (_request, socket) => answerUnreadable(new Error('this server is no proxy'), socket));
  // Ignore unknown Expect headers.
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
    controlToken,
    stop: () => {
      stopped ??= stop(server, world);
      return stopped;
    },
  };
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
