import { z } from 'zod';

/** PUT /telephony/pstn/locations/{locationId}/connection. */
export const setConnectionBody = z.object({
  id: z.string().optional(),
  premiseRouteType: z.enum(['TRUNK', 'ROUTE_GROUP']).optional(),
  premiseRouteId: z.string().optional(),
});
export type SetConnection = z.infer<typeof setConnectionBody>;
