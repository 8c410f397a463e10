import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { CredentialError } from './errors';

/** Exchanges a form (OAuth 2 refresh-token grant) for a new token at `POST /access_token`; the client supplies it. */
export type TokenExchange = (form: Record<string, string>) => Promise<{ accessToken: string; refreshToken?: string }>;

/** A source of access tokens. Closures hold the secrets, so that printing such an object shows none. */
export interface Credentials {
  /** The environment variables to check when Webex refuses the token. */
  readonly source: string;
  /** Whether it holds a client secret and a refresh token, which get a new access token. */
  readonly renews: boolean;
  /** Gives the current access token. */
  accessToken(exchange: TokenExchange): Promise<string>;
  /** Gives another token after `rejected` got a 401; undefined where no other can be obtained. */
  renewedToken(rejected: string, exchange: TokenExchange): Promise<string | undefined>;
  /** Lists every secret, so that the client can remove them from texts that a server echoes. */
  secrets(): string[];
}

/** The environment variables that are read. */
export type CredentialEnvironment = Record<string, string | undefined>;

const SERVICE_APP = ['WEBEX_CLIENT_ID', 'WEBEX_CLIENT_SECRET', 'WEBEX_REFRESH_TOKEN'] as const;

const HOW_TO_SET =
  'Set WEBEX_ACCESS_TOKEN, or WEBEX_CLIENT_ID, WEBEX_CLIENT_SECRET and WEBEX_REFRESH_TOKEN of a service app, ' +
  'or WEBEX_TOKEN_FILE (a file that holds the access token), in the environment. Never put a token into stack config.';

/**
 * Reads the credentials from the environment, the only source: Pulumi would store stack config in the state.
 *
 * Order: WEBEX_ACCESS_TOKEN (renewed through the service app's variables where these are set too), a service
 * app's WEBEX_CLIENT_ID, WEBEX_CLIENT_SECRET and WEBEX_REFRESH_TOKEN, WEBEX_TOKEN_FILE. Empty means not set.
 *
 * @throws CredentialError that names the variables to set
 */
export function credentialsFromEnvironment(env: CredentialEnvironment = process.env): Credentials {
  const get = (name: string) => env[name]?.trim() || undefined;
  const token = get('WEBEX_ACCESS_TOKEN');
  const file = get('WEBEX_TOKEN_FILE');
  const missing = SERVICE_APP.filter((name) => !get(name));
  if (token) checkToken(token, 'WEBEX_ACCESS_TOKEN');
  if (missing.length === 0) {
    return serviceApp(
      { clientId: get('WEBEX_CLIENT_ID') ?? '', clientSecret: get('WEBEX_CLIENT_SECRET') ?? '' },
      get('WEBEX_REFRESH_TOKEN') ?? '',
      token,
    );
  }
  if (token) return fixedToken(token);
  if (missing.length < SERVICE_APP.length) {
    throw new CredentialError(
      `The service app's credentials are incomplete: ${missing.join(' and ')} not set. ${HOW_TO_SET}`,
    );
  }
  if (file) return tokenFile(file);
  throw new CredentialError(`No Webex credentials found. ${HOW_TO_SET}`);
}

function fixedToken(token: string): Credentials {
  return {
    source: 'WEBEX_ACCESS_TOKEN',
    renews: false,
    accessToken: async () => token,
    renewedToken: async () => undefined,
    secrets: () => [token],
  };
}

function serviceApp(
  app: { clientId: string; clientSecret: string },
  firstRefreshToken: string,
  firstToken?: string,
): Credentials {
  let token = firstToken;
  let refreshToken = firstRefreshToken;
  let renewal: Promise<string> | undefined;
  // Keep replaced secrets in the list, because a late answer may still contain one.
  const secrets = new Set([app.clientSecret, refreshToken, ...(token === undefined ? [] : [token])]);

  // One exchange at a time, because many requests find the token expired at the same moment.
  const renew = (exchange: TokenExchange): Promise<string> => {
    renewal ??= exchange({
      grant_type: 'refresh_token',
      client_id: app.clientId,
      client_secret: app.clientSecret,
      refresh_token: refreshToken,
    })
      .then((answer) => {
        checkToken(answer.accessToken, 'the answer of POST /access_token');
        token = answer.accessToken;
        refreshToken = answer.refreshToken ?? refreshToken;
        secrets.add(token).add(refreshToken);
        return token;
      })
      .finally(() => {
        renewal = undefined;
      });
    return renewal;
  };
  return {
    source: firstToken ? 'WEBEX_ACCESS_TOKEN and WEBEX_REFRESH_TOKEN' : 'WEBEX_REFRESH_TOKEN',
    renews: true,
    accessToken: async (exchange) => token ?? renew(exchange),
    renewedToken: async (rejected, exchange) => (token !== undefined && token !== rejected ? token : renew(exchange)),
    secrets: () => [...secrets],
  };
}

function tokenFile(file: string): Credentials {
  let token = readToken(file);
  const secrets = new Set([token]);
  return {
    source: 'WEBEX_TOKEN_FILE',
    renews: false,
    accessToken: async () => token,
    renewedToken: async (rejected) => {
      token = await reread(file);
      secrets.add(token);
      return token === rejected ? undefined : token;
    },
    secrets: () => [...secrets],
  };
}

/** Pauses in milliseconds between the reads of a file that another process is rewriting. */
const REWRITING = [50, 200, 750];

/** Like {@link readToken}, and waits while the file is empty or missing because another process is rewriting it. */
async function reread(file: string): Promise<string> {
  for (const pause of REWRITING) {
    try {
      return readToken(file);
    } catch {
      await sleep(pause);
    }
  }
  return readToken(file);
}

function readToken(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trim();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    // Don't print the name of a missing file: the variable may hold the token itself by mistake.
    const named = /^(EACCES|EISDIR|EPERM)$/.test(code) ? ` (${file})` : '';
    throw new CredentialError(
      `WEBEX_TOKEN_FILE must be the path of a file that holds the access token; the file that it names${named} can't be read (${code}).`,
    );
  }
  if (!text)
    throw new CredentialError(`WEBEX_TOKEN_FILE names ${file}, which is empty; it must hold the access token.`);
  checkToken(text, `the file of WEBEX_TOKEN_FILE (${file})`);
  return text;
}

/** Refuses a token with white space or control characters: it can't be sent in a header. */
function checkToken(token: string, where: string): void {
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new CredentialError(
      `The access token in ${where} holds white space or characters that no token has. Only the token itself belongs there.`,
    );
  }
}
