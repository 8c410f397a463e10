import { z } from 'zod';
import type { Api } from './http/api';
import { webexId } from './shapes';

// orgId is required, because the answer of another API would not have it.
const me = z.object({ id: webexId, orgId: webexId, displayName: z.string().optional() });
/** The owner of the token: the ID of a person or a service app, and its organization, which is the partner's. */
export type Identity = z.infer<typeof me>;

/** Reads the owner of the token by GET /people/me, which needs the scope `spark:people_read`. */
export function whoAmI(api: Api): Promise<Identity> {
  return api.get('/people/me', me, undefined, { isProof: true });
}
