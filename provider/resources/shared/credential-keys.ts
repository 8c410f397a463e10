/** Configuration keys that would be a credential. */
export const CREDENTIAL_KEYS = [
  'accessToken',
  'token',
  'clientId',
  'clientSecret',
  'refreshToken',
  'tokenFile',
] as const;

const VARIABLES: Record<(typeof CREDENTIAL_KEYS)[number], string> = {
  accessToken: 'WEBEX_ACCESS_TOKEN',
  token: 'WEBEX_ACCESS_TOKEN',
  clientId: 'WEBEX_CLIENT_ID',
  clientSecret: 'WEBEX_CLIENT_SECRET',
  refreshToken: 'WEBEX_REFRESH_TOKEN',
  tokenFile: 'WEBEX_TOKEN_FILE',
};

/** What to tell about a credential in the stack configuration. The value itself is never shown. */
export function credentialInConfig(key: (typeof CREDENTIAL_KEYS)[number]): string {
  return (
    `webex-wholesale:${key} is set in the stack configuration. Credentials come from the environment only, because Pulumi ` +
    `copies configuration into the state. Remove it (pulumi config rm webex-wholesale:${key}) and set ${VARIABLES[key]} ` +
    'in the environment; if it was ever used, revoke the old credential.'
  );
}
