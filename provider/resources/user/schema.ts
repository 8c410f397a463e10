import { z } from 'zod';
import { type CheckFailure, UNKNOWN } from '../../lifecycle';
import {
  administratorBy,
  dependenciesOf,
  downgradeReason,
  hasCalling,
  isDowngrade,
  USER_PACKAGES,
  userPackages,
} from '../../packages';
import type { OfPartner } from '../define/partner';
import { customerId, idOf, subPartnerId } from '../inputs/ids';
import { type Changes, keysBy, keysOf, pick } from '../inputs/keys';
import { email, extension, oneOf, optional, phoneNumber, reconciliation, required, text } from '../inputs/validation';

const userPackage = z.enum(USER_PACKAGES, { error: ({ input }) => packageProblem(input) });

function packageProblem(input: unknown): string {
  if (Array.isArray(input)) return 'takes exactly one package, as a text: a user has one package';
  if (input === 'attendant_console') return 'is an add-on: choose a package, and set attendantConsole: true';
  return `is not one of ${USER_PACKAGES.join(', ')}`;
}

/** Inputs of a user (args.ts), as `check` lets them pass. */
export const userInputs = z.strictObject({
  customerId: required(customerId),
  email: required(email),
  firstName: required(text),
  lastName: required(text),
  package: required(userPackage),
  attendantConsole: optional(z.boolean()),
  locationId: optional(idOf(['LOCATION'], 'location.id')),
  extension: optional(extension),
  phoneNumber: optional(phoneNumber),
  roles: optional(z.array(required(text))),
  sendConsentMoveEmail: optional(z.boolean()),
  onBehalfOfSubPartnerOrgId: optional(subPartnerId),
  removal: optional(oneOf(['unlink', 'delete'])),
  adopt: reconciliation.adopt,
  allowReplacement: reconciliation.allowReplacement,
});

/** What a user was before a change, for policies: they never see a state. Written by check, never in a state. */
export interface Previous {
  package: string;
  attendantConsole?: boolean;
  roles?: string[];
}

/** Checked inputs. */
export type UserInputs = z.output<typeof userInputs> & { previous?: Previous };

/** What is declared of a user; all of it is recorded in the state. */
export const INPUT_KEYS = keysOf(userInputs);

/** What changes each input: PUT of the person or subscriber, a job, or a consent mail. */
export const CHANGES = {
  customerId: 'never',
  email: 'person',
  firstName: 'person',
  lastName: 'person',
  package: 'subscriber',
  attendantConsole: 'subscriber',
  locationId: 'move',
  extension: 'person',
  phoneNumber: 'person',
  roles: 'person',
  sendConsentMoveEmail: 'consent',
  onBehalfOfSubPartnerOrgId: 'never',
  removal: 'recorded',
  adopt: 'recorded',
  allowReplacement: 'recorded',
} as const satisfies Changes<z.output<typeof userInputs>>;

/** Inputs that belong to the person behind the subscriber: they wait while the user is pending migration. */
export const PERSON_KEYS = keysBy(CHANGES, 'person');

/** What of a user belongs to its person. */
export type PersonKey = (typeof PERSON_KEYS)[number];

/** State of a user: what is declared, and what Webex says. */
export interface UserState extends Omit<UserInputs, 'previous'>, OfPartner {
  status: string;
  personId?: string;
  /**
   * False where the declaration names no location: `locationId` is then where the user is. Else undefined, or true in
   * earlier records.
   */
  locationIsDeclared?: boolean | undefined;
}

/** The inputs that a state stands for. */
export function inputsOf(state: UserState): UserInputs {
  const inputs = pick(state, INPUT_KEYS);
  return state.locationIsDeclared === false ? { ...inputs, locationId: undefined } : inputs;
}

/** The `locationIsDeclared` of a user that is at this location. */
export function isLocationDeclared({ locationId }: UserInputs, at: string | undefined): false | undefined {
  return locationId === undefined && at !== undefined ? false : undefined;
}

/** Whether the person isn't there yet: it must consent to be moved from another organization. */
export function isPending({ status }: Pick<UserState, 'status'>): boolean {
  return status === 'pending_user_migration';
}

/** Rules that need no backend. */
export function userRules(inputs: UserInputs, olds: UserInputs | undefined): CheckFailure[] {
  const failures: CheckFailure[] = [];
  const fail = (property: string, reason: string) => failures.push({ property, reason });
  const { package: name, attendantConsole, extension, phoneNumber, roles } = inputs;
  if ((name as string) === UNKNOWN) return failures;
  if (hasCalling(name)) {
    if (extension === undefined && phoneNumber === undefined) {
      fail('extension', `is required (or phoneNumber), because ${name} brings Webex Calling; set one or both`);
    }
  } else {
    // One mistake, one line: the package or all of these.
    const [first, ...others] = (['extension', 'phoneNumber', 'locationId'] as const).filter(
      (key) => inputs[key] !== undefined,
    );
    if (first !== undefined) {
      const [too, them] = others.length > 0 ? [` (nor ${others.join(' and ')})`, 'them'] : ['', 'it'];
      fail(first, `can't be set${too} with ${name}, which has no calling; remove ${them} or choose a calling package`);
    }
  }
  if (attendantConsole === true && !dependenciesOf('attendant_console').includes(name)) {
    fail(
      'attendantConsole',
      `attendant_console depends on one of ${dependenciesOf('attendant_console').join(', ')}; ${name} isn't one`,
    );
  }
  const named = Array.isArray(roles) ? roles : [];
  named.forEach((role, index) => {
    if (role !== UNKNOWN && named.indexOf(role) !== index) fail(`roles[${index}]`, `${role} is listed twice`);
  });
  failures.push(...downgradeFailures(inputs, olds));
  return failures;
}

/**
 * An administrator's package isn't lowered (packages.ts). Refused when the user is one before or after the change, so
 * that taking the role away, or giving it, in the same update is no way round it.
 */
export function downgradeFailures(inputs: UserInputs, olds: UserInputs | undefined): CheckFailure[] {
  if (olds === undefined) return [];
  const because = administratorBy(listed(olds.roles), listed(inputs.roles));
  const from = userPackages(olds.package, olds.attendantConsole);
  // An add-on that isn't known yet isn't taken away yet.
  const keepsAddOn = (inputs.attendantConsole as unknown) === UNKNOWN && olds.attendantConsole;
  const to = userPackages(inputs.package, keepsAddOn || inputs.attendantConsole);
  if (because === undefined || !isDowngrade(from, to)) return [];
  const property = isDowngrade(olds.package, inputs.package) ? 'package' : 'attendantConsole';
  return [{ property, reason: downgradeReason({ email: inputs.email, from, to, because }) }];
}

/** The declared roles; undefined while the list isn't known. */
export function listed(roles: UserInputs['roles']): string[] | undefined {
  return Array.isArray(roles) ? roles : undefined;
}
