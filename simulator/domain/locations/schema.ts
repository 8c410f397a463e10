import { z } from 'zod';
import { language, locationAddress, newLocationAddress, text, timeZone } from '../fields';

const coordinate = z.string().regex(/^-?\d{1,3}(\.\d+)?$/, 'must be a decimal number');
const notes = z.string().max(2048);

/** POST /locations. `announcementLanguage`, a calling detail, may be null (public evidence: wxc_sdk). */
export const createBody = z.object({
  name: text,
  timeZone,
  preferredLanguage: language,
  announcementLanguage: language.nullable(),
  address: newLocationAddress,
  latitude: coordinate.optional(),
  longitude: coordinate.optional(),
  notes: notes.optional(),
});
export type CreateLocation = z.infer<typeof createBody>;

/** PUT /locations/{locationId}. The document lacks coordinates and notes, but Webex changes them. */
export const updateBody = z.object({
  name: text.optional(),
  timeZone: timeZone.optional(),
  preferredLanguage: language.optional(),
  address: locationAddress
    .extend({ address2: z.string().max(2048).nullable(), state: z.string().max(256) })
    .partial()
    .optional(),
  latitude: coordinate.optional(),
  longitude: coordinate.optional(),
  notes: notes.optional(),
});
export type UpdateLocation = z.infer<typeof updateBody>;
