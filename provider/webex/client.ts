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

/** Where the real API is. */
export const DEFAULT_BASE_URL = 'https://webexapis.com/v1';

/** No answer of this API is near this size; it bounds what a broken or hostile server can make us hold. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

/** Settings of {@link createWebexClient}. */
export interface WebexClientOptions {
  /** https, or http to this machine. Default https://webexapis.com/v1. A text counts as set by WEBEX_BASE_URL. */
  baseUrl?: string | Endpoint;
  credentials: Credentials;
  /** A service that offers onboarding templates; it gets the same token, so that the same rules hold for its URL. */
  templateApiUrl?: string | Endpoint;
  /** Seconds for one request and its answer. Default 60 */
  requestTimeoutSeconds?: number;
  /** Seconds after its first try in which a request is tried again. Default 600 */
  retryTimeoutSeconds?: number;
  /** Default {@link MOST_IN_FLIGHT} */
  maxRequestsInFlight?: number;
  /** Called with what a person should know and is no error, e.g. a long wait that Webex asked for. */
  onWarning?: (text: string) => void;
  /** For tests. */
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
  // A token is renewed at Webex, even where the template service refused the old one.
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
     * Whose token it is, asked once. The organization is the partner's: a token of another partner sees none of the
     * objects, which does not mean that they are gone.
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
    people: peopleApi(api),
    roles: rolesApi(api),
    organizations: organizationsApi(api),
    licenses: licensesApi(api),
    templates: templatesApi(templateApi),

    /** Closes connections; requests under way fail. */
    async close(): Promise<void> {
      await Promise.all([sender.close(), templateSender?.close()]);
    },
  };
}

function endpointOf(given: string | Endpoint, setting: string): Endpoint {
  return typeof given === 'string' ? { url: given, setting, isConfigured: false } : given;
}

/**
 * A client secret and a refresh token go to no host that configuration named, unless it is the one that is the default.
 */
function keepSecretsFrom({ url, setting, isConfigured }: Endpoint, { source, renews }: Credentials): void {
  if (!isConfigured || !renews || new URL(url).origin === new URL(DEFAULT_BASE_URL).origin) return;
  throw new ConfigurationError(
    `${setting} names ${new URL(url).host}. The credentials of a service app (${source}) are not sent to a host that ` +
      'configuration names: set WEBEX_BASE_URL in the environment instead.',
  );
}

/** Asks once, and again only after a failure. */
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

/** A limit that a timer can bear. */
const MOST = 1_000_000;

function positive(value: number, name: string): number {
  if (value > 0 && value <= MOST) return value;
  throw new ConfigurationError(`${name} must be a number above 0 and not above ${MOST}.`);
}
