import { z } from 'zod';
import { e164 } from '../fields';

const phoneNumbers = z.array(e164).min(1, 'must hold at least one phone number');

/** POST /telephony/config/locations/{locationId}/numbers. */
export const addNumbersBody = z.object({
  phoneNumbers: phoneNumbers.max(1000),
  numberType: z.enum(['TOLLFREE', 'DID', 'MOBILE']).default('DID'),
  numberUsageType: z.enum(['NONE', 'SERVICE']).default('NONE'),
  state: z.enum(['ACTIVE', 'INACTIVE']).optional(),
  subscriptionId: z.string().optional(),
});
export type AddNumbers = z.infer<typeof addNumbersBody>;

/** PUT of the same path. */
export const numbersBody = z.object({ phoneNumbers: phoneNumbers.max(1000) });

/** DELETE of the same path: "The maximum limit is 5." */
export const deleteNumbersBody = z.object({ phoneNumbers: phoneNumbers.max(5, 'must hold at most 5 phone numbers') });
