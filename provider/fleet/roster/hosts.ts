/** Settings of a roster that name a server. The access token is sent there. */
export const URL_SETTINGS = ['baseUrl', 'templateApiUrl'] as const;

/** Domains of Webex's own API. */
const WEBEX = ['webexapis.com', 'webex.com'];

/**
 * What is wrong with a URL in a roster: a roster is what a change proposes, and must not decide who gets the access token.
 * It may name Webex's own hosts; others come from the environment (WEBEX_BASE_URL, WEBEX_TEMPLATE_API_URL), or are listed
 * there: WEBEX_ALLOWED_HOSTS, separated by commas.
 */
export function hostProblem(url: string, env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (!URL.canParse(url)) return 'must be a URL, such as https://webexapis.com/v1';
  const { protocol, hostname, host } = new URL(url);
  const allowed = (env.WEBEX_ALLOWED_HOSTS ?? '').split(',').map((each) => each.trim().toLowerCase());
  if (allowed.includes(hostname) || allowed.includes(host)) return undefined;
  const isWebex = WEBEX.some((domain) => hostname === domain || hostname.endsWith(`.${domain}`));
  if (isWebex && protocol === 'https:') return undefined;
  return (
    `${host} is not a host of Webex, and the access token would be sent to it. A roster may name Webex's own hosts only; set ` +
    'another one in the environment (WEBEX_BASE_URL, WEBEX_TEMPLATE_API_URL), or allow it there (WEBEX_ALLOWED_HOSTS)'
  );
}
