/** The client of the Webex for Wholesale API. It knows nothing of Pulumi. */
export type {
  CallingEnable,
  CallingLocation,
  CallingUpdate,
  CallingUpdateAnswer,
  DeletionPrecheck,
} from './calling';
export { createWebexClient, DEFAULT_BASE_URL, type WebexClient, type WebexClientOptions } from './client';
export type {
  Customer,
  CustomerCreate,
  CustomerFilter,
  CustomerParameters,
  CustomerPrecheck,
  CustomerUpdate,
  PackageLimits,
} from './customers';
export {
  type CredentialEnvironment,
  type Credentials,
  credentialsFromEnvironment,
  type TokenExchange,
} from './http/credentials';
export {
  ConfigurationError,
  CredentialError,
  DoubtfulAnswerError,
  type ErrorDetail,
  IncompleteAnswerError,
  WebexApiError,
  WebexError,
  WebexResponseError,
  WebexUnreachableError,
} from './http/errors';
export { ALLOWED_HOSTS_VARIABLE, configuredHostProblem, type Endpoint, endpointFrom } from './http/hosts';
export type { GoOn } from './http/paging';
export { isLoopback } from './http/url';
export type { Identity } from './identity';
export type { Job, JobError } from './jobs';
export type { License } from './licenses';
export type { Location, LocationAddress, LocationAddressBody, LocationCreate, LocationUpdate } from './locations';
export { MOST_NUMBERS_A_MOVE } from './manage-numbers';
export { MOST_USERS_A_MOVE, type MoveValidation, type UserMove } from './move-users';
export { type NumbersAdd, NumbersRefusedError, type NumbersValidation, type PhoneNumber } from './numbers';
export type { Organization } from './organizations';
export { type Clock, systemClock } from './pacing/clock';
export { type Person, type PersonUpdate, personUpdateFrom } from './people';
export type { PstnConnection, PstnOption, PstnSet } from './pstn';
export type { Role } from './roles';
export type { CallingParameters, Precheck, Problem, WholesaleAddress, WholesaleAddressBody } from './shapes';
export type { SubPartner } from './sub-partners';
export type {
  Subscriber,
  SubscriberCreate,
  SubscriberFilter,
  SubscriberPrecheck,
  SubscriberUpdate,
} from './subscribers';
export type { Template, TemplateBody } from './templates';
