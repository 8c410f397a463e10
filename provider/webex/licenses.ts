import { z } from 'zod';
import type { Api } from './http/api';
import { number, webexId } from './shapes';

const license = z.object({
  id: webexId,
  totalUnits: number.optional(),
});
/** A license of an organization, with its total units. */
export type License = z.infer<typeof license>;

/** Operations on the licenses of an organization. The list is not paged. */
export function licensesApi(api: Api) {
  return {
    // Webex also sends answers without the list; they count as empty.
    list: async (filter: { orgId: string }): Promise<License[]> =>
      (await api.get('/licenses', z.object({ items: z.array(license).optional() }), filter)).items ?? [],
  };
}
