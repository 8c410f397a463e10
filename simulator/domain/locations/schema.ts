import { z } from 'zod';
import { type LocationAddress, language, locationAddress, text, timeZone } from '../fields';

/** What makes a location; all fields of POST /locations. */
export interface LocationInput {
  name: string;
  timeZone: string;
  preferredLanguage: string;
  announcementLanguage: string;
  address: LocationAddress;
  latitude?: string | undefined;
  longitude?: string | undefined;
  notes?: string | undefined;
}

const coordinate = z.string().regex(/^-?\d{1,3}(\.\d+)?$/, 'must be a decimal number');

export const createBody = z.object({
  name: text,
  timeZone,
  preferredLanguage: language,
  announcementLanguage: language,
  address: locationAddress,
  latitude: coordinate.optional(),
  longitude: coordinate.optional(),
  notes: z.string().max(2048).optional(),
});

export const updateBody = z.object({
  name: text.optional(),
  timeZone: timeZone.optional(),
  preferredLanguage: language.optional(),
  address: locationAddress.partial().optional(),
});
