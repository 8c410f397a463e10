import { z } from 'zod';
import { e164, language, newLocationAddress, text, timeZone } from '../fields';

/** Languages of announcements are written in lower case only (public evidence: wxops, wxcadm). */
const announcementLanguage = language.refine((code) => code === code.toLowerCase(), 'Invalid Language Code');

/** POST /telephony/config/locations. */
export const enableCallingBody = z.object({
  id: text,
  name: text,
  timeZone,
  preferredLanguage: language,
  announcementLanguage,
  // An empty second line is refused (public evidence: wxcadm).
  address: newLocationAddress.refine(({ address2 }) => address2 !== '', {
    message: 'must not be empty',
    path: ['address2'],
  }),
});
export type EnableCalling = z.infer<typeof enableCallingBody>;

/** PUT /telephony/config/locations/{locationId}. */
export const updateCallingBody = z.object({
  announcementLanguage: announcementLanguage.optional(),
  // GET returns an empty text without a main number, so PUT accepts it.
  callingLineId: z
    .object({ name: z.string().max(256).optional(), phoneNumber: e164.or(z.literal('')).optional() })
    .optional(),
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
