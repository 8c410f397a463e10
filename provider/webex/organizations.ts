import { z } from 'zod';
import { type Api, path } from './http/api';
import { webexId } from './shapes';

const organization = z.object({
  id: webexId,
  displayName: z.string().optional(),
});
/** A Webex organization. */
export type Organization = z.infer<typeof organization>;

/** Operations on the Webex organizations that the token can see. */
export function organizationsApi(api: Api) {
  return {
    /** Lists the organizations. The document knows no pages for this list. */
    list: async (): Promise<Organization[]> =>
      (await api.get('/organizations', z.object({ items: z.array(organization) }))).items,

    get: async (id: string): Promise<Organization> => api.get(path`/organizations/${id}`, organization),

    /** Deletes an organization for good, within 10 minutes. 409 while licenses or more than one user remain. */
    async remove(id: string): Promise<void> {
      await api.run({ method: 'DELETE', path: path`/organizations/${id}` });
    },
  };
}
