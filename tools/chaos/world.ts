// What a program declares, as data: the world as it should be. Values are those of the resources' inputs.

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

/** What every resource of the program has. */
interface Declared {
  /** What the object is called in this tool; never changes. */
  readonly key: string;
  /** Name of the resource in the program. */
  resource: string;
}

/** How a resource is reconciled. */
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
  /** Never changes: what is deleted with an organization must be deletable from the beginning. */
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

/** What stays behind by declaration: `removal: "unlink"` of customers and users that were declared once. */
export interface Unlinked {
  /** E-mail addresses of people. */
  people: string[];
  /** Names of organizations. */
  organizations: string[];
}

/** Packages that bring Webex Calling (API document, "packages Note"), as far as they are used here. */
const CALLING_PACKAGES = ['webex_calling', 'webex_suite', 'webex_voice', 'webex_calling_standard', 'cx_essentials'];

/** Packages whose number can be limited (provisioningParameters.packages.limits), as far as they are used here. */
export function hasLimit(name: string): boolean {
  return [...CALLING_PACKAGES, 'webex_meetings', 'attendant_console'].includes(name);
}

/** Whether a package brings Webex Calling. */
export function hasCalling(name: string): boolean {
  return CALLING_PACKAGES.includes(name);
}
