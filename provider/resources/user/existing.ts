import type { Subscriber } from '../../webex';
import { describeDifferences } from '../inputs/compare';
import { pick } from '../outcomes/lifecycle-helpers';
import { session } from '../run/session';
import { read } from './read';
import { INPUT_KEYS, isPending, type UserInputs, type UserState } from './schema';

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
