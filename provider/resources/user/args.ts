import type { Input } from '@pulumi/pulumi';
import type { UserPackage } from '../../packages';
import type { Reconciliation, Removal } from '../shared/args';

/**
 * Inputs of a {@link User}: a wholesale subscriber, and the person that it is.
 * Source: webex-wholesale.openapi.json, POST /wholesale/subscribers; webex-calling.openapi.json, PUT /people/{personId}.
 */
export interface UserArgs extends Reconciliation {
  /** `customer.id`. Changing it means another user. */
  customerId: Input<string>;
  /** E-mail address: the identity of a person in Webex. Immutable. */
  email: Input<string>;
  firstName: Input<string>;
  lastName: Input<string>;
  /** Exactly one package, which the customer must have. A full administrator's package can't be lowered. */
  package: Input<UserPackage>;
  /** Adds the add-on attendant_console, which needs webex_calling, webex_suite or cx_essentials. Default false. */
  attendantConsole?: Input<boolean>;
  /** `location.id`. Without it a calling user is at the headquarters. A calling user's location can't change. */
  locationId?: Input<string>;
  /** Digits, unique in the location. A calling package needs an extension, a phone number, or both. */
  extension?: Input<string>;
  /** E.164, one of the location's numbers. */
  phoneNumber?: Input<string>;
  /** Names of administrator roles, as GET /roles lists them: `Full Administrator`. Left out, roles aren't managed. */
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
