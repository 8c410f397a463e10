import { hasCalling, USER_ADD_ON, USER_PACKAGES, type UserPackage } from '../../packages';
import type { Person, Subscriber, SubscriberCreate, SubscriberUpdate } from '../../webex';
import type { UserInputs } from './schema';

/** Body of POST /wholesale/subscribers; the precheck takes the same. */
export function creationBody(inputs: UserInputs): SubscriberCreate {
  const { customerId, email, firstName, lastName, phoneNumber: primaryPhoneNumber, extension, locationId } = inputs;
  const provisioningParameters = { firstName, lastName, primaryPhoneNumber, extension, locationId };
  return { customerId, email, packages: packagesOf(inputs), provisioningParameters };
}

/**
 * Body of PUT /wholesale/subscribers. Provisioning parameters "should only be supplied when changing from the
 * webex_meetings package to any calling-enabled package".
 */
export function packageBody(before: Pick<UserInputs, 'package'>, inputs: UserInputs): SubscriberUpdate {
  const packages = packagesOf(inputs);
  if (hasCalling(before.package) || !hasCalling(inputs.package)) return { packages };
  const { phoneNumber: primaryPhoneNumber, extension, locationId } = inputs;
  return { packages, provisioningParameters: { primaryPhoneNumber, extension, locationId } };
}

/**
 * *Assumption*: the add-on attendant_console goes as a second entry of `packages`, which "accepts only one package".
 */
function packagesOf({ package: name, attendantConsole }: UserInputs): string[] {
  return attendantConsole === true ? [name, USER_ADD_ON] : [name];
}

/** A subscriber's packages as inputs; no `package` where Webex names none that we know. */
export function packagesFromApi({ packages }: Subscriber): { package?: UserPackage; attendantConsole: boolean } {
  const name = packages.find((entry): entry is UserPackage => (USER_PACKAGES as readonly string[]).includes(entry));
  return { package: name, attendantConsole: packages.includes(USER_ADD_ON) };
}

/**
 * Whether Webex tells the calling data of a person. One with calling is at a location always: where none is named, what
 * the answer lacks is unknown, not gone.
 */
export function isCallingReturned({ locationId }: Person, { package: name }: { package: string | undefined }): boolean {
  return locationId !== undefined || name === undefined || !hasCalling(name);
}

/** The work number of a person, E.164: Webex returns it with spaces. */
export function workNumber({ phoneNumbers }: Person): string | undefined {
  return phoneNumbers?.find(({ type }) => type === 'work')?.value?.replace(/[^+\d]/g, '') || undefined;
}
