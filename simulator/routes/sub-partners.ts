import { z } from 'zod';
import { listSubPartners, presentSubPartner } from '../domain/organizations/sub-partners';
import { type Operation, operation } from '../http/operation';
import { countParameter, page } from '../http/paging';

const query = z.object({
  provisioningState: z.enum(['active', 'suspended']).optional(),
  offset: countParameter(0),
  max: countParameter(100, 100, 1),
});

/** Sub-partners: the operation of the wholesale documents. */
export const subPartnerOperations: Operation[] = [
  operation('GET', '/wholesale/subPartners', { query }, ({ world, query: { provisioningState, max, offset }, url }) => {
    const found = listSubPartners(world, provisioningState, max + 1, offset);
    const { items, headers } = page(found, max, offset, 'offset', url);
    const subPartners = items.map(presentSubPartner);
    // The list is `items` in the schema and `subPartners` in the example, so the answer has both.
    return { status: 200, headers, body: { items: subPartners, subPartners } };
  }),
];
