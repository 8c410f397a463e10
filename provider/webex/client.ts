import { callingApi } from './calling';
import { customersApi } from './customers';
import { type Api, createApi } from './http/api';
import type { Credentials } from './http/credentials';
import { ConfigurationError } from './http/errors';
import type { Endpoint } from './http/hosts';
import { tokenExchange } from './http/token';
import { checkedUrl } from './http/url';
import { type Identity, whoAmI } from './identity';
import { licensesApi } from './licenses';
import { locationsApi } from './locations';
import { manageNumbersApi } from './manage-numbers';
import { moveUsersApi } from './move-users';
import { numbersApi } from './numbers';
import { organizationsApi } from './organizations';
import { type Clock, systemClock } from './pacing/clock';
import { MOST_IN_FLIGHT } from './pacing/pacer';
import { createSender } from './pacing/sender';
import { peopleApi } from './people';
import { pstnApi } from './pstn';
import { rolesApi } from './roles';
import { subPartnersApi } from './sub-partners';
import { subscribersApi } from './subscribers';
import { templatesApi } from './templates';

/** Base URL of the real API. */
const DEFAULT_BASE_URL = 'https://webexapis.com/v1';

/** Limits the memory that the answer of a broken or hostile server takes; real answers are much smaller. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

/** Settings of {@link createWebexClient}. */
export interface WebexClientOptions {
  /** https, or http to this machine. Default https://webexapis.com/v1. Messages name WEBEX_BASE_URL for a string. */
  baseUrl?: string | Endpoint;
  credentials: Credentials;
  /** URL of a service for onboarding templates. The same rules as for `baseUrl`, since it gets the same token. */
  templateApiUrl?: string | Endpoint;
  /** Seconds that one request and its answer may take. Default 60 */
  requestTimeoutSeconds?: number;
  /** Seconds after the first try during which a request is retried. Default 600 */
  retryTimeoutSeconds?: number;
  /** Requests under way at the same time, at most. Default {@link MOST_IN_FLIGHT} */
  maxRequestsInFlight?: number;
  /** Gets a text for the user about something that is no error, e.g. a long wait that Webex asked for. */
  onWarning?: (text: string) => void;
  /** Replaces the system's clock in tests. */
  clock?: Clock;
}

/** The part of the Webex API that this package uses. */
export type WebexClient = ReturnType<typeof createWebexClient>;

/**
 * Makes the API client. No request is sent yet.
 *
 * @throws ConfigurationError for a base URL that must not get the token, or a limit that is no positive number
 *
 * @example
 * const webex = createWebexClient({ credentials: credentialsFromEnvironment() });
 * const customers = await webex.customers.list({ status: 'provisioned' });
 */
export function createWebexClient(options: WebexClientOptions) {
  const { credentials } = options;
  const settings = {
    clock: options.clock ?? systemClock,
    onWarning: options.onWarning ?? (() => {}),
    requestTimeout: Math.ceil(1000 * positive(options.requestTimeoutSeconds ?? 60, 'requestTimeoutSeconds')),
    retryTimeout: 1000 * positive(options.retryTimeoutSeconds ?? 600, 'retryTimeoutSeconds'),
    maxRequestsInFlight: Math.ceil(positive(options.maxRequestsInFlight ?? MOST_IN_FLIGHT, 'maxRequestsInFlight')),
    maxAnswerBytes: MAX_ANSWER_BYTES,
  };
  const senderTo = ({ url, setting }: Endpoint) =>
    createSender({ ...settings, baseSetting: setting, base: checkedUrl(url, setting) });

  const endpoint = endpointOf(options.baseUrl ?? DEFAULT_BASE_URL, 'WEBEX_BASE_URL');
  const sender = senderTo(endpoint);
  keepSecretsFrom(endpoint, credentials);
  const { templateApiUrl } = options;
  const templateSender = templateApiUrl ? senderTo(endpointOf(templateApiUrl, 'WEBEX_TEMPLATE_API_URL')) : undefined;
  // Only Webex renews tokens, also where the template service refused the old one.
  const exchange = tokenExchange(sender, credentials, settings.onWarning);
  const identity = remembered(whoAmI);
  const api = createApi({
    sender,
    credentials,
    exchange,
    name: 'Webex',
    proof: { operation: 'GET /people/me', ask: identity },
    visitOrganization: (webex, orgId) => organizationsApi(webex).get(orgId),
  });
  const templateApi =
    templateSender &&
    createApi({
      sender: templateSender,
      credentials,
      exchange,
      name: 'a template service',
      proof: { operation: 'the list of templates', ask: (service) => templatesApi(service).list() },
    });
  return {
    /**
     * The owner of the token, requested once. Its organization is the partner's: with the token of another partner,
     * lists are empty although the objects still exist.
     */
    identity: (): Promise<Identity> => identity(api),
    customers: customersApi(api),
    subscribers: subscribersApi(api),
    subPartners: subPartnersApi(api),
    locations: locationsApi(api),
    calling: callingApi(api),
    numbers: numbersApi(api),
    moveUsers: moveUsersApi(api),
    manageNumbers: manageNumbersApi(api),
    pstn: pstnApi(api),
    people: peopleApi(api, settings.clock),
    roles: rolesApi(api),
    organizations: organizationsApi(api),
    licenses: licensesApi(api),
    templates: templatesApi(templateApi),

    /** Closes all connections. Requests that are under way fail. */
    async close(): Promise<void> {
      await Promise.all([sender.close(), templateSender?.close()]);
    },
  };
}

function endpointOf(given: string | Endpoint, setting: string): Endpoint {
  return typeof given === 'string' ? { url: given, setting, isConfigured: false } : given;
}

/**
 * Refuses to send a client secret and a refresh token to a host that comes from the configuration, unless it is the
 * default host.
 */
function keepSecretsFrom({ url, setting, isConfigured }: Endpoint, { source, renews }: Credentials): void {
  if (!isConfigured || !renews || new URL(url).origin === new URL(DEFAULT_BASE_URL).origin) return;
  throw new ConfigurationError(
    `${setting} names ${new URL(url).host}. The credentials of a service app (${source}) are not sent to a host that ` +
      'configuration names: set WEBEX_BASE_URL in the environment instead.',
  );
}

/** A function that keeps its first successful answer. After a failure, the next call asks again. */
function remembered<T>(ask: (api: Api) => Promise<T>): (api: Api) => Promise<T> {
  let asked: Promise<T> | undefined;
  return (api) => {
    asked ??= ask(api).catch((error: unknown) => {
      asked = undefined;
      throw error;
    });
    return asked;
  };
}

/** Larger numbers of seconds would overflow the timers of Node.js. */
const MOST = 1_000_000;

function positive(value: number, name: string): number {
  if (value > 0 && value <= MOST) return value;
  throw new ConfigurationError(`${name} must be a number above 0 and not above ${MOST}.`);
}
