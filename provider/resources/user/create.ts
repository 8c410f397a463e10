import type { Subscriber, SubscriberCreate } from '../../webex';
import { describeDifferences } from '../shared/compare';
import { inSteps, pick } from '../shared/lifecycle-helpers';
import { hold, isHeld } from '../shared/ownership';
import { DeclarationError, mayExist } from '../shared/refusals';
import { session } from '../shared/session';
import { warn } from '../shared/warnings';
import { applyPerson, roleIds } from './person';
import { read } from './read';
import { INPUT_KEYS, isPending, type UserInputs, type UserState } from './schema';
import { update } from './update';

/**
 * Creates a user. A person of another organization is pending migration at first: that is success, and what belongs
 * to the person is applied once a refresh shows it provisioned.
 * @throws DeclarationError for a role that doesn't exist, or an e-mail address that another user has
 */
export async function create(inputs: UserInputs): Promise<{ id: string; state: UserState }> {
  // Before anything is made: a role that doesn't exist must leave nothing behind.
  await roleIds(inputs.roles ?? []);
  const begun = await begin(inputs);
  if ('existing' in begun)
    return { id: begun.existing.id, state: await update(begun.existing.id, begun.state, inputs) };

  const { id, personId, status } = begun.made;
  hold('user', id);
  const start: UserState = { ...pick(inputs, INPUT_KEYS), roles: undefined, personId, status };
  const state = await inSteps(id, start, true, async (note) => {
    if (isPending(start)) await askForConsent(id, inputs);
    else if (personId !== undefined && (inputs.roles ?? []).length > 0) await applyPerson(personId, {}, inputs);
    note({ roles: inputs.roles });
  });
  return { id, state };
}

/** Body of POST /wholesale/subscribers; the precheck takes the same. */
export function creationOf(inputs: UserInputs): SubscriberCreate {
  const { customerId, email, firstName, lastName, phoneNumber: primaryPhoneNumber, extension, locationId } = inputs;
  const provisioningParameters = { firstName, lastName, primaryPhoneNumber, extension, locationId };
  return { customerId, email, packages: packagesOf(inputs), provisioningParameters };
}

/** *Assumption*: the add-on attendant_console goes as a second entry of `packages`, which "accepts only one package". */
export function packagesOf({
  package: name,
  attendantConsole,
}: Pick<UserInputs, 'package' | 'attendantConsole'>): string[] {
  return attendantConsole === true ? [name, 'attendant_console'] : [name];
}

type Begun = { made: Subscriber } | { existing: Subscriber; state: UserState };

/** Sends the POST. Where Webex refuses, or it isn't known whether it arrived, the user is looked up by e-mail address. */
async function begin(inputs: UserInputs): Promise<Begun> {
  const behalf = inputs.onBehalfOfSubPartnerOrgId;
  try {
    return { made: await session.webex.subscribers.create(creationOf(inputs), behalf) };
  } catch (error) {
    if (!mayExist(error)) throw error;
    const existing = await findExisting(inputs);
    if (existing === undefined) throw error;
    if (isHeld('user', existing.id)) {
      throw new DeclarationError(
        'email',
        `${inputs.email} is declared twice: another resource of this program has this user`,
      );
    }
    const { state, differences } = await compared(existing, inputs);
    if (existing.customerId !== inputs.customerId || (differences.length > 0 && inputs.adopt !== true)) {
      throw new DeclarationError('email', conflict(inputs.email, differences));
    }
    warn(`user ${inputs.email} exists already; it was taken over`);
    return { existing, state };
  }
}

/** The user that has the declared e-mail address, at whichever customer. */
export async function findExisting(inputs: UserInputs): Promise<Subscriber | undefined> {
  const found = await session.webex.subscribers.list({ email: inputs.email }, inputs.onBehalfOfSubPartnerOrgId);
  return found.find(({ email }) => email.toLowerCase() === inputs.email.toLowerCase());
}

/** An existing user as a state, and what of it differs from the declaration. */
export async function compared(
  existing: Subscriber,
  inputs: UserInputs,
): Promise<{ state: UserState; differences: string[] }> {
  const declared = pick(inputs, INPUT_KEYS);
  const found = await read(existing.id, { ...declared, status: existing.status, personId: existing.personId });
  const state = found?.state ?? { ...declared, status: existing.status };
  const keys = [
    'customerId',
    'firstName',
    'lastName',
    'package',
    'attendantConsole',
    'locationId',
    'extension',
    'phoneNumber',
  ] as const;
  // Roles are only ever missing from what was begun and not finished, so they are no reason to refuse.
  return {
    state,
    differences: describeDifferences(state, pick(inputs, isPending(existing) ? ['customerId', 'package'] : keys)),
  };
}

/** Why an existing user isn't taken over. */
export function conflict(email: string, differences: string[]): string {
  return (
    `a user ${email} exists and differs from what is declared: ${differences.join('; ')}. Correct the declaration, or set ` +
    'adopt: true to take it over and change it (a user of another customer must be removed there first)'
  );
}

/** Asks Webex for the mail by which the person consents to be moved. */
export async function askForConsent(
  id: string,
  { sendConsentMoveEmail, email, onBehalfOfSubPartnerOrgId }: UserInputs,
): Promise<void> {
  warn(
    `user ${email} is pending migration: the person must consent first. Run pulumi refresh and pulumi up after that`,
  );
  if (sendConsentMoveEmail === true)
    await session.webex.subscribers.sendConsentMoveEmail(id, onBehalfOfSubPartnerOrgId);
}
