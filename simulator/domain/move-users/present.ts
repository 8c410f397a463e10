import { fromJson, type JobRow } from '../../storage/rows';
import type { World } from '../../world';
import { presentJob, resultOf } from '../jobs/present';
import { planMove } from './rules';
import type { Move } from './schema';

/** The answer to a validation: the impacts of the move and its errors. */
export function presentValidation(world: World, orgId: string, move: Move): Record<string, unknown> {
  const { impacts, errors } = planMove(world, orgId, move);
  return { response: [{ userId: move.personId, impacts, errors }] };
}

/** A move users job. */
export function presentMoveJob(world: World, job: JobRow): Record<string, unknown> {
  const { done, exitCode } = resultOf(job);
  const moves = fromJson<Move[]>(job.request);
  const total = job.ended === null ? 0 : moves.length;
  return {
    ...presentJob(world, job, [{ name: 'moveusersvalidateAndMove', status: exitCode }]),
    counts: { totalMoves: total, moved: done, failed: total - done, pending: 0, skipped: 0 },
  };
}
