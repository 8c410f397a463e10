import type { Role } from '../../webex';
import type { Run } from '../run/run';

/** Roles are the same for all organizations. */
export function allRoles({ memory, webex }: Run): Promise<Role[]> {
  return memory.forRun('roles', () => webex.roles.list());
}
