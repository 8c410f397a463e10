import { z } from 'zod';
import { text } from '../fields';

/** POST /telephony/config/jobs/locations/deleteCallingLocation. */
export const disableCallingBody = z.object({
  locationId: text,
  locationName: z.string().optional(),
  forceDelete: z.boolean().optional(),
});
