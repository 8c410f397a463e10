import type { Input } from '@pulumi/pulumi';
import type { CustomerPackage, LimitedPackage } from '../../packages';
import type { Address, LocationCalling, Reconciliation, Removal } from '../inputs/args';

/**
 * The headquarters: the first Webex Calling location of a customer, created with it.
 * Source: webex-wholesale.openapi.json, provisioningParameters.calling.location.
 */
export interface Headquarters {
  /** Name of the customer's office. Changeable. */
  name: Input<string>;
  /** State and postal code are required here. Changeable. */
  address: Input<Address>;
  /** IANA time zone (`America/Los_Angeles`), one that Cisco lists for wholesale (help article nuh0amab). Changeable. */
  timeZone: Input<string>;
  /** Language of e-mails and announcements: `en_us`. Changeable. */
  language: Input<string>;
  /** SIP header (P-Access-Network-Info) for emergency calls from this location. Changeable; drift isn't seen. */
  emergencyLocationIdentifier?: Input<string>;
  /**
   * Stands for the checkbox in Partner Hub by which you confirm that the headquarters is in a supported location.
   * Must be true. Never sent to Webex.
   */
  supportedLocationVerified: Input<boolean>;
  /** Webex Calling at the headquarters: PSTN connection, phone numbers, main number. */
  calling?: Input<LocationCalling>;
}

/**
 * Inputs of a {@link CustomerOrg}. Table of what is changeable and readable: docs/resources.md. Source:
 * webex-wholesale.openapi.json, POST and PUT /wholesale/customers. What is immutable is what PUT doesn't take; a
 * change of it is an error at preview unless `allowReplacement` is true.
 */
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
  /** Billing address. Changeable. */
  address: Input<Address>;
  /**
   * The complete list of the organization's packages, at least one. Changeable: one that is left out is taken away.
   * `cisco_calling_plan` and `attendant_console` depend on others: webex-wholesale.openapi.json, "packages Note". An
   * unknown name, or one without what it depends on, is an error at preview.
   */
  packages: Input<Input<CustomerPackage>[]>;
  /**
   * How many of a package the organization may use: whole numbers, 0 or more, of packages in `packages`. Changeable. A
   * package left out isn't managed: what limit Webex gives it isn't documented.
   */
  packageLimits?: Input<{ [name in LimitedPackage]?: Input<number> }>;
  /** The first calling location. Required where `packages` has a calling package, and an error where it has none. */
  headquarters?: Input<Headquarters>;
  /** IANA time zone of the meetings site. Changeable; drift isn't seen, because Webex never returns it. */
  meetingsTimeZone?: Input<string>;
  /** ID of an existing Webex organization to attach to, instead of creating one. Immutable. */
  orgId?: Input<string>;
  /** E-mail address of the sub-partner's administrator. Changeable; drift isn't seen. */
  subPartnerAdminEmail?: Input<string>;
  /**
   * Organization ID of the sub-partner on whose behalf every request is made. Default: config of that name. Immutable.
   */
  onBehalfOfSubPartnerOrgId?: Input<string>;
  /**
   * Default `unlink`: the Webex organization stays. `delete` removes it with everything in it. What counts is the
   * value of the last `pulumi up`.
   */
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
