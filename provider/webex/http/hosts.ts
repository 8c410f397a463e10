import { ConfigurationError } from './errors';

/**
 * The API hosts of Webex: the present one, the one before it
 * (developer.webex.com/blog/introducing-the-new-webexapis-com), and that of Webex for Government
 * (developer.webex.com/docs/api/guides/create-a-fedramp-integration).
 */
const WEBEX_HOSTS: readonly string[] = ['webexapis.com', 'api.ciscospark.com', 'api-usgov.webex.com'];

/**
 * Environment variable that lists further hosts that configuration may name: `HOST` or `HOST:PORT`, comma separated.
 */
const ALLOWED_HOSTS_VARIABLE = 'WEBEX_ALLOWED_HOSTS';

/** A URL that the access token is sent to, and the setting that holds it. */
export interface Endpoint {
  url: string;
  /** Name of the setting or variable, for messages. */
  setting: string;
  /** True if the URL comes from the configuration, which a pull request can change; false for the environment. */
  isConfigured: boolean;
}

type Environment = Record<string, string | undefined>;

/**
 * Says why the configuration must not name a URL: its host neither belongs to Webex nor is on the list in the
 * environment. A pull request can change the configuration, and must not send the token to another host.
 * @returns undefined where the host is allowed, and for a text that is no URL
 *
 * @param variable the environment variable that may hold such a URL, for the message
 *
 * @example
 * const problem = configuredHostProblem(settings.baseUrl, 'WEBEX_BASE_URL');
 * if (problem) report(`settings.baseUrl: ${problem}`);
 */
export function configuredHostProblem(
  url: string,
  variable: string,
  env: Environment = process.env,
): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { host, hostname } = new URL(url);
  const listed = (env[ALLOWED_HOSTS_VARIABLE] ?? '').split(',').map((each) => each.trim().toLowerCase());
  if ([...WEBEX_HOSTS, ...listed].some((each) => each !== '' && (each === host || each === hostname))) return undefined;
  return (
    `names the host ${JSON.stringify(host)}. Configuration may only name a host of Webex (${WEBEX_HOSTS.join(', ')}), because the ` +
    `access token is sent there. Set ${variable} in the environment instead, or list the host in ${ALLOWED_HOSTS_VARIABLE} there`
  );
}

/**
 * The endpoint that a variable of the environment names, or else the configuration.
 * @throws ConfigurationError for a host that configuration must not name
 */
export function endpointFrom(
  variable: string,
  configured: { setting: string; url: string | undefined },
  env: Environment = process.env,
): Endpoint | undefined {
  const url = env[variable];
  if (url) return { url, setting: variable, isConfigured: false };
  if (!configured.url) return undefined;
  const problem = configuredHostProblem(configured.url, variable, env);
  if (problem) throw new ConfigurationError(`${configured.setting} ${problem}.`);
  return { url: configured.url, setting: configured.setting, isConfigured: true };
}
