import { forbidden, notFound } from '../../api-error';
import { canonicalId } from '../../ids';
import type { OrganizationRow } from '../../storage/rows';
import type { World } from '../../world';

/** The organization of the token: the partner. */
export function partnerOrganization(world: World): OrganizationRow {
  return getOrganization(world, world.partnerId);
}

/** An organization by an ID that a client sent, if there is one; throws 403 where it is another partner's. */
export function findOrganization(world: World, sentId: string): OrganizationRow | undefined {
  const id = canonicalId('ORGANIZATION', sentId);
  const sql = 'SELECT * FROM organizations WHERE id = ?';
  const row = id === undefined ? undefined : world.db.first<OrganizationRow>(sql, id);
  // "403 Forbidden: The request is understood, but it has been refused or access is not allowed" (response tables).
  if (row && row.partner_id !== world.partnerId) throw forbidden(`You do not manage the organization ${sentId}.`);
  return row;
}

/** Like {@link findOrganization}; throws 404, too. */
export function getOrganization(world: World, sentId: string): OrganizationRow {
  const row = findOrganization(world, sentId);
  if (!row) throw notFound(`organization ${sentId}`);
  return row;
}

/**
 * The organization that a request is about: the `orgId` parameter, or else "the organization of the authenticated
 * user".
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
