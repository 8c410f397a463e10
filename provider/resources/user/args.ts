import type { Input } from '@pulumi/pulumi';
import type { UserPackage } from '../../packages';
import type { Reconciliation, Removal } from '../inputs/args';

/**
 * Inputs of a {@link User}: a wholesale subscriber, and the person that it is. Source: webex-wholesale.openapi.json,
 * POST /wholesale/subscribers; webex-calling.openapi.json, PUT /people/{personId}.
 */
export interface UserArgs extends Omit<Reconciliation, 'timeouts'> {
  /** `customer.id`. Immutable: another customer means another user. */
  customerId: Input<string>;
  /**
   * E-mail address: the identity of a person in Webex. Changeable: Webex writes to the old and the new address, and
   * where the person doesn't confirm the new one within 15 days, the old one comes back (Cisco help article nsi3kgb).
   */
  email: Input<string>;
  /** Changeable. */
  firstName: Input<string>;
  /** Changeable. */
  lastName: Input<string>;
  /**
   * Exactly one package, which the customer must have. Changeable, but an administrator's package can't be lowered: an
   * error at preview (Cisco help article ny0fr7x).
   */
  package: Input<UserPackage>;
  /**
   * Adds the add-on attendant_console, which needs webex_calling, webex_suite or cx_essentials. Default false.
   * Changeable.
   */
  attendantConsole?: Input<boolean>;
  /**
   * `location.id`. A new calling user without it goes to the headquarters; one that exists stays where it is.
   * Changeable: the user moves, with number and extension, by Webex's job (webex-move-users.openapi.json).
   */
  locationId?: Input<string | undefined>;
  /**
   * 2 to 10 digits, unique in the location. A calling package needs an extension, a phone number, or both. Changeable.
   */
  extension?: Input<string>;
  /** E.164 (`+12145557861`), one of the location's numbers. Changeable. */
  phoneNumber?: Input<string>;
  /**
   * The complete list of the person's administrator roles by name, as GET /roles lists them: `Full Administrator`. A
   * name that isn't listed is an error at preview. Left out, roles aren't managed. Changeable.
   */
  roles?: Input<Input<string>[]>;
  /** Ask Webex to send the consent mail where the user is pending migration from another organization. */
  sendConsentMoveEmail?: Input<boolean>;
  /** Organization ID of the sub-partner on whose behalf every request is made. Immutable. */
  onBehalfOfSubPartnerOrgId?: Input<string>;
  /** Default `unlink`: the person stays in the organization. `delete` removes the person too. */
  removal?: Input<Removal>;
}

/** Status of a user (webex-wholesale.openapi.json, Subscriber.status). */
export type UserStatus = 'provisioned' | 'pending_user_migration';
