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
  return ids.map((id) => roles.find((entry) => isSameId(entry.id, id))?.name ?? id);
}
