/** The 14 packages of a customer (wholesale documents, WholesalePackagesCustomer) with their titles. */
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

export type CustomerPackage = (typeof CUSTOMER_PACKAGES)[number];

/** The packages of a subscriber (wholesale documents, WholesalePackagesSubscriber). */
export const SUBSCRIBER_PACKAGES = [
  'webex_calling',
  'webex_meetings',
  'webex_suite',
  'webex_voice',
  'cx_essentials',
  'webex_calling_standard',
  'attendant_console',
  'cx_premium_agent',
  'cx_standard_agent',
] as const;

export type SubscriberPackage = (typeof SUBSCRIBER_PACKAGES)[number];

/** The six values of the deprecated `package` field. */
export const SINGLE_PACKAGES = [
  'webex_calling',
  'webex_meetings',
  'webex_suite',
  'webex_voice',
  'cx_essentials',
  'webex_calling_standard',
] as const;

/** The packages that `provisioningParameters.packages.limits` may name. */
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

/** The titles of the wholesale documents. */
const TITLES: Readonly<Record<CustomerPackage, string>> = {
  common_area_calling: 'Webex Common Area Calling Package',
  webex_calling: 'Webex Calling Package',
  webex_meetings: 'Webex Meetings Package',
  webex_suite: 'Webex Suite Package',
  webex_voice: 'Webex Voice Package',
  cx_essentials: 'Customer Assist Package',
  webex_calling_standard: 'Webex Calling Standard Package',
  cisco_calling_plan: 'Cisco Calling Plan Package',
  attendant_console: 'Attendant Console Package',
  cx_premium_agent: 'Contact Center Premium Agent Package',
  cx_standard_agent: 'Contact Center Standard Agent Package',
  cx_voice_ports: 'Contact Center Voice Ports Package',
  cx_ai_assistant: 'Contact Center AI Assistant Package',
  webex_ai_agent: 'Webex AI Agent Package',
};

/** The packages with Webex Calling, which need a location (Cisco help ny0fr7x, package offers). */
const CALLING: ReadonlySet<CustomerPackage> = new Set<CustomerPackage>([
  'common_area_calling',
  'webex_calling',
  'webex_suite',
  'webex_voice',
  'cx_essentials',
  'webex_calling_standard',
]);

/** The licenses that clients look for by their whole name (public evidence: wxc_sdk). */
const LICENSES: Partial<Record<CustomerPackage, string>> = {
  common_area_calling: 'Webex Calling - Workspaces',
  webex_calling: 'Webex Calling - Professional',
  webex_calling_standard: 'Webex Calling - Basic',
  cx_essentials: 'Customer Experience - Essential',
};

/**
 * License names of packages in GET /licenses. Names of calling licenses begin with "Webex Calling", which clients look
 * for (public evidence: wxcadm).
 */
export function licenseName(name: CustomerPackage): string {
  return LICENSES[name] ?? (CALLING.has(name) ? `Webex Calling - ${TITLES[name]}` : TITLES[name]);
}

/**
 * Capabilities of packages. A package is lower than another one if it lacks a capability (assumption for the sets).
 */
const CAPABILITIES: Readonly<Record<SubscriberPackage, readonly string[]>> = {
  webex_voice: ['voice'],
  webex_calling_standard: ['voice', 'messaging'],
  webex_calling: ['voice', 'messaging', 'calling app', 'basic meetings'],
  webex_meetings: ['messaging', 'basic meetings', 'meetings'],
  webex_suite: ['voice', 'messaging', 'calling app', 'basic meetings', 'meetings'],
  cx_essentials: ['voice', 'messaging', 'calling app', 'basic meetings', 'meetings', 'customer assist'],
  cx_standard_agent: ['contact center'],
  cx_premium_agent: ['contact center', 'contact center premium'],
  attendant_console: [],
};

/** True if one of the packages has Webex Calling. */
export function hasCalling(packages: readonly CustomerPackage[]): boolean {
  return packages.some((name) => CALLING.has(name));
}

/** True if a change of a subscriber's package removes a capability. */
export function isLower(from: SubscriberPackage, to: SubscriberPackage): boolean {
  return CAPABILITIES[from].some((capability) => !CAPABILITIES[to].includes(capability));
}
