import { pick } from '../inputs/keys';
import { subscriberIdOf } from '../lookups/users';
import type { Run } from '../run/run';
import { read } from './read';
import { INPUT_KEYS, type UserInputs, type UserState } from './schema';

/** ID of the user that has this ID or e-mail address. @throws Error where there is none */
export async function identify(run: Run, key: string): Promise<string> {
  return key.includes('@') ? subscriberIdOf(run, key, run.settings.onBehalfOfSubPartnerOrgId) : key;
}

/** An existing user as a state. */
export function adopted(run: Run, id: string, declared: UserInputs): Promise<UserState | undefined> {
  return read(run, id, { ...pick(declared, INPUT_KEYS), status: '' });
}
