import { z } from 'zod';

/** The organization that a request is about; without it "the organization of the authenticated user". */
export const orgQuery = z.object({ orgId: z.string().optional() });

/** The parameter that every wholesale operation has. */
export const wholesaleQuery = z.object({ onBehalfOfSubPartnerOrgId: z.string().optional() });
