import { type Person, type PersonUpdate, personUpdateFrom, type Role } from '../../webex';
import { same } from '../inputs/compare';
import { DeclarationError } from '../outcomes/refusals';
import { session } from '../run/session';
import type { UserInputs, UserState } from './schema';

let asked: Promise<Role[]> | undefined;

/** Roles are the same for all: asked for once a process. */
function allRoles(): Promise<Role[]> {
  asked ??= session.webex.roles.list();
  asked.catch(() => {
    asked = undefined;
  });
  return asked;
}

/**
 * IDs of roles given by name.
 * @throws DeclarationError that lists the names that there are
 */
export async function roleIds(names: readonly string[]): Promise<string[]> {
  if (names.length === 0) return [];
  const roles = await allRoles();
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
export async function roleNames(ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const roles = await allRoles();
  return ids.map((id) => roles.find((entry) => entry.id === id)?.name ?? id);
}

/** The work number of a person, E.164: Webex sends it with spaces. */
export function workNumber({ phoneNumbers }: Person): string | undefined {
  return phoneNumbers?.find(({ type }) => type === 'work')?.value?.replace(/[^+\d]/g, '') || undefined;
}

/**
 * Brings the person behind a user to what is declared. PUT /people wants the whole person, so it is read first, and
 * what isn't ours goes back as it came. No request to write where nothing differs.
 *
 * @param before what was recorded: an extension or number that was declared and no longer is, is taken away.
 */
export async function applyPerson(personId: string, before: Partial<UserState>, wanted: UserInputs): Promise<void> {
  const person = await session.webex.people.get(personId);
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
  if (wanted.roles !== undefined) next.roles = await roleIds(wanted.roles);
  if (!same(now, next)) await session.webex.people.update(personId, next);
}
