import { badRequest, notFound } from '../../api-error';
import { canonicalId } from '../../ids';
import { fromJson, type PersonRow } from '../../storage/rows';
import { FULL_ADMINISTRATOR } from '../../storage/seed';
import type { World } from '../../world';

/** A role in GET /roles. */
export interface Role {
  id: string;
  name: string;
}

/** All roles, the full administrator first. */
export function listRoles(world: World): Role[] {
  return world.db.all<Role>('SELECT id, name FROM roles ORDER BY rowid');
}

/** Finds a role by an ID from a client. Throws 404. */
export function getRole(world: World, sentId: string): Role {
  const role = listRoles(world).find(({ id }) => id === canonicalId('ROLE', sentId));
  if (!role) throw notFound(`role ${sentId}`);
  return role;
}

/** The canonical IDs of roles in a request. Throws 400 for an unknown role. */
export function checkRoles(world: World, sent: readonly string[]): string[] {
  const known = new Set(listRoles(world).map(({ id }) => id));
  const ids = sent.map((sentId) => {
    const id = canonicalId('ROLE', sentId);
    if (id === undefined || !known.has(id)) throw badRequest(`Invalid field 'roles': there is no role ${sentId}.`);
    return id;
  });
  return [...new Set(ids)];
}

/** The ID of the full administrator's role. */
export function fullAdministratorRole(world: World): string {
  const id = listRoles(world).find(({ name }) => name === FULL_ADMINISTRATOR)?.id;
  if (id === undefined) throw new Error('the database holds no full administrator role');
  return id;
}

/** True if a person is a full administrator. */
export function isFullAdministrator(world: World, person: PersonRow): boolean {
  return fromJson<string[]>(person.roles).includes(fullAdministratorRole(world));
}
