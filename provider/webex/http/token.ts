import { z } from 'zod';
import { readBody, readError, withoutSecrets } from './answers';
import type { Credentials, TokenExchange } from './credentials';
import { CredentialError } from './errors';
import type { Sender } from './sender';
import { below } from './url';
import { VERSION } from './version';

const tokenAnswer = z.object({ access_token: z.string().min(1), refresh_token: z.string().min(1).optional() });

/** The new refresh token is used for the rest of this run, but not stored: the next run begins with the old one. */
const ANOTHER_REFRESH_TOKEN =
  'Webex gave another refresh token. If the one in WEBEX_REFRESH_TOKEN stops working, replace it, or let something that ' +
  'keeps both up to date write the access token into the file of WEBEX_TOKEN_FILE.';

/** `POST /access_token`, form encoded (https://developer.webex.com/docs/integrations, "Using the Refresh Token"). */
export function tokenExchange(
  sender: Sender,
  credentials: Credentials,
  onWarning: (text: string) => void,
): TokenExchange {
  const operation = { method: 'POST', path: '/access_token' } as const;
  return async (form) => {
    // A second request for a token has no ill effect, so it is retried like a GET.
    const answer = await sender.begin(operation, 'safe').send({
      method: operation.method,
      url: below(sender.base, operation.path),
      headers: {
        accept: 'application/json',
        'content-type': 'application/x-www-form-urlencoded',
        'user-agent': `pulumi-webex-wholesale/${VERSION}`,
      },
      body: new URLSearchParams(form).toString(),
    });
    if (answer.status !== 200) {
      const { description } = readError(answer, credentials.secrets());
      throw new CredentialError(
        `Webex gave no new access token (status ${answer.status}: ${description}). Check WEBEX_CLIENT_ID, WEBEX_CLIENT_SECRET and WEBEX_REFRESH_TOKEN.`,
      );
    }
    // Keep the body as it is, because it holds the new token; redact only the headers, which an error may quote.
    const { headers } = withoutSecrets(answer, credentials.secrets());
    const token = readBody({ ...answer, headers }, tokenAnswer, { ...operation, outcomeUnknown: false });
    if (token.refresh_token !== undefined && token.refresh_token !== form.refresh_token)
      onWarning(ANOTHER_REFRESH_TOKEN);
    return { accessToken: token.access_token, refreshToken: token.refresh_token };
  };
}
