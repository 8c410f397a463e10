import { z } from 'zod';
import { text } from '../fields';

/** "Up to 1000 numbers can be given." */
const MAX_NUMBERS = 1000;

/** POST /telephony/config/jobs/numbers/manageNumbers. */
export const manageNumbersBody = z
  .object({
    operation: z.enum(['MOVE', 'NUMBER_USAGE_CHANGE']),
    targetLocationId: text.optional(),
    numberUsageType: z.enum(['NONE', 'SERVICE']).optional(),
    numberList: z.array(z.object({ locationId: text, numbers: z.array(z.string()).min(1) })).length(1),
  })
  .refine(({ operation, targetLocationId }) => operation !== 'MOVE' || targetLocationId !== undefined, {
    message: 'required for a MOVE',
    path: ['targetLocationId'],
  })
  .refine(({ operation, numberUsageType }) => operation === 'MOVE' || numberUsageType !== undefined, {
    message: 'required for a NUMBER_USAGE_CHANGE',
    path: ['numberUsageType'],
  })
  .refine(({ numberList }) => numberList.flatMap(({ numbers }) => numbers).length <= MAX_NUMBERS, {
    message: `must hold at most ${MAX_NUMBERS} numbers`,
    path: ['numberList'],
  });
export type ManageNumbers = z.infer<typeof manageNumbersBody>;
