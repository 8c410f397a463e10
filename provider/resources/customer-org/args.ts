import type { Input } from '@pulumi/pulumi';
import type { CustomerPackage, LimitedPackage } from '../../packages';
import type { Address, LocationCalling, Reconciliation, Removal } from '../shared/args';

/**
 * The headquarters: the first Webex Calling location of a customer, created with it.
 * Source: webex-wholesale.openapi.json, provisioningParameters.calling.location.
 */
export interface Headquarters {
  /** Name of the customer's office. Changeable. */
  name: Input<string>;
  address: Input<Address>;
  /** IANA time zone (`America/Los_Angeles`), one that Cisco lists for wholesale (help article nuh0amab). */
  timeZone: Input<string>;
  /** Language of e-mails and announcements: `en_us`. */
  language: Input<string>;
  /** SIP header for emergency calls from this location. */
  emergencyLocationIdentifier?: Input<string>;
  /**
   * Stands for the checkbox in Partner Hub by which you confirm that the headquarters is in a supported location.
   * Must be true where the customer has a calling package.
   */
  supportedLocationVerified: Input<boolean>;
  /** Webex Calling at the headquarters: PSTN connection, phone numbers, main number. */
  calling?: Input<LocationCalling>;
}

/** Inputs of a {@link CustomerOrg}. Table of what is changeable and readable: docs/resources.md. */
export interface CustomerOrgArgs extends Reconciliation {
  /** Provisioning ID of the onboarding template (`template.provisioningId`). Immutable. */
  provisioningId: Input<string>;
  /** Your own key of this customer; unique among your customers. Changeable. */
  externalId: Input<string>;
  /** Company name, without "%". Immutable. Required unless `orgId` is given. */
  name?: Input<string>;
  /** E-mail address of the first administrator. Immutable. Required unless `orgId` is given. */
  primaryEmail?: Input<string>;
  /** ISO 639-1, with or without a country: `en`, `en_us`. Immutable. */
  language?: Input<string>;
  /** Billing address. */
  address: Input<Address>;
  /**
   * All packages of the organization. `cisco_calling_plan` and `attendant_console` depend on others:
   * webex-wholesale.openapi.json, "packages Note".
   */
  packages: Input<Input<CustomerPackage>[]>;
  /** How many of a package the organization may use. A package left out keeps the limit that it has. */
  packageLimits?: Input<{ [name in LimitedPackage]?: Input<number> }>;
  /** Required where `packages` has a calling package. */
  headquarters?: Input<Headquarters>;
  /** IANA time zone of the meetings site. */
  meetingsTimeZone?: Input<string>;
  /** Attach to this existing Webex organization instead of creating one. Immutable. */
  orgId?: Input<string>;
  subPartnerAdminEmail?: Input<string>;
  /** Organization ID of the sub-partner on whose behalf every request is made. Default: config of that name. Immutable. */
  onBehalfOfSubPartnerOrgId?: Input<string>;
  /** Default `unlink`: the Webex organization stays. `delete` removes it with everything in it. */
  removal?: Input<Removal>;
}

/** Status of a customer (webex-wholesale.openapi.json, Customer.status). */
export type CustomerStatus =
  | 'provisioned'
  | 'provisioned_with_errors'
  | 'provisioning'
  | 'updating'
  | 'deleting'
  | 'error'
  | 'pending_rpl_review';
