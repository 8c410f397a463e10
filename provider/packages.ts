/**
 * The package catalogue of Webex for Wholesale: what each package gives a person or an organization, which add-ons
 * depend on which packages, and what follows for administrators.
 *
 * Sources: webex-wholesale.openapi.json, schemas WholesalePackagesCustomer and WholesalePackagesSubscriber, the
 * "packages Note" of the provisioning operations, and Cisco help article nf9ghpq (package descriptions).
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

/** What a package gives. `calling` is a phone number or extension with Webex Calling. */
export type Capability =
  | 'calling'
  | 'calling features'
  | 'voicemail'
  | 'messaging'
  | 'meetings'
  | 'call queues'
  | 'contact center'
  | 'supervision'
  | 'attendant console';

/**
 * Capabilities of each user package. webex_voice is calling without messaging and meetings, webex_calling_standard a
 * smaller webex_calling, webex_suite contains webex_calling and webex_meetings.
 */
const CAPABILITIES: Record<UserPackage, readonly Capability[]> = {
  webex_voice: ['calling'],
  webex_calling_standard: ['calling', 'voicemail', 'messaging'],
  webex_calling: ['calling', 'calling features', 'voicemail', 'messaging'],
  webex_meetings: ['messaging', 'meetings'],
  webex_suite: ['calling', 'calling features', 'voicemail', 'messaging', 'meetings'],
  cx_essentials: ['calling', 'calling features', 'voicemail', 'messaging', 'call queues'],
  cx_standard_agent: ['contact center'],
  cx_premium_agent: ['contact center', 'supervision'],
};

/** Packages of a customer that put Webex Calling into the organization, so that it needs a headquarters location. */
const CALLING_PACKAGES: readonly string[] = [
  'common_area_calling',
  'webex_calling',
  'webex_suite',
  'webex_voice',
  'cx_essentials',
  'webex_calling_standard',
];

/** Add-ons, and the packages of which a customer must have at least one ("packages Note" of the provisioning operations). */
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

/** Whether a package brings Webex Calling: a customer then needs a headquarters, a user an extension or a number. */
export function hasCalling(name: string): boolean {
  return CALLING_PACKAGES.includes(name);
}

/** The packages that an add-on depends on, any one of them; empty for what is no add-on. */
export function dependenciesOf(name: string): readonly CustomerPackage[] {
  return ADD_ONS[name] ?? [];
}

/**
 * What a person loses by going from one package to another: empty when nothing.
 * "Lower than" follows from this, and so does a change sideways: webex_calling to webex_meetings loses calling.
 */
export function capabilitiesLost(from: UserPackage, to: UserPackage): Capability[] {
  return CAPABILITIES[from].filter((capability) => !CAPABILITIES[to].includes(capability));
}

/** Whether a person loses a capability by this change of package. */
export function isDowngrade(from: UserPackage, to: UserPackage): boolean {
  return capabilitiesLost(from, to).length > 0;
}

/** The role that Cisco's rule about administrators' packages is about. */
export const FULL_ADMINISTRATOR = 'Full Administrator';
