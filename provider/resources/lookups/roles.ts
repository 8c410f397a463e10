import type { Role } from '../../webex';
import { isSameId } from '../../webex/ids';
import type { Run } from '../run/run';

/** Roles are the same for all organizations. */
export function allRoles({ memory, webex }: Run): Promise<Role[]> {
  return memory.forRun('roles', () => webex.roles.list());
}

/** Names of roles given by ID; an ID that isn't listed stands for itself. */
export async function roleNames(run: Run, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const roles = await allRoles(run);
  return namesIn(roles, ids);
}

/** The same, with a list of all roles. */
export function namesIn(roles: readonly Role[], ids: readonly string[]): string[] {
  return ids.map((id) => roleIn(roles, id)?.name ?? id);
}

/** The role with an ID, which lists may spell otherwise. */
export function roleIn(roles: readonly Role[], id: string): Role | undefined {
  return roles.find((role) => isSameId(role.id, id));
}
