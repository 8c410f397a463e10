import { type PersonUpdate, personUpdateFrom } from '../../webex';
import { same } from '../inputs/compare';
import { allRoles } from '../lookups/roles';
import { DeclarationError } from '../outcomes/errors';
import type { Run } from '../run/run';
import { workNumber } from './api';
import type { UserInputs, UserState } from './schema';

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
    throw new DeclarationError(
      `roles[${index}]`,
      `"${name}" is no role of Webex; it must be one of ${roles.map((entry) => `"${entry.name}"`).join(', ')}`,
    );
  });
}

/** Names of roles given by ID; an ID that isn't listed stands for itself. */
export async function roleNames(run: Run, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const roles = await allRoles(run);
  return ids.map((id) => roles.find((entry) => entry.id === id)?.name ?? id);
}

/**
 * Brings the person behind a user to what is declared. PUT /people wants the whole person, so it is read first, and
 * what isn't managed goes back unchanged. Nothing is sent where nothing differs.
 *
 * @param before what was recorded: an extension or number that was declared and no longer is, is removed
 */
export async function applyPerson(
  run: Run,
  personId: string,
  before: Partial<UserState>,
  wanted: UserInputs,
): Promise<void> {
  const person = await run.webex.people.get(personId);
  const now = personUpdateFrom(person);
  const next: PersonUpdate = { ...now, firstName: wanted.firstName, lastName: wanted.lastName };
  if (person.firstName !== wanted.firstName || person.lastName !== wanted.lastName) {
    next.displayName = `${wanted.firstName} ${wanted.lastName}`;
  }
  if (wanted.extension !== undefined) next.extension = wanted.extension;
  else if (before.extension !== undefined) delete next.extension;
  if (wanted.phoneNumber !== undefined && wanted.phoneNumber !== workNumber(person)) {
    next.phoneNumbers = [{ type: 'work', value: wanted.phoneNumber }];
  } else if (wanted.phoneNumber === undefined && before.phoneNumber !== undefined) {
    next.phoneNumbers = [];
  }
  if (wanted.roles !== undefined) next.roles = await roleIds(run, wanted.roles);
  if (!same(now, next)) await run.webex.people.update(personId, next);
}
