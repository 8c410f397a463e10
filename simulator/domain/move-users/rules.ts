import { canonicalId } from '../../ids';
import { fromJson, type JobRow, type LocationRow, type PersonRow } from '../../storage/rows';
import type { World } from '../../world';
import { extensionError } from '../calling/extensions';
import { type CallingAssignment, holderOfExtension, numberOf } from '../calling/lines';
import { numberMoveError } from '../manage-numbers/rules';
import { numberRow } from '../numbers/find';
import type { Move, MoveUsersEntry } from './schema';

/** A code and a message of the move users document. */
export interface Finding {
  code: number;
  message: string;
}

/** The plan of moving one user, or the errors that prevent it. */
export interface MovePlan {
  /** Undefined if there are errors. */
  line: (CallingAssignment & { numberMoves: boolean }) | undefined;
  impacts: Finding[];
  errors: Finding[];
}

/** "A maximum of `100` users can be moved at a time." */
const MAX_USERS = 100;

const E164 = /^\+[1-9]\d{1,14}$/;

/** Checks the request itself. Its errors are answered with 400, for a validation and for a move. */
export function requestErrors(world: World, orgId: string, usersList: readonly MoveUsersEntry[]): Finding[] {
  const users = usersList.flatMap((entry) => (entry.users ?? []).map((user) => ({ ...user, entry })));
  const errors: Finding[] = [];
  const refuse = (wrong: boolean, code: number, message: string) => {
    if (wrong) errors.push({ code, message });
  };
  refuse(usersList.length === 0, 1026011, 'Users list should not be empty.');
  for (const entry of usersList) {
    refuse(entry.validate === undefined, 1026006, "Attribute 'Validate' is required.");
    refuse(!entry.users?.length, 1026012, 'Users should not be empty.');
  }
  refuse(users.length > MAX_USERS, 1026018, 'Selected Users list exceeds the maximum limit.');
  const ids = users.map(({ userId }) => canonicalId('PEOPLE', userId ?? ''));
  refuse(new Set(ids).size < ids.length, 1026019, 'Duplicate entry for user is not allowed.');
  const validating = usersList.some(({ validate }) => validate);
  refuse(validating && users.length > 1, 1026020, "Validate 'true' is supported only for single user.");
  if (errors.length > 0) return errors;
  for (const [index, { entry, extension, phoneNumber }] of users.entries()) {
    const person = personOf(world, orgId, ids[index]);
    refuse(!person, 2150012, 'User was not found');
    if (!person) continue;
    if (!person.calling) {
      refuse(validating, 1026022, "Validate 'true' is supported for calling users only.");
      refuse(
        Boolean(extension || phoneNumber),
        1026023,
        'Extension and phone number is supported for calling users only.',
      );
      refuse(users.length > 1, 1026010, 'User is not a valid Calling User.');
      continue;
    }
    refuse(!entry.locationId, 1026021, 'Attribute location id is required for Calling user.');
    refuse(
      canonicalId('LOCATION', entry.locationId ?? '') === person.location_id,
      1026013,
      'The source and the target location cannot be the same.',
    );
    refuse(Boolean(phoneNumber) && !E164.test(phoneNumber ?? ''), 1026017, 'Phone number is not in e164 format.');
    const nothing = extension === '' && phoneNumber === '';
    refuse(nothing, 1026016, 'User should have either phone number or extension.');
  }
  return errors;
}

/** The user in a request, if the organization has it. */
function personOf(world: World, orgId: string, id: string | undefined): PersonRow | undefined {
  return world.db.first<PersonRow>('SELECT * FROM people WHERE id = ? AND org_id = ?', id ?? '', orgId);
}

/** The calling location in a request, if the organization has it. */
export function targetOf(world: World, orgId: string, sentId: string | undefined): LocationRow | undefined {
  const sql = 'SELECT * FROM locations WHERE id = ? AND org_id = ? AND calling = 1';
  return world.db.first<LocationRow>(sql, canonicalId('LOCATION', sentId ?? '') ?? '', orgId);
}

/** The users in running jobs. */
export function usersBeingMoved(jobs: readonly JobRow[]): Set<string> {
  return new Set(jobs.flatMap((job) => fromJson<Move[]>(job.request).map(({ personId }) => personId)));
}

/** Errors and impacts of moving one calling user, for `validate` and for the job. */
export function planMove(world: World, orgId: string, move: Move): MovePlan {
  const plan: MovePlan = { line: undefined, impacts: [], errors: [] };
  const target = targetOf(world, orgId, move.locationId);
  const person = personOf(world, orgId, move.personId);
  if (!person) plan.errors.push({ code: 4003, message: '[Error 4003] User Not Found' });
  if (!target) plan.errors.push({ code: 5620, message: '[Error 5620] Location Not Found' });
  if (!person || !target) return plan;
  const extension = planExtension(world, person, target, move, plan);
  const number = planNumber(world, person, target, move, plan);
  // The number moves also if the extension is lost. One of the two must remain.
  if (plan.errors.length === 0 && extension === null && number === null)
    plan.errors.push({ code: 1026016, message: 'User should have either phone number or extension.' });
  if (plan.errors.length > 0) return plan;
  plan.impacts.push(
    target.main_number === null
      ? { code: 19723, message: '[Informational 19723] New group CLID number is not configured.' }
      : informational(19722, `User CLID number is set to use the new group CLID number: ${target.main_number}.`),
  );
  plan.line = { location: target, extension, number, numberMoves: move.phoneNumber === undefined };
  return plan;
}

function planExtension(
  world: World,
  person: PersonRow,
  target: LocationRow,
  move: Move,
  plan: MovePlan,
): string | null {
  const wanted = move.extension ?? person.extension;
  if (!wanted) return null;
  const malformed = extensionError(wanted);
  if (malformed) plan.errors.push({ code: malformed.errorCode, message: malformed.message });
  if (!holderOfExtension(world, target.id, wanted)) return wanted;
  if (move.extension === undefined) {
    const why = 'either the length is out of bounds of the new group, or the extension is already taken in new group';
    plan.impacts.push(informational(19713, `The extension of the user is reset to empty due to ${why}.`));
    return null;
  }
  const message = `[Error 4202] The extension is not available. It is already assigned to a user : ${wanted}`;
  plan.errors.push({ code: 4202, message });
  return null;
}

function planNumber(world: World, person: PersonRow, target: LocationRow, move: Move, plan: MovePlan): string | null {
  if (move.phoneNumber === '') return null;
  if (move.phoneNumber !== undefined) {
    const row = numberRow(world, move.phoneNumber);
    if (row?.location_id === target.id && row.person_id === null) return row.number;
    const message = `[Error 27966] The phone number, ${move.phoneNumber}, is not available in the new group.`;
    plan.errors.push({ code: 27966, message });
    return null;
  }
  const number = numberOf(world, person.id);
  if (number === undefined) return null;
  const source = world.db.first<LocationRow>('SELECT * FROM locations WHERE id = ?', person.location_id);
  const error = source && numberMoveError(world, number, source, target);
  if (error) plan.errors.push(error);
  else {
    const which = 'The primary number, alternate numbers or fax messaging number of the user';
    plan.impacts.push(informational(19717, `${which} are assigned to the new group: ${number}.`));
  }
  return number;
}

function informational(code: number, message: string): Finding {
  return { code, message: `[Informational ${code}] ${message}` };
}
