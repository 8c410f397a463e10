import { pick } from '../inputs/keys';
import type { Run } from '../run/run';
import { read } from './read';
import { INPUT_KEYS, type UserInputs, type UserState } from './schema';

/** ID of the user that has this ID or e-mail address. @throws Error where there is none */
export async function identify({ webex, settings }: Run, key: string): Promise<string> {
  if (!key.includes('@')) return key;
  const listed = await webex.subscribers.list({ email: key }, settings.onBehalfOfSubPartnerOrgId);
  const found = listed.find(({ email }) => email.toLowerCase() === key.toLowerCase());
  if (found === undefined) throw new Error(`no customer has a user with the e-mail address ${key}`);
  return found.id;
}

/** An existing user as a state. */
export function adopted(run: Run, id: string, declared: UserInputs): Promise<UserState | undefined> {
  return read(run, id, { ...pick(declared, INPUT_KEYS), status: '' });
}
