/** The client of the Webex for Wholesale API. It knows nothing of Pulumi. */
export type { CallingLocation, CallingUpdate } from './calling';
export { createWebexClient, type WebexClient, type WebexClientOptions } from './client';
export type { Customer, CustomerCreate, CustomerParameters, CustomerPrecheck, CustomerUpdate } from './customers';
export { credentialsFromEnvironment } from './http/credentials';
export {
  ConfigurationError,
  CredentialError,
  DoubtfulAnswerError,
  IncompleteAnswerError,
  tracking,
  WebexApiError,
  WebexError,
  WebexResponseError,
  WebexUnreachableError,
} from './http/errors';
export { configuredHostProblem, type Endpoint, endpointFrom } from './http/hosts';
export type { Pages } from './http/paging';
export type { Job } from './jobs';
export type { Location, LocationCreate, LocationUpdate } from './locations';
export { MOST_NUMBERS_A_MOVE } from './manage-numbers';
export { MOST_USERS_A_MOVE, type MoveValidation, type UserMove } from './move-users';
export { NumbersRefusedError, type PhoneNumber } from './numbers';
export type { Clock } from './pacing/clock';
export { type Person, type PersonUpdate, personUpdateFrom } from './people';
export type { PstnOption } from './pstn';
export type { Role } from './roles';
export type { Subscriber, SubscriberCreate, SubscriberUpdate } from './subscribers';
export type { Template, TemplateBody } from './templates';
