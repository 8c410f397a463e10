import type { Input } from '@pulumi/pulumi';
import type { Address, LocationCalling, Reconciliation } from '../inputs/args';

/** Geographic position: decimal degrees as text, such as `37.4221` and `-121.9172`. */
export interface Coordinates {
  /** From -90 to 90. */
  latitude: Input<string>;
  /** From -180 to 180. */
  longitude: Input<string>;
}

/**
 * Inputs of a {@link Location}. The headquarters isn't one: it belongs to the {@link CustomerOrg}.
 * Source: webex-calling.openapi.json, POST and PUT /locations.
 */
export interface LocationArgs extends Reconciliation {
  /** `customer.id`. Immutable: another customer means another location. */
  customerId: Input<string>;
  /** Unique within the organization. Changeable. */
  name: Input<string>;
  /** IANA time zone: `America/Chicago`. Changeable. */
  timeZone: Input<string>;
  /** Language of e-mails: `en_us`. Changeable; drift is seen where Webex returns it. */
  preferredLanguage: Input<string>;
  /** Language of phone announcements: `en_us`. Changeable while Webex Calling is enabled. */
  announcementLanguage: Input<string>;
  /** State and postal code are required here. Changeable. */
  address: Input<Address>;
  /** Changeable. Taken out, Webex keeps them. */
  coordinates?: Input<Coordinates>;
  /** Changeable. Taken out, Webex keeps it. */
  notes?: Input<string>;
  /** Webex Calling at this location. Left out, it isn't enabled; taken out later, it is disabled. */
  calling?: Input<LocationCalling>;
  /** Organization ID of the sub-partner on whose behalf requests about the customer are made. Immutable. */
  onBehalfOfSubPartnerOrgId?: Input<string>;
}
