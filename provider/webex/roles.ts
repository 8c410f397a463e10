import { z } from 'zod';
import type { Api } from './http/api';
import { webexId } from './shapes';

const role = z.object({ id: webexId, name: z.string() });
/** An administrator role, e.g. `Full Administrator`. */
export type Role = z.infer<typeof role>;

/** Operations on administrator roles. The list is not paged. */
export function rolesApi(api: Api) {
  return {
    list: async (): Promise<Role[]> => (await api.get('/roles', z.object({ items: z.array(role) }))).items,
  };
}
