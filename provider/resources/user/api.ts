import { hasCalling, USER_ADD_ON, USER_PACKAGES, type UserPackage } from '../../packages';
import {
  type Person,
  type PersonUpdate,
  personUpdateFrom,
  type Subscriber,
  type SubscriberCreate,
  type SubscriberUpdate,
} from '../../webex';
import { inDeclaredOrder } from '../inputs/compare';
import { hasAddress } from '../lookups/users';
import type { PersonKey, UserInputs, UserState } from './schema';

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
 * Whether Webex returned the calling data of a person. A person with calling is always at a location: where the answer
 * names none, what it lacks is unknown, not gone.
 */
export function isCallingReturned({ locationId }: Person, { package: name }: { package: string | undefined }): boolean {
  return locationId !== undefined || name === undefined || !hasCalling(name);
}

/** The work number of a person, E.164: Webex returns it with spaces. */
export function workNumber({ phoneNumbers }: Person): string | undefined {
  return phoneNumbers?.find(({ type }) => type === 'work')?.value?.replace(/[^+\d]/g, '') || undefined;
}

/**
 * What a person returns of the inputs.
 * @param roles names of the roles; undefined where they aren't managed, or not returned
 * @param wants whether an input that may be left out is declared
 */
export function personFromApi(
  person: Person,
  declared: UserState,
  roles: readonly string[] | undefined,
  wants: (key: PersonKey) => boolean,
): Partial<UserState> {
  const { firstName = declared.firstName ?? '', lastName = declared.lastName ?? '' } = person;
  const phoneNumber = wants('phoneNumber') ? workNumber(person) : undefined;
  // In place of a recorded number: an exchange that was killed may have assigned it.
  const isReplaced = wants('phoneNumber') && phoneNumber === undefined;
  return {
    firstName,
    lastName,
    ...(isCallingReturned(person, declared) && {
      extension: wants('extension') || isReplaced ? person.extension || undefined : undefined,
      phoneNumber,
      locationId: person.locationId || undefined,
    }),
    ...(person.roles && { roles: roles && inDeclaredOrder(declared.roles, roles) }),
  };
}

/**
 * Body of PUT /people with these inputs; the rest is as it was read. An input that isn't declared is taken away, but
 * for roles.
 * @param roles IDs of the declared roles
 */
export function personBody(
  person: Person,
  keys: readonly PersonKey[],
  { email, firstName, lastName, extension, phoneNumber }: UserInputs,
  roles: string[] | undefined,
): PersonUpdate {
  const body = personUpdateFrom(person);
  const write: Record<PersonKey, () => void> = {
    email: () => {
      if (!hasAddress(person, email)) body.emails = [email];
    },
    firstName: () => rename(body, { firstName }),
    lastName: () => rename(body, { lastName }),
    extension: () => {
      if (extension === undefined) delete body.extension;
      else body.extension = extension;
    },
    phoneNumber: () => {
      if (phoneNumber === undefined) body.phoneNumbers = [];
      else if (phoneNumber !== workNumber(person)) body.phoneNumbers = [{ type: 'work', value: phoneNumber }];
    },
    roles: () => {
      if (roles !== undefined) body.roles = roles;
    },
  };
  for (const key of keys) write[key]();
  return body;
}

/** Changes the name of a person, and the display name with it, unless somebody has chosen another one. */
function rename(body: PersonUpdate, name: Pick<PersonUpdate, 'firstName' | 'lastName'>): void {
  const fullName = () => [body.firstName, body.lastName].filter(Boolean).join(' ');
  const isOfNames = body.displayName === fullName();
  Object.assign(body, name);
  if (isOfNames) body.displayName = fullName();
}
