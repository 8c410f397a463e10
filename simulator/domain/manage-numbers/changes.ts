import { batchRefusal, conflict } from '../../api-error';
import { fromJson, type JobFailure, type JobRow, type LocationRow } from '../../storage/rows';
import type { World } from '../../world';
import { getCallingLocation } from '../calling/find';
import { endItems, startJob } from '../jobs/changes';
import { runningJobs } from '../jobs/find';
import { getLocation } from '../locations/find';
import { numberRow } from '../numbers/find';
import { connectionOf } from '../pstn/find';
import { batchMoveError } from './rules';
import type { ManageNumbers } from './schema';

/** The request of a job. */
export interface ManageNumbersRequest {
  operation: ManageNumbers['operation'];
  sourceLocationId: string;
  targetLocationId: string;
  usage: 'NONE' | 'SERVICE' | undefined;
  numbers: string[];
}

/**
 * Starts a job. Errors: 404 for an unknown location, 400 for a target in another organization or a number that the
 * source location doesn't have (BATCH-1017017), 409 while another job of the organization is in progress.
 */
export function manageNumbers(world: World, input: ManageNumbers, trackingId: string): JobRow {
  const [entry = { locationId: '', numbers: [] }] = input.numberList;
  const source = getCallingLocation(world, entry.locationId);
  const target =
    input.operation === 'MOVE' ? getCallingLocation(world, input.targetLocationId ?? '', source.org_id) : source;
  if (entry.numbers.some((number) => numberRow(world, number)?.location_id !== source.id))
    throw batchRefusal({ code: 'BATCH-1017017', description: 'Invalid phone number.' });
  if (runningJobs(world, 'managenumbers', source.org_id).length > 0)
    throw conflict('Another job that manages phone numbers of the organization is in progress.');
  const request: ManageNumbersRequest = {
    operation: input.operation,
    sourceLocationId: source.id,
    targetLocationId: target.id,
    usage: input.numberUsageType,
    numbers: entry.numbers,
  };
  return startJob(world, { kind: 'managenumbers', orgId: source.org_id, trackingId, status: 'STARTED', request });
}

/** Finishes a job that is due: each number is moved or changed, or listed in the job's errors. */
export function finishNumbers(world: World, job: JobRow): void {
  const request = fromJson<ManageNumbersRequest>(job.request);
  const source = getLocation(world, request.sourceLocationId);
  const target = getLocation(world, request.targetLocationId);
  const errors: JobFailure[] = [];
  for (const number of request.numbers) {
    const error =
      request.operation === 'MOVE' ? move(world, number, source, target) : use(world, number, source, request);
    if (error) errors.push({ item: number, ...error, locationId: target.id });
  }
  endItems(world, job, request.numbers.length - errors.length, errors);
}

type Refused = { code: string; description: string } | undefined;

function move(world: World, number: string, source: LocationRow, target: LocationRow): Refused {
  const error = batchMoveError(numberRow(world, number), source, target);
  if (!error) world.db.update('numbers', 'number', number, { location_id: target.id });
  return error;
}

function use(world: World, number: string, source: LocationRow, { usage = 'NONE' }: ManageNumbersRequest): Refused {
  const row = numberRow(world, number);
  if (row?.person_id) return { code: 'BATCH-1017023', description: 'Failed because it is not an unassigned number.' };
  // "Number Usage Type can be set to `SERVICE` if carrier has the PSTN service `SERVICE_NUMBERS`."
  if (usage === 'SERVICE' && !connectionOf(source)?.pstnServices.includes('SERVICE_NUMBERS'))
    return { code: 'BATCH-1017027', description: 'Manage Numbers Move Operation is not supported.' };
  world.db.update('numbers', 'number', number, { usage });
  return undefined;
}
