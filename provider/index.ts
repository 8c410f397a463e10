/**
 * What a Pulumi program imports: the four resources of Webex for Wholesale, and the types of their inputs.
 *
 * Nothing here loads the API client or the validation: those belong to the plugin process.
 */

import './node-version';

export * from './lookups';
export {
  CUSTOMER_PACKAGES,
  type CustomerPackage,
  LIMITED_PACKAGES,
  type LimitedPackage,
  USER_PACKAGES,
  type UserPackage,
} from './packages';
export type {
  CustomerOrgArgs,
  CustomerStatus,
  Headquarters,
} from './resources/customer-org/args';
export { CustomerOrg } from './resources/customer-org/resource';
export type {
  Address,
  LocationCalling,
  NumberOptions,
  PstnConnection,
  Reconciliation,
  Removal,
  Timeouts,
} from './resources/inputs/args';
export type { Coordinates, LocationArgs } from './resources/location/args';
export { Location, type LocationCallingState } from './resources/location/resource';
export type {
  CommonSettings,
  OnboardingTemplateArgs,
  TemplateAuthentication,
} from './resources/onboarding-template/args';
export { OnboardingTemplate } from './resources/onboarding-template/resource';
export type { UserArgs, UserStatus } from './resources/user/args';
export { User } from './resources/user/resource';
