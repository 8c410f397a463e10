import { forbidden, notFound } from '../../api-error';
import { canonicalId } from '../../ids';
import type { OrganizationRow } from '../../storage/rows';
import type { World } from '../../world';

/** The organization of the token: the partner. */
export function partnerOrganization(world: World): OrganizationRow {
  return getOrganization(world, world.partnerId);
}

/** Finds an organization by an ID from a client. Throws 403 for one of another partner. */
export function findOrganization(world: World, sentId: string): OrganizationRow | undefined {
  const id = canonicalId('ORGANIZATION', sentId);
  const sql = 'SELECT * FROM organizations WHERE id = ?';
  const row = id === undefined ? undefined : world.db.first<OrganizationRow>(sql, id);
  // "403 Forbidden: The request is understood, but it has been refused or access is not allowed" (response tables).
  if (row && row.partner_id !== world.partnerId) throw forbidden(`You do not manage the organization ${sentId}.`);
  return row;
}

/** Like {@link findOrganization}, but throws 404 if there is none. */
export function getOrganization(world: World, sentId: string): OrganizationRow {
  const row = findOrganization(world, sentId);
  if (!row) throw notFound(`organization ${sentId}`);
  return row;
}

/**
 * The organization of a request: the `orgId` parameter, or else "the organization of the authenticated user".
 */
export function organizationOf(world: World, orgId: string | undefined): OrganizationRow {
  return orgId === undefined ? partnerOrganization(world) : getOrganization(world, orgId);
}

/** All organizations that the partner sees, itself first. */
export function listOrganizations(world: World): OrganizationRow[] {
  return world.db.all<OrganizationRow>(
    'SELECT * FROM organizations WHERE partner_id = ? ORDER BY created, rowid',
    world.partnerId,
  );
}
