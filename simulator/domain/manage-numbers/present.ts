import { fromJson, type JobRow } from '../../storage/rows';
import type { World } from '../../world';
import { presentJob, resultOf } from '../jobs/present';
import type { ManageNumbersRequest } from './changes';

/**
 * A manage numbers job. Its counts are those of the examples; the schema has the counts of the move users job.
 */
export function presentNumbersJob(world: World, job: JobRow): Record<string, unknown> {
  const { done, exitCode } = resultOf(job);
  const request = fromJson<ManageNumbersRequest>(job.request);
  const total = job.ended === null ? 0 : request.numbers.length;
  const moves = request.operation === 'MOVE';
  const steps = [
    { name: 'manageNumbersDeciderStep', status: 'COMPLETED' },
    { name: moves ? 'managenumbersMoveNumbers' : 'managenumbersNumberUsageChange', status: exitCode },
  ];
  return {
    ...presentJob(world, job, steps),
    jobType: 'managenumbers',
    operationType: request.operation,
    sourceLocationId: request.sourceLocationId,
    targetLocationId: request.targetLocationId,
    counts: {
      totalNumbers: total,
      numbersDeleted: 0,
      numbersMoved: moves ? done : 0,
      numbersFailed: total - done,
      numbersUsageChanged: moves ? 0 : done,
    },
  };
}
