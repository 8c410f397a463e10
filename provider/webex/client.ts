import { callingApi } from './calling';
import { customersApi } from './customers';
import { createApi } from './http/api';
import type { Credentials } from './http/credentials';
import { ConfigurationError } from './http/errors';
import { tokenExchange } from './http/token';
import { checkedUrl } from './http/url';
import { licensesApi } from './licenses';
import { locationsApi } from './locations';
import { numbersApi } from './numbers';
import { organizationsApi } from './organizations';
import { type Clock, systemClock } from './pacing/clock';
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
  /** https, or http to this machine. Default https://webexapis.com/v1 */
  baseUrl?: string;
  credentials: Credentials;
  /** A service that offers onboarding templates; it gets the same token, so that the same rules hold for its URL. */
  templateApiUrl?: string;
  /** Seconds for one request and its answer. Default 60 */
  requestTimeoutSeconds?: number;
  /** Seconds after its first try in which a request is tried again. Default 600 */
  retryTimeoutSeconds?: number;
  /** Default 16 */
  maxRequestsInFlight?: number;
  /** Told what a person should know and is no error, e.g. a long wait that Webex asked for. */
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
 */
export function createWebexClient(options: WebexClientOptions) {
  const { credentials, templateApiUrl } = options;
  const settings = {
    clock: options.clock ?? systemClock,
    onWarning: options.onWarning ?? (() => {}),
    requestTimeout: Math.ceil(1000 * positive(options.requestTimeoutSeconds ?? 60, 'requestTimeoutSeconds')),
    retryTimeout: 1000 * positive(options.retryTimeoutSeconds ?? 600, 'retryTimeoutSeconds'),
    maxRequestsInFlight: Math.ceil(positive(options.maxRequestsInFlight ?? 16, 'maxRequestsInFlight')),
    maxAnswerBytes: MAX_ANSWER_BYTES,
  };
  const senderTo = (url: string, baseSetting: string) =>
    createSender({ ...settings, baseSetting, base: checkedUrl(url, baseSetting) });

  const sender = senderTo(options.baseUrl ?? DEFAULT_BASE_URL, 'WEBEX_BASE_URL');
  const templateSender = templateApiUrl ? senderTo(templateApiUrl, 'WEBEX_TEMPLATE_API_URL') : undefined;
  // Tokens are renewed at Webex, whoever refused the old one.
  const exchange = tokenExchange(sender, credentials, settings.onWarning);
  const api = createApi(sender, credentials, exchange);
  const templateApi = templateSender && createApi(templateSender, credentials, exchange);
  return {
    customers: customersApi(api),
    subscribers: subscribersApi(api),
    subPartners: subPartnersApi(api),
    locations: locationsApi(api),
    calling: callingApi(api),
    numbers: numbersApi(api),
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

/** A limit that a timer can bear. */
const MOST = 1_000_000;

function positive(value: number, name: string): number {
  if (value > 0 && value <= MOST) return value;
  throw new ConfigurationError(`${name} must be a number above 0 and not above ${MOST}.`);
}
