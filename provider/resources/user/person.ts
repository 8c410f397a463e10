import { IncompleteAnswerError } from '../../webex';
import { allRoles } from '../lookups/roles';
import { changePerson } from '../moves/change-person';
import { DeclarationError } from '../outcomes/errors';
import type { Run } from '../run/run';
import { isCallingReturned, personBody } from './api';
import type { PersonKey, UserInputs } from './schema';

/**
 * IDs of roles given by name.
 * @throws DeclarationError that lists the names that there are
 */
export async function roleIds(run: Run, names: readonly string[]): Promise<string[]> {
  if (names.length === 0) return [];
  const roles = await allRoles(run);
  return names.map((name, index) => {
    const role = roles.find((entry) => entry.name === name);
    if (role) return role.id;
    if (roles.length === 0)
      throw new Error(`roles[${index}]: Webex lists no roles to this token, so "${name}" can't be given`);
    throw new DeclarationError(
      `roles[${index}]`,
      `"${name}" is no role of Webex; it must be one of ${roles.map((entry) => `"${entry.name}"`).join(', ')}`,
    );
  });
}

/**
 * Brings the person behind a user to what is declared of it. What isn't among `keys` stays as it is.
 *
 * @param keys what differs from the record; one that is no longer declared is removed, but for roles
 */
export async function applyPerson(
  run: Run,
  personId: string,
  keys: readonly PersonKey[],
  wanted: UserInputs,
): Promise<void> {
  const roles = keys.includes('roles') && wanted.roles ? await roleIds(run, wanted.roles) : undefined;
  await changePerson(run, personId, (person) => {
    if (isCallingReturned(person, wanted)) return personBody(person, keys, wanted, roles);
    // PUT takes away what it doesn't name.
    throw new IncompleteAnswerError(
      `user ${wanted.email}: Webex did not give the calling data of the person, so nothing of it was changed; run again later`,
    );
  });
}
