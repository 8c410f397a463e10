import { NAMESPACE } from './settings';

/** Names that a credential may have in the configuration, as they compare: small letters only. */
const VARIABLES: Readonly<Record<string, string>> = {
  accesstoken: 'WEBEX_ACCESS_TOKEN',
  token: 'WEBEX_ACCESS_TOKEN',
  clientid: 'WEBEX_CLIENT_ID',
  clientsecret: 'WEBEX_CLIENT_SECRET',
  refreshtoken: 'WEBEX_REFRESH_TOKEN',
  tokenfile: 'WEBEX_TOKEN_FILE',
};

/** Configuration keys, within the provider's namespace, that would be a credential. */
export const CREDENTIAL_KEYS = [
  'accessToken',
  'token',
  'clientId',
  'clientSecret',
  'refreshToken',
  'tokenFile',
] as const;

/** Environment variables that hold something secret. */
const SECRETS = ['WEBEX_ACCESS_TOKEN', 'WEBEX_CLIENT_SECRET', 'WEBEX_REFRESH_TOKEN'] as const;

/** Shorter than this, a secret's text may be found in a value by chance. */
const SHORTEST_SECRET = 8;

/**
 * The environment variable that a configuration key stands for: `webex-wholesale:accessToken`, `PROJECT:webexToken`,
 * `PROJECT:WEBEX_ACCESS_TOKEN`. Undefined where the name is not one of a Webex credential.
 */
export function credentialNamed(key: string): string | undefined {
  const [name = '', ...namespace] = key.split(':').reverse();
  const plain = name.toLowerCase().replace(/[^a-z0-9]/g, '');
  const ours = namespace.reverse().join(':') === NAMESPACE;
  // In other namespaces a "token" may be that of another service; only one that says "webex" is meant.
  if (!ours && !plain.startsWith('webex')) return undefined;
  const bare = plain.replace(/^webex(wholesale)?/, '');
  return Object.hasOwn(VARIABLES, bare) ? VARIABLES[bare] : undefined;
}

/** The environment variable whose value is in this configuration value, whatever its key is called. */
export function credentialHeld(value: string, env: Readonly<Record<string, string | undefined>>): string | undefined {
  return SECRETS.find((variable) => {
    const secret = env[variable]?.trim() ?? '';
    return secret.length >= SHORTEST_SECRET && value.includes(secret);
  });
}

/** The message about a credential in the stack configuration. The value itself is never shown. */
export function credentialInConfig(key: string, variable: string): string {
  return (
    `${key} in the stack configuration is a Webex credential. Credentials come from the environment only, because Pulumi ` +
    `copies configuration into the state. Remove it (pulumi config rm ${key}) and set ${variable} in the environment; ` +
    'if it was ever used, revoke the old credential.'
  );
}
