import { z } from 'zod';
import type { Api } from './http/api';
import { webexId } from './shapes';

// The organization is wanted: it is what an answer of another API would lack.
const me = z.object({ id: webexId, orgId: webexId, displayName: z.string().optional() });
/** Whose token it is: a person's or a service app's ID, and the partner organization that it belongs to. */
export type Identity = z.infer<typeof me>;

/** GET /people/me. Any token may ask that which may read people (scope `spark:people_read`). */
export async function whoAmI(api: Api): Promise<Identity> {
  return (await api.call({ method: 'GET', path: '/people/me', isProof: true }, me)).body;
}
