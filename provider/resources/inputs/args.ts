import type { Input } from '@pulumi/pulumi';

/**
 * A postal address. One type everywhere: each API's own names for it are mapped in inputs/address.ts.
 * A line holds at most 50 characters (webex-wholesale.openapi.json, POST /wholesale/customers, address).
 */
export interface Address {
  /** Street and number, at most 50 characters. */
  addressLine1: Input<string>;
  /** At most 50 characters. */
  addressLine2?: Input<string>;
  city: Input<string>;
  /** State or province, as its ISO 3166-2 code (`CA`). Required for locations, and for customers in some countries. */
  stateOrProvince?: Input<string>;
  /** Required for locations, and for customers in some countries. */
  zipOrPostalCode?: Input<string>;
  /** ISO 3166-1 alpha-2, in capitals: `US`. */
  country: Input<string>;
}

/**
 * The PSTN connection of a location. Either an existing option of the location, by `id` or `displayName` as Control
 * Hub shows it, or a local gateway by `premiseRouteType` and `premiseRouteId`.
 * Source: webex-calling.openapi.json, PUT /telephony/pstn/locations/{locationId}/connection.
 */
export interface PstnConnection {
  /** ID of a connection option of the location. Not together with `displayName`. */
  id?: Input<string>;
  /**
   * Name of a connection option: `Non-integrated CCP`. One that the location doesn't offer is an error that lists
   * those.
   */
  displayName?: Input<string>;
  /** Kind of the local gateway's route; needs `premiseRouteId`. */
  premiseRouteType?: Input<'TRUNK' | 'ROUTE_GROUP'>;
  /** Trunk or route group ID. */
  premiseRouteId?: Input<string>;
}

/** How phone numbers are added. Applies to numbers when they are added, not to those that are there. */
export interface NumberOptions {
  /** Default: what Webex assumes, DID. At most 20 MOBILE numbers are added in one request. */
  numberType?: Input<'DID' | 'TOLLFREE' | 'MOBILE'>;
  /** Type of usage expected for the numbers. Default: what Webex assumes, NONE. */
  numberUsageType?: Input<'NONE' | 'SERVICE'>;
  /** Default ACTIVE for DID and toll-free numbers. */
  state?: Input<'ACTIVE' | 'INACTIVE'>;
  /** Subscription to order mobile numbers with. */
  subscriptionId?: Input<string>;
}

/**
 * Webex Calling of a location.
 * Source: webex-location-call-settings.openapi.json (PUT /telephony/config/locations/{locationId}) and
 * webex-calling.openapi.json (PSTN, numbers).
 */
export interface LocationCalling {
  /** Default true. False disables Webex Calling at this location; the last calling location of a customer can't be. */
  enabled?: Input<boolean>;
  /** The location's PSTN connection. It comes before its phone numbers. Left out, it isn't managed. */
  pstn?: Input<PstnConnection>;
  /**
   * The complete list of the location's phone numbers, E.164 (`+12145557861`). Only for PSTN connections that are not
   * integrated: for Cisco Calling Plans and integrated CCP the operation must never be used.
   * Left out, the numbers aren't managed.
   */
  phoneNumbers?: Input<Input<string>[]>;
  /** How numbers are added that the location doesn't have yet. */
  numberOptions?: Input<NumberOptions>;
  /** The location's main number, one of `phoneNumbers`, E.164. */
  mainNumber?: Input<string>;
  /** Group calling line ID name. Webex uses the organization's name where it is left out. */
  callingLineIdName?: Input<string>;
  /** Caller ID name for calls to the outside. */
  externalCallerIdName?: Input<string>;
  /** Digits to dial before calling between locations that have the same extensions. */
  routingPrefix?: Input<string>;
  /** Digit to dial to reach an outside line. */
  outsideDialDigit?: Input<string>;
  /** Whether `outsideDialDigit` must be dialled. */
  enforceOutsideDialDigit?: Input<boolean>;
  /** P-Access-Network-Info header. Set by Webex only where the location's country is BE, DE or FR. */
  emergencyLocationIdentifier?: Input<string>;
  /** Chargeable number for calls from this location, E.164. */
  chargeNumber?: Input<string>;
}

/**
 * Seconds that the provider waits for Webex to finish an operation; above 0. Defaults: timeouts.ts of the
 * resource, docs/resources.md. When the time is over, the run fails, the ID is kept, and the next `pulumi up` goes on.
 */
export interface Timeouts {
  create?: Input<number>;
  update?: Input<number>;
  delete?: Input<number>;
}

/** Inputs that say how a resource is reconciled rather than what it is. */
export interface Reconciliation {
  /** Take over an existing object with the same key although it differs, and update it. Default false. */
  adopt?: Input<boolean>;
  /** Allow that a change of an immutable input deletes this object and creates another one. Default false. */
  allowReplacement?: Input<boolean>;
  /** Seconds to wait for Webex. Defaults: docs/resources.md. */
  timeouts?: Input<Timeouts>;
}

/** What deleting the resource does: `unlink` removes the wholesale mapping only, `delete` the object behind it too. */
export type Removal = 'unlink' | 'delete';
