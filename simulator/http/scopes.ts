/** Operations by path, with their scopes; any one of them is enough. */
type Rule = readonly [path: RegExp, read: readonly string[], write: readonly string[]];

const admin = (...names: string[]) => names.map((name) => `spark-admin:${name}`);

/**
 * The scopes of the operations. Sources: the descriptions of the operations in the API documents for locations,
 * telephony and PSTN; the introduction of developer.webex.com's Wholesale Provisioning for customers and subscribers;
 * its list of scopes for sub-partners, people, roles, licenses and organizations. Assumption: a precheck accepts read
 * and write scopes, because it changes nothing.
 */
const RULES: readonly Rule[] = [
  [/^\/wholesale\/customers\/validate$/, [], admin('wholesale_customers_read', 'wholesale_customers_write')],
  [/^\/wholesale\/customers/, admin('wholesale_customers_read'), admin('wholesale_customers_write')],
  [/^\/wholesale\/subscribers\/validate$/, [], admin('wholesale_subscribers_read', 'wholesale_subscribers_write')],
  [/^(\/wholesale)?\/subscribers/, admin('wholesale_subscribers_read'), admin('wholesale_subscribers_write')],
  [/^\/wholesale\/subPartners/, admin('wholesale_sub_partners_read'), admin('wholesale_sub_partners_write')],
  // "Any of the following scopes"; the document's device_read is devices_read in the list of scopes.
  [/^\/locations/, admin('locations_read', 'people_read', 'device_read', 'devices_read'), admin('locations_write')],
  // "This API requires a full administrator auth token with a scope of spark-admin:telephony_config_read."
  [/^\/telephony\/config\/.*\/precheckForDeletion\//, [], admin('telephony_config_read')],
  [/^\/telephony\/config\//, admin('telephony_config_read'), admin('telephony_config_write')],
  [/^\/telephony\/pstn\//, admin('telephony_pstn_read'), admin('telephony_pstn_write')],
  [/^\/people/, admin('people_read'), admin('people_write')],
  [/^\/roles/, admin('roles_read'), []],
  [/^\/licenses/, admin('licenses_read'), []],
  [/^\/organizations/, admin('organizations_read'), admin('organizations_write')],
];

/** The scopes of an operation; a token needs one of them. Paths without a rule need none. */
export function scopesOf(method: string, path: string): readonly string[] {
  const [, read, write] = RULES.find(([pattern]) => pattern.test(path)) ?? [undefined, [], []];
  return method === 'GET' || method === 'HEAD' ? read : write;
}
