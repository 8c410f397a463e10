// The declarations of a program as data, with the inputs of the resources.

/** Input `address` of a resource. */
export interface Address {
  addressLine1: string;
  city: string;
  stateOrProvince: string;
  zipOrPostalCode: string;
  country: string;
}

/** Input `calling` of a location or headquarters. */
export interface Calling {
  pstn: { displayName: string };
  phoneNumbers?: string[];
  mainNumber?: string;
  callingLineIdName?: string;
}

/** Common properties of the program's resources. */
interface Declared {
  /** Key of the object in this tool; never changes. */
  readonly key: string;
  /** Name of the resource in the program. */
  resource: string;
}

/** Inputs about reconciliation. */
interface Reconciled extends Declared {
  adopt: boolean;
  allowReplacement: boolean;
}

/** A template of the template service; the one in Partner Hub needs no resource. */
export interface TemplateModel extends Declared {
  name: string;
  country: string;
  serviceProviderAdminEmail: string;
}

/** A CustomerOrg. */
export interface CustomerModel extends Reconciled {
  /** Key of a template; undefined: the one in Partner Hub. */
  readonly template: string | undefined;
  externalId: string;
  name: string;
  readonly primaryEmail: string;
  address: Address;
  packages: string[];
  packageLimits: Record<string, number>;
  headquarters?: { name: string; address: Address; timeZone: string; language: string; calling?: Calling };
  /** Never changes: objects that are deleted with an organization must be deletable from the beginning. */
  readonly removal: 'unlink' | 'delete';
}

/** A Location. */
export interface LocationModel extends Reconciled {
  readonly customer: string;
  name: string;
  address: Address;
  timeZone: string;
  announcementLanguage: string;
  notes?: string;
  calling?: Calling;
}

/** A User. */
export interface UserModel extends Reconciled {
  customer: string;
  /** Key of a location; undefined: the headquarters, or none without calling. */
  location?: string;
  email: string;
  firstName: string;
  lastName: string;
  package: string;
  attendantConsole?: boolean;
  extension?: string;
  phoneNumber?: string;
  roles?: string[];
  readonly removal: 'unlink' | 'delete';
}

/** A program. */
export interface World {
  templates: TemplateModel[];
  customers: CustomerModel[];
  locations: LocationModel[];
  users: UserModel[];
}

/** All objects of a program. */
export function everything({ templates, customers, locations, users }: World) {
  return [...templates, ...customers, ...locations, ...users];
}

/** Objects that remain because of `removal: "unlink"` of earlier declared customers and users. */
export interface Unlinked {
  /** E-mail addresses of people. */
  people: string[];
  /** Names of organizations. */
  organizations: string[];
}

/** Used packages that bring Webex Calling (API document, "packages Note"). */
const CALLING_PACKAGES = ['webex_calling', 'webex_suite', 'webex_voice', 'webex_calling_standard', 'cx_essentials'];

/** Used packages with limits (provisioningParameters.packages.limits). */
export function hasLimit(name: string): boolean {
  return [...CALLING_PACKAGES, 'webex_meetings', 'attendant_console'].includes(name);
}

/** True if a package brings Webex Calling. */
export function hasCalling(name: string): boolean {
  return CALLING_PACKAGES.includes(name);
}
