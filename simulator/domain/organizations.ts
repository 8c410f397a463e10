import { conflict, forbidden, notFound } from '../http/errors';
import { canonicalId, newId } from '../ids';
import { isoDate, type OrganizationRow } from '../storage/rows';
import { forPartner, type World } from '../world';
import type { Template } from './templates';

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

/** The organization that a request is about: the `orgId` parameter, or else "the organization of the authenticated user". */
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

/** Makes another partner: Webex does that by contract, here the control plane does. */
export function createPartner(world: World, displayName: string): OrganizationRow {
  const id = newId('ORGANIZATION');
  world.db.insert('organizations', {
    id,
    partner_id: id,
    display_name: displayName,
    kind: 'partner',
    authentication: JSON.stringify({ type: 'webex' }),
    created: world.clock.now(),
  });
  return getOrganization(forPartner(world, id), id);
}

/** Makes an organization. Each new one gets a trunk and a route group, so that premises-based PSTN can be tried (assumption). */
export function createOrganization(
  world: World,
  kind: 'customer' | 'sub_partner',
  displayName: string,
  authentication: Template['authentication'],
  created: number,
): OrganizationRow {
  const id = newId('ORGANIZATION');
  world.db.insert('organizations', {
    id,
    partner_id: world.partnerId,
    display_name: displayName,
    kind,
    authentication: JSON.stringify(authentication ?? { type: 'webex' }),
    trunk_id: newId('TRUNK'),
    route_group_id: newId('ROUTE_GROUP'),
    created,
  });
  return getOrganization(world, id);
}

/**
 * Deletes an organization with everything in it. Errors: 403 the partner's own (assumption); 409 as the description of DELETE
 * /organizations/{orgId} lists them: "active subscriptions or licenses" (a wholesale customer is mapped), "more than 1 user",
 * "managed orgs" (a sub-partner with customers).
 */
export function deleteOrganization(world: World, sentId: string): void {
  const organization = getOrganization(world, sentId);
  const { id } = organization;
  if (organization.kind === 'partner') throw forbidden('The organization of the token cannot be deleted.');
  if (world.db.first('SELECT 1 FROM customers WHERE org_id = ? OR attach_org_id = ?', id, id))
    throw conflict('Org cannot be deleted as it has active subscriptions or licenses.');
  if (world.db.first('SELECT 1 FROM customers WHERE sub_partner_org_id = ?', id))
    throw conflict('Org cannot be deleted as it has managed orgs.');
  if (world.db.all('SELECT 1 FROM people WHERE org_id = ? LIMIT 2', id).length > 1)
    throw conflict('Org cannot be deleted as it has more than 1 user.');
  world.db.run('DELETE FROM numbers WHERE org_id = ?', id);
  world.db.run('DELETE FROM people WHERE org_id = ?', id);
  for (const table of ['locations', 'licenses', 'sub_partners', 'jobs'])
    world.db.run(`DELETE FROM ${table} WHERE org_id = ?`, id);
  world.db.run('DELETE FROM organizations WHERE id = ?', id);
}

/** The Organization object of the admin documents. */
export function presentOrganization(row: OrganizationRow): { id: string; displayName: string; created: string } {
  return { id: row.id, displayName: row.display_name, created: isoDate(row.created) };
}
