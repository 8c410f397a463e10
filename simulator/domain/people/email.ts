import { conflict } from '../../api-error';
import type { PersonRow } from '../../storage/rows';
import type { World } from '../../world';

/** The code in the documented example: "The email is already associated with an existing user." */
export const EMAIL_IN_USE = 10022;

/** "They'll have 15 days to verify if the new email address is correct" (Cisco help nsi3kgb). */
const CONFIRMATION_DAYS = 15;

/** True if a person has an email address, or may get it back. */
export function isEmailTaken(world: World, address: string, except = ''): boolean {
  const sql = 'SELECT 1 FROM people WHERE (email = ?1 OR previous_email = ?1) AND id <> ?2';
  return world.db.first(sql, address, except) !== undefined;
}

/**
 * Refuses (409) an email address that a user or subscriber has, or that a user may get back by not confirming a new
 * one.
 */
export function checkEmailFree(world: World, address: string, except = ''): void {
  const sql = 'SELECT 1 FROM subscribers WHERE email = ? AND (person_id IS NULL OR person_id <> ?)';
  if (isEmailTaken(world, address, except) || world.db.first(sql, address, except))
    throw conflict(`The email is already associated with an existing user: ${address}.`, EMAIL_IN_USE);
}

/**
 * Changes the address of a person and its subscriber. Both addresses get a mail. The change applies immediately; the
 * old address is restored if the user doesn't confirm the new one in time (Cisco help nsi3kgb). The API doesn't show
 * that a confirmation is pending.
 */
export function changeEmail(world: World, person: PersonRow, address: string | undefined): void {
  if (address === undefined || address === person.email) return;
  checkEmailFree(world, address, person.id);
  const now = world.clock.now();
  const original = person.previous_email ?? person.email;
  setEmail(world, person.id, address);
  const returned = address.toLowerCase() === original.toLowerCase();
  world.db.update('people', 'id', person.id, {
    previous_email: returned ? null : original,
    confirm_by: returned ? null : now + CONFIRMATION_DAYS * 86_400_000,
  });
  if (returned) return;
  for (const recipient of [person.email, address])
    world.db.insert('mails', { kind: 'emailChange', recipient, object_id: person.id, sent: now });
}

/** Confirms the new address. @returns false if no confirmation was pending */
export function confirmEmail(world: World, address: string): boolean {
  const sql =
    'UPDATE people SET previous_email = NULL, confirm_by = NULL WHERE email = ? AND previous_email IS NOT NULL';
  return world.db.run(sql, address) > 0;
}

/** Restores the old address of users that didn't confirm the new one in time. */
export function returnEmails(world: World, now: number): void {
  for (const { id, previous_email } of world.db.all<PersonRow>('SELECT * FROM people WHERE confirm_by <= ?', now)) {
    if (previous_email !== null) setEmail(world, id, previous_email);
    world.db.update('people', 'id', id, { previous_email: null, confirm_by: null });
  }
}

function setEmail(world: World, personId: string, email: string): void {
  world.db.update('people', 'id', personId, { email });
  world.db.run('UPDATE subscribers SET email = ? WHERE person_id = ?', email, personId);
}
