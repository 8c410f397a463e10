import { batchRefusal, conflict } from '../../api-error';
import { canonicalId, uuidOf } from '../../ids';
import { fromJson, type JobFailure, type JobRow } from '../../storage/rows';
import type { World } from '../../world';
import { assignCalling } from '../calling/lines';
import { isBeingDisabled } from '../disable-calling/changes';
import { endItems, startJob } from '../jobs/changes';
import { runningJobs } from '../jobs/find';
import { getLocation } from '../locations/find';
import { planMove, requestErrors, targetOf, usersBeingMoved } from './rules';
import type { Move, MoveUsers } from './schema';

/** The result of a request: a validation, a job, or the immediate move of one user without calling. */
export type Moved =
  | { kind: 'validated'; move: Move }
  | { kind: 'started'; job: JobRow }
  | { kind: 'moved'; move: Move };

/**
 * Validates or starts a move. Errors: 400 with the codes of the document; 409 for a user in another running job, and
 * for a location that is losing calling (assumptions).
 */
export function moveUsers(world: World, orgId: string, input: MoveUsers, trackingId: string): Moved {
  const usersList = input.usersList ?? [];
  const errors = requestErrors(world, orgId, usersList);
  if (errors.length > 0) throw batchRefusal(errors);
  const moves: Move[] = usersList.flatMap(({ locationId = '', users = [] }) =>
    users.map(({ userId = '', extension, phoneNumber }) => ({
      personId: canonicalId('PEOPLE', userId) ?? '',
      locationId,
      extension,
      phoneNumber,
    })),
  );
  const [first] = moves;
  if (first && usersList.some(({ validate }) => validate)) return { kind: 'validated', move: first };
  if (first && moves.length === 1 && !isCalling(world, first)) {
    const location = getLocation(world, first.locationId, orgId);
    world.db.update('people', 'id', first.personId, { location_id: location.id, modified: world.clock.now() });
    return { kind: 'moved', move: first };
  }
  checkNoOtherJob(world, orgId, moves);
  const job = startJob(world, { kind: 'moveusers', orgId, trackingId, status: 'STARTED', request: moves });
  return { kind: 'started', job };
}

/** Finishes a job that is due: each user is moved, or stays and is listed in the job's errors. */
export function finishMoves(world: World, job: JobRow): void {
  const errors: JobFailure[] = [];
  const moves = fromJson<Move[]>(job.request);
  for (const move of moves) {
    const plan = planMove(world, job.org_id, move);
    for (const { code, message } of plan.errors)
      errors.push({
        item: uuidOf(move.personId),
        code: String(code),
        description: message,
        locationId: canonicalId('LOCATION', move.locationId) ?? move.locationId,
      });
    if (!plan.line) continue;
    const { location, number, numberMoves } = plan.line;
    if (numberMoves && number !== null) world.db.update('numbers', 'number', number, { location_id: location.id });
    assignCalling(world, move.personId, plan.line);
    world.db.update('people', 'id', move.personId, { modified: job.ready_at ?? world.clock.now() });
  }
  endItems(world, job, moves.length - new Set(errors.map(({ item }) => item)).size, errors);
}

function isCalling(world: World, { personId }: Move): boolean {
  return world.db.first('SELECT 1 FROM people WHERE id = ? AND calling = 1', personId) !== undefined;
}

function checkNoOtherJob(world: World, orgId: string, moves: readonly Move[]): void {
  const moving = usersBeingMoved(runningJobs(world, 'moveusers', orgId));
  const twice = moves.find(({ personId }) => moving.has(personId));
  if (twice) throw conflict(`A job that moves the user ${twice.personId} is already in progress.`);
  for (const { locationId } of moves) {
    const target = targetOf(world, orgId, locationId);
    if (target && isBeingDisabled(world, target))
      throw conflict(`Webex Calling is being disabled at the location ${target.name}.`);
  }
}
