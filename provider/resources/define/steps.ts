import { PartialFailure } from '../../lifecycle';
import { messageOf } from '../outcomes/errors';

/**
 * Runs the steps of a create or update. What a step records is kept when a later one fails: the run fails partially
 * then, and the next update continues from what was recorded.
 * @param exists the object exists by our doing, so that a failure is a partial one also before anything was recorded
 * @throws PartialFailure with the recorded state
 */
export async function inSteps<S extends object>(
  id: string,
  start: S,
  exists: boolean,
  steps: (record: (part: Partial<S>) => void, current: () => S) => Promise<void>,
): Promise<S> {
  let state = start;
  let recorded = exists;
  const record = (part: Partial<S>) => {
    state = { ...state, ...part };
    recorded = true;
  };
  try {
    await steps(record, () => state);
    return state;
  } catch (error) {
    if (error instanceof PartialFailure || !recorded) throw error;
    throw new PartialFailure(id, state, [messageOf(error)], error);
  }
}
