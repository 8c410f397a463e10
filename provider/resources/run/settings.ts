/** Namespace of the provider's configuration: `pulumi config set webex-wholesale:NAME VALUE`. */
export const NAMESPACE = 'webex-wholesale';

/**
 * Names of the non-secret settings (docs/resources.md). Any other name in the namespace is refused as a typing error.
 */
export const SETTINGS = [
  'baseUrl',
  'templateApiUrl',
  'precheck',
  'precheckSeconds',
  'refresh',
  'onBehalfOfSubPartnerOrgId',
  'requestTimeoutSeconds',
  'retryTimeoutSeconds',
  'maxRequestsInFlight',
] as const;

/** Name of a setting. */
export type Setting = (typeof SETTINGS)[number];

/**
 * The message about a name that is no setting. Ignored in silence, a mistyped `baseUrl` would send requests
 * elsewhere.
 */
export function unknownSetting(name: string): string {
  return `${NAMESPACE}:${name} is set in the stack configuration, but there is no such setting. The settings are ${SETTINGS.join(', ')}.`;
}
