/**
 * The package catalogue of Webex for Wholesale: what each package gives a person or an organization, which add-ons
 * depend on which packages, and what follows for administrators.
 *
 * Sources: webex-wholesale.openapi.json, schemas WholesalePackagesCustomer and WholesalePackagesSubscriber, the
 * "packages Note" of the provisioning operations, and Cisco help article ny0fr7x (packages and add-ons,
 * administrators).
 */

/** Packages that a customer organization can have (WholesalePackagesCustomer). */
export const CUSTOMER_PACKAGES = [
  'common_area_calling',
  'webex_calling',
  'webex_meetings',
  'webex_suite',
  'webex_voice',
  'cx_essentials',
  'webex_calling_standard',
  'cisco_calling_plan',
  'attendant_console',
  'cx_premium_agent',
  'cx_standard_agent',
  'cx_voice_ports',
  'cx_ai_assistant',
  'webex_ai_agent',
] as const;
/** Name of a package of a customer organization. */
export type CustomerPackage = (typeof CUSTOMER_PACKAGES)[number];

/** Packages that a user can have: exactly one of these (WholesalePackagesSubscriber without the add-on). */
export const USER_PACKAGES = [
  'webex_calling',
  'webex_meetings',
  'webex_suite',
  'webex_voice',
  'cx_essentials',
  'webex_calling_standard',
  'cx_premium_agent',
  'cx_standard_agent',
] as const;
/** Name of a user's package. */
export type UserPackage = (typeof USER_PACKAGES)[number];

/** Packages whose number can be limited (provisioningParameters.packages.limits). */
export const LIMITED_PACKAGES = [
  'webex_calling',
  'common_area_calling',
  'webex_meetings',
  'webex_suite',
  'webex_voice',
  'cx_essentials',
  'webex_calling_standard',
  'attendant_console',
] as const;
/** Name of a package that can have a limit. */
export type LimitedPackage = (typeof LIMITED_PACKAGES)[number];

/** A capability that a package provides. `calling` is a phone number or extension with Webex Calling. */
export type Capability =
  | 'calling'
  | 'calling features'
  | 'voicemail'
  | 'messaging'
  | 'meetings'
  | 'call queues'
  | 'contact center'
  | 'supervision'
  | 'attendant console'
  | 'Cisco Calling Plan'
  | 'voice ports'
  | 'AI assistant'
  | 'AI agent';

/**
 * What each package and add-on gives. "Lower than" follows from these sets, never from a list of pairs.
 *
 * Sources: the titles of the API document; help article ny0fr7x ("a set of Webex Messaging, Meetings and Calling
 * services"). webex_suite contains webex_calling and webex_meetings; webex_voice is calling without messaging and
 * meetings. *Assumption*, since Cisco's documents give no table: webex_calling_standard is webex_calling without its
 * features, cx_essentials (Customer Assist) is webex_calling with call queues, agents have the contact center alone.
 */
const CAPABILITIES: Readonly<Record<CustomerPackage, readonly Capability[]>> = {
  common_area_calling: ['calling'],
  webex_voice: ['calling'],
  webex_calling_standard: ['calling', 'voicemail', 'messaging'],
  webex_calling: ['calling', 'calling features', 'voicemail', 'messaging'],
  webex_meetings: ['messaging', 'meetings'],
  webex_suite: ['calling', 'calling features', 'voicemail', 'messaging', 'meetings'],
  cx_essentials: ['calling', 'calling features', 'voicemail', 'messaging', 'call queues'],
  cx_standard_agent: ['contact center'],
  cx_premium_agent: ['contact center', 'supervision'],
  attendant_console: ['attendant console'],
  cisco_calling_plan: ['Cisco Calling Plan'],
  cx_voice_ports: ['voice ports'],
  cx_ai_assistant: ['AI assistant'],
  webex_ai_agent: ['AI agent'],
};

/** The add-on that a user can have beside the one package. */
export const USER_ADD_ON = 'attendant_console' satisfies CustomerPackage;

/** Packages of a customer that put Webex Calling into the organization, so that it needs a headquarters location. */
const CALLING_PACKAGES: readonly string[] = [
  'common_area_calling',
  'webex_calling',
  'webex_suite',
  'webex_voice',
  'cx_essentials',
  'webex_calling_standard',
];

/**
 * Add-ons, and for each the packages of which a customer must have at least one ("packages Note" of the provisioning
 * operations).
 */
const ADD_ONS: Readonly<Record<string, readonly CustomerPackage[]>> = {
  cisco_calling_plan: [
    'common_area_calling',
    'webex_calling',
    'webex_suite',
    'webex_voice',
    'cx_essentials',
    'webex_calling_standard',
  ],
  attendant_console: ['webex_calling', 'webex_suite', 'cx_essentials'],
};

/**
 * Whether a package brings Webex Calling: a customer then needs a headquarters, a user an extension or a number.
 *
 * @example
 * hasCalling('webex_suite'); // true
 */
export function hasCalling(name: string): boolean {
  return CALLING_PACKAGES.includes(name);
}

/**
 * The packages that an add-on depends on, any one of them; empty for what is no add-on.
 *
 * @example
 * dependenciesOf('attendant_console'); // ['webex_calling', 'webex_suite', 'cx_essentials']
 */
export function dependenciesOf(name: string): readonly CustomerPackage[] {
  return Object.hasOwn(ADD_ONS, name) ? (ADD_ONS[name] ?? []) : [];
}

/**
 * What a package, or several together, give; nothing for a name that isn't in the catalogue.
 *
 * @example
 * capabilitiesOf('webex_meetings'); // ['messaging', 'meetings']
 */
export function capabilitiesOf(packages: string | readonly string[]): Capability[] {
  const names = typeof packages === 'string' ? [packages] : packages;
  const all = names.flatMap((name) => (Object.hasOwn(CAPABILITIES, name) ? CAPABILITIES[name as CustomerPackage] : []));
  return [...new Set(all)];
}

/**
 * What is lost by going from one package (or package and add-on) to another: empty when nothing. "Lower than" follows
 * from this, and so does a change sideways: webex_calling to webex_meetings loses calling.
 *
 * @example
 * capabilitiesLost('webex_suite', 'webex_meetings'); // ['calling', 'calling features', 'voicemail']
 */
export function capabilitiesLost(from: string | readonly string[], to: string | readonly string[]): Capability[] {
  const left = capabilitiesOf(to);
  return capabilitiesOf(from).filter((capability) => !left.includes(capability));
}

/**
 * Whether a person loses a capability by this change of package.
 *
 * @example
 * isDowngrade('webex_suite', 'webex_calling'); // true: meetings are lost
 */
export function isDowngrade(from: string | readonly string[], to: string | readonly string[]): boolean {
  return capabilitiesLost(from, to).length > 0;
}

/**
 * The package of a user, with the add-on where the user has it: what the functions above compare.
 *
 * @example
 * userPackages('webex_calling', true); // ['webex_calling', 'attendant_console']
 */
export function userPackages(name: string, attendantConsole: boolean | undefined): string[] {
  return attendantConsole === true ? [name, USER_ADD_ON] : [name];
}

/**
 * The level of an organization: those of its packages that a user can have and that no other of them contains. More
 * than one where packages can't be compared (webex_calling and webex_meetings).
 *
 * @example
 * organizationLevel(['webex_calling', 'webex_suite']); // ['webex_suite']
 */
export function organizationLevel(packages: readonly string[]): UserPackage[] {
  const candidates = USER_PACKAGES.filter((name) => packages.includes(name));
  return candidates.filter(
    (name) => !candidates.some((other) => isDowngrade(other, name) && !isDowngrade(name, other)),
  );
}

/** The role that Cisco's rule about administrators' packages names. */
export const FULL_ADMINISTRATOR = 'Full Administrator';

/**
 * Whether a role, by its name in GET /roles, makes an administrator: `Full Administrator`, `Read-only Administrator`,
 * `User and Device Administrator` ... Cisco: administrators are provisioned with the package level of the organization
 * (help article ny0fr7x), so what holds for full administrators is kept for all of them.
 *
 * @example
 * isAdministratorRole('Read-only Administrator'); // true
 */
export function isAdministratorRole(role: string): boolean {
  return /\badministrator\b/i.test(role);
}

/**
 * What makes a person an administrator before or after a change, in words: "is an administrator (Full Administrator)".
 * Undefined where nothing does. Taking the role away, or giving it, in the same update changes nothing.
 *
 * @param before roles before the change, and `after` those after it; undefined where they aren't known or managed.
 * @param isAdministrator which roles count.
 *
 * @example
 * administratorBy(['Full Administrator'], []); // 'is an administrator (Full Administrator)'
 */
export function administratorBy(
  before: readonly string[] | undefined,
  after: readonly string[] | undefined,
  isAdministrator: (role: string) => boolean = isAdministratorRole,
): string | undefined {
  const had = (before ?? []).find(isAdministrator);
  if (had !== undefined) return `is an administrator (${had})`;
  const gets = (after ?? []).find(isAdministrator);
  return gets && `becomes an administrator (${gets})`;
}

/**
 * The first of these roles that is an ID: one whose name `GET /roles` does not list. Names of roles have spaces.
 *
 * @example
 * unlistedRole(['Full Administrator']); // undefined
 */
export function unlistedRole(roles: readonly string[] = []): string | undefined {
  return roles.find((role) => /^[\w-]{20,}={0,2}$/.test(role));
}

/** Cisco's rule: "No downgrade of the package is supported for the customer administrator (full administrator)". */
export const ADMINISTRATOR_RULE = 'https://help.webex.com/ny0fr7x';

/** A change of a person's packages (see {@link userPackages}), and what makes the person an administrator. */
export interface AdministratorChange {
  readonly email: string;
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** Answer of {@link administratorBy}. */
  readonly because: string;
}

/**
 * Why an administrator's package isn't lowered, for the property `package`: provider and policy pack say the same.
 *
 * @example
 * const [from, to] = [['webex_suite'], ['webex_calling']];
 * downgradeReason({ email: 'john.anderson@acme.com', from, to, because: 'is an administrator (Full Administrator)' });
 * // "can't be changed from webex_suite to webex_calling: john.anderson@acme.com is an administrator ..."
 */
export function downgradeReason({ email, from, to, because }: AdministratorChange): string {
  const [before, after] = [from.join(' with '), to.join(' with ')];
  return (
    `can't be changed from ${before} to ${after}: ${email} ${because} and loses ${capabilitiesLost(from, to).join(', ')}. Webex ` +
    `doesn't support the downgrade of an administrator's package (${ADMINISTRATOR_RULE}). Keep ${before}`
  );
}

/**
 * Why a change of packages that takes something away can't be judged: provider and policy pack say the same.
 * @param missing what Webex doesn't return, as {@link unlistedReason}
 *
 * @example
 * const [from, to] = [['webex_suite'], ['webex_calling']];
 * const missing = 'Webex does not give the roles of this person';
 * undecidedReason({ email: 'john.anderson@acme.com', from, to, missing });
 * // "can't be changed from webex_suite to webex_calling: whether that takes something from an administrator ..."
 */
export function undecidedReason({
  email,
  from = [],
  to,
  missing,
}: Pick<AdministratorChange, 'email' | 'to'> & {
  readonly from?: readonly string[] | undefined;
  readonly missing: string;
}): string {
  const before = from.length === 0 ? '' : ` from ${from.join(' with ')}`;
  return (
    `can't be changed${before} to ${to.join(' with ')}: whether that takes something from an administrator can't be ` +
    `determined for ${email}: ${missing}`
  );
}

/**
 * What is missing where a person has a role that `GET /roles` does not list.
 *
 * @example
 * const missing = unlistedReason('Y2lzY29zcGFyazovL3VzL1JPTEUvOTY');
 */
export function unlistedReason(role: string): string {
  return `GET /roles does not list the role ${role} of this person`;
}

/**
 * The packages of a user (see {@link userPackages}) that the user's organization doesn't have.
 *
 * @example
 * packagesLacking(['webex_calling', 'attendant_console'], ['webex_calling']); // ['attendant_console']
 */
export function packagesLacking(ofUser: readonly string[], ofOrganization: readonly string[]): string[] {
  return ofUser.filter((name) => !ofOrganization.includes(name));
}

/**
 * Why a user can't have a package: roster, preview and policy pack say the same.
 * @param whose the organization, as the reader knows it: `customer "johns-pizza"`
 *
 * @example
 * lackingReason('webex_suite', 'customer "johns-pizza"', ['webex_calling']);
 * // 'customer "johns-pizza" doesn\'t have the package webex_suite: its packages are webex_calling'
 */
export function lackingReason(name: string, whose: string, ofOrganization: readonly string[]): string {
  return `${whose} doesn't have the package ${name}: its packages are ${ofOrganization.join(', ')}`;
}

/** A declared limit, and how many declared users need the package. */
export interface Exceeded {
  readonly name: LimitedPackage;
  readonly limit: number;
  readonly users: number;
}

/**
 * The limits that the declared users exceed.
 *
 * Source: Cisco help article ny0fr7x: "package and add-on quantities that control the maximum number of packages that
 * can be assigned"; webex-wholesale.openapi.json, provisioningParameters.packages.limits.
 * @param limits a limit that isn't declared or isn't known is left out
 * @param users the packages of each user (see {@link userPackages}), as far as they are known
 *
 * @example
 * exceededLimits({ webex_calling: 1 }, [['webex_calling'], ['webex_calling']]);
 * // [{ name: 'webex_calling', limit: 1, users: 2 }]
 */
export function exceededLimits(
  limits: Readonly<Partial<Record<LimitedPackage, number>>>,
  users: readonly (readonly string[] | undefined)[],
): Exceeded[] {
  return exceededCounts(limits, (name) => users.filter((packages) => packages?.includes(name)).length);
}

/**
 * As {@link exceededLimits}, where the users are counted already.
 * @param countOf how many users need a package
 *
 * @example
 * exceededCounts({ webex_calling: 1 }, () => 2); // [{ name: 'webex_calling', limit: 1, users: 2 }]
 */
export function exceededCounts(
  limits: Readonly<Partial<Record<LimitedPackage, number>>>,
  countOf: (name: LimitedPackage) => number,
): Exceeded[] {
  return LIMITED_PACKAGES.flatMap((name) => {
    const limit = limits[name];
    const users = limit === undefined ? 0 : countOf(name);
    return limit !== undefined && users > limit ? [{ name, limit, users }] : [];
  });
}

/**
 * What is wrong with a limit that users exceed: preview and policy pack say the same.
 *
 * @example
 * exceededReason({ name: 'webex_calling', limit: 1, users: 2 }, 'customer "johns-pizza"');
 * // 'packageLimits.webex_calling is 1, but customer "johns-pizza" has 2 declared users with webex_calling. ...'
 */
export function exceededReason({ name, limit, users }: Exceeded, whose: string): string {
  return (
    `packageLimits.${name} is ${limit}, but ${whose} has ${users} declared users with ${name}. Raise the limit or declare ` +
    'fewer'
  );
}
