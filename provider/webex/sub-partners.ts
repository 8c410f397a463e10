import { z } from 'zod';
import type { Api } from './http/api';
import { webexId } from './shapes';

const subPartner = z.object({
  orgId: webexId,
  /** active, suspended */
  provisioningState: z.string().optional(),
  subscriptionId: z.string().optional(),
  created: z.string().optional(),
  billingStartDate: z.string().optional(),
});
/** A sub-partner (`SubPartner`): a partner on whose behalf wholesale requests can be made. */
export type SubPartner = z.infer<typeof subPartner>;

// The schema of the answer calls the list `items`, its example `subPartners`.
const page = z
  .object({ items: z.array(subPartner).optional(), subPartners: z.array(subPartner).optional() })
  .transform(({ items, subPartners }) => items ?? subPartners ?? []);

const PAGE = 100;

/** Sub-partners of the partner. */
export function subPartnersApi(api: Api) {
  return {
    /** All sub-partners, {@link PAGE} a request. */
    async list(): Promise<SubPartner[]> {
      const found = new Map<string, SubPartner>();
      for (let offset = 0; ; offset += PAGE) {
        const query = { max: PAGE, offset };
        const { body } = await api.call({ method: 'GET', path: '/wholesale/subPartners', query }, page);
        const before = found.size;
        for (const each of body) found.set(each.orgId, each);
        // A server that ignores the offset gives the same page again.
        if (body.length < PAGE || found.size === before) return [...found.values()];
      }
    },
  };
}
