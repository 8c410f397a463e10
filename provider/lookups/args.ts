import type * as pulumi from '@pulumi/pulumi';
import type { CustomerPackage, LimitedPackage, UserPackage } from '../packages';
import type { CustomerStatus, Headquarters } from '../resources/customer-org/args';
import type { Address, LocationCalling } from '../resources/inputs/args';
import type { Coordinates } from '../resources/location/args';
import type { UserStatus } from '../resources/user/args';

/** A lookup on behalf of a sub-partner. */
interface OnBehalf {
  /** Organization ID of the sub-partner. Default: config of that name. */
  onBehalfOfSubPartnerOrgId?: string;
}

/** Which customer {@link getCustomerOrg} looks up. */
export interface GetCustomerOrgArgs extends OnBehalf {
  /** Your own key of the customer. */
  externalId: string;
}

/** What {@link getCustomerOrg} finds. */
export interface GetCustomerOrgResult {
  /** Customer ID, which users and locations refer to. */
  id: string;
  externalId: string;
  name?: string;
  orgId?: string;
  status: CustomerStatus;
  packages: CustomerPackage[];
  /** The limits that Webex returns. */
  packageLimits?: { [name in LimitedPackage]?: number };
  address: pulumi.Unwrap<Address>;
  /** Absent without calling packages. */
  headquarters?: pulumi.Unwrap<Headquarters>;
  headquartersLocationId?: string;
}

/** Which location {@link getLocation} looks up. */
export interface GetLocationArgs extends OnBehalf {
  customerId: string;
  /** Exact name in Webex. */
  name: string;
}

/** What {@link getLocation} finds. The headquarters can be looked up too. */
export interface GetLocationResult {
  /** Location ID. */
  id: string;
  customerId: string;
  orgId: string;
  name: string;
  timeZone: string;
  preferredLanguage?: string;
  announcementLanguage?: string;
  address: pulumi.Unwrap<Address>;
  coordinates?: pulumi.Unwrap<Coordinates>;
  notes?: string;
  /** Absent where Webex Calling isn't enabled. */
  calling?: pulumi.Unwrap<LocationCalling>;
}

/** Which user {@link getUser} looks up. */
export interface GetUserArgs extends OnBehalf {
  email: string;
}

/** What {@link getUser} finds. */
export interface GetUserResult {
  /** Subscriber ID. */
  id: string;
  customerId: string;
  personId?: string;
  status: UserStatus;
  email: string;
  firstName?: string;
  lastName?: string;
  package: UserPackage;
  attendantConsole?: boolean;
  locationId?: string;
  extension?: string;
  phoneNumber?: string;
  /** Names of roles; empty for a user without any. */
  roles?: string[];
}

/** A role, as {@link getRoles} lists it. */
export interface GetRolesResult {
  id: string;
  name: string;
}

/** Which location's options {@link getPstnConnections} lists. */
export interface GetPstnConnectionsArgs extends OnBehalf {
  customerId: string;
  locationId: string;
}

/** A PSTN connection that a location can have. */
export interface GetPstnConnectionsResult {
  id: string;
  displayName?: string;
  pstnServices: string[];
}

/** A sub-partner, as {@link getSubPartners} lists it. */
export interface GetSubPartnersResult {
  orgId: string;
  /** `active` or `suspended`. */
  provisioningState?: string;
  subscriptionId?: string;
}

/** Options of a lookup. */
export interface LookupOptions {
  /** Component that the lookup belongs to. */
  parent?: pulumi.Resource;
}
