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
  /** What comes and goes in Webex; default: what Cisco's documents say. See docs/simulator.md. */
  weather?: WeatherOption;
  /**
   * The token that the control plane wants. Default: none on a loopback address, which other machines can't reach; a
   * random one elsewhere.
   */
  controlToken?: string | undefined;
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
  /** The bearer token of the control plane; undefined where it wants none. */
  readonly controlToken: string | undefined;
  /** Closes all connections and the database; may be called again. */
  stop(): Promise<void>;
}

/** The token where none is given. */
export const DEFAULT_TOKEN = 'simulator-token';

/**
 * Starts a simulator in this process.
 * @example
 * const simulator = await startSimulator({ provisioningSeconds: 0.05 });
 * await fetch(`${simulator.baseUrl}/roles`, { headers: { authorization: `Bearer ${simulator.token}` } });
 * await simulator.stop();
 * @throws the system's error where the port is taken (`EADDRINUSE`) or the database can't be opened.
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
    // What no URL or Request can be made of, such as a Host header with a space.
    errorHandler: () => refusal(badRequest('The request could not be understood.')),
  });
  const server = createServer(listener);
  // Longer than clients keep an idle connection: none sends a request on a connection that is being closed.
  server.keepAliveTimeout = 65_000;
  server.on('clientError', answerUnreadable);
  server.on('connect', (_request, socket) => answerUnreadable(new Error('this server is no proxy'), socket));
  // Answer a request with an unknown Expect header as any other.
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
