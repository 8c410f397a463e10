import { Leftovers } from '../moves/leftovers';
import type { Run } from '../run/run';
import { type CallingTarget, updateCalling } from './api';
import { mainNumberOf } from './bring-numbers';

/** Sets the main number. Another location may then bring the main number before it. */
export async function setMainNumber(
  run: Run,
  target: Pick<CallingTarget, 'orgId' | 'locationId' | 'path'>,
  number: string,
): Promise<void> {
  await updateCalling(run, target, { callingLineId: { phoneNumber: number } });
  await Leftovers.of(run).released([mainNumberOf(target.locationId)]);
}
