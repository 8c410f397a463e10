import { z } from 'zod';
import type { Api } from './http/api';
import { text, webexId } from './shapes';

const subPartner = z.object({
  orgId: webexId,
  /** active, suspended */
  provisioningState: z.string().optional(),
  subscriptionId: z.string().optional(),
  created: text.optional(),
  billingStartDate: z.string().optional(),
});
/** A sub-partner (`SubPartner`): the partner can send wholesale requests for it (`onBehalfOfSubPartnerOrgId`). */
export type SubPartner = z.infer<typeof subPartner>;

// The schema of the answer calls the list `items`, its example `subPartners`.
const page = z
  .object({ items: z.array(subPartner).optional(), subPartners: z.array(subPartner).optional() })
  .transform(({ items, subPartners }) => items ?? subPartners ?? []);

const PAGE = 100;

/** Operations on the sub-partners of the partner. */
export function subPartnersApi(api: Api) {
  return {
    /** Lists all sub-partners, {@link PAGE} a request. */
    async list(): Promise<SubPartner[]> {
      const found = new Map<string, SubPartner>();
      for (let offset = 0; ; offset += PAGE) {
        const query = { max: PAGE, offset };
        const body = await api.get('/wholesale/subPartners', page, query);
        const before = found.size;
        for (const each of body) found.set(each.orgId, each);
        // A page without a new entry comes from a server that ignores the offset: stop here.
        if (body.length < PAGE || found.size === before) return [...found.values()];
      }
    },
  };
}
