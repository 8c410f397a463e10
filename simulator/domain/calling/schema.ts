import { z } from 'zod';
import { e164, language, locationAddress, text, timeZone } from '../fields';

/** POST /telephony/config/locations. */
export const enableCallingBody = z.object({
  id: text,
  name: text,
  timeZone,
  preferredLanguage: language,
  announcementLanguage: language,
  address: locationAddress,
});
export type EnableCalling = z.infer<typeof enableCallingBody>;

/** PUT /telephony/config/locations/{locationId}. */
export const updateCallingBody = z.object({
  announcementLanguage: language.optional(),
  callingLineId: z.object({ name: text.optional(), phoneNumber: e164.optional() }).optional(),
  connection: z.object({ type: z.enum(['TRUNK', 'ROUTE_GROUP']), id: text }).optional(),
  externalCallerIdName: z.string().max(256).optional(),
  pAccessNetworkInfo: z.string().max(256).optional(),
  outsideDialDigit: z
    .string()
    .regex(/^\d{0,4}$/, 'must be numeric')
    .optional(),
  enforceOutsideDialDigit: z.boolean().optional(),
  routingPrefix: z
    .string()
    .regex(/^\d{0,20}$/, 'must be numeric')
    .optional(),
  chargeNumber: e164.optional(),
});
export type UpdateCalling = z.infer<typeof updateCallingBody>;
