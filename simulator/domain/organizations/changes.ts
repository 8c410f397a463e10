import { conflict, forbidden } from '../../api-error';
import { newId } from '../../ids';
import type { OrganizationRow } from '../../storage/rows';
import { forPartner, type World } from '../../world';
import type { Template } from '../templates/schema';
import { getOrganization } from './find';

/** Creates another partner, for the control plane. In Webex a partner needs a contract. */
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

/**
 * Creates an organization. Each one gets a trunk and a route group, so that premises-based PSTN can be tested
 * (assumption).
 */
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
 * Deletes an organization with everything in it. Errors: 403 the partner's own (assumption); 409 as the description of
 * DELETE /organizations/{orgId} lists them: "active subscriptions or licenses" (a wholesale customer is mapped), "more
 * than 1 user", "managed orgs" (a sub-partner with customers).
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
