import { randomInt } from 'node:crypto';
import { forbidden } from '../../api-error';
import { canonicalId } from '../../ids';
import { isoDate } from '../../storage/rows';
import type { World } from '../../world';
import { createOrganization } from './changes';

interface SubPartnerRow {
  org_id: string;
  subscription_id: string;
  provisioning_state: 'active' | 'suspended';
  created: number;
}

/** Sub-partners of the partner; `state` filters by provisioning state. */
export function listSubPartners(world: World, state: string | undefined, max: number, offset: number): SubPartnerRow[] {
  return world.db.all<SubPartnerRow>(
    'SELECT sub_partners.* FROM sub_partners JOIN organizations ON organizations.id = org_id WHERE partner_id = ?1 ' +
      'AND (?2 IS NULL OR provisioning_state = ?2) ORDER BY sub_partners.created, sub_partners.rowid LIMIT ?3 OFFSET ?4',
    world.partnerId,
    state ?? null,
    max,
    offset,
  );
}

/** Creates a sub-partner, for the control plane. Webex's public API can't create one. */
export function createSubPartner(world: World, displayName: string, state: 'active' | 'suspended'): SubPartnerRow {
  const created = world.clock.now();
  const organization = createOrganization(world, 'sub_partner', displayName, { type: 'webex' }, created);
  const subscription_id = `Sub${randomInt(10_000_000, 99_999_999)}`;
  const row: SubPartnerRow = { org_id: organization.id, subscription_id, provisioning_state: state, created };
  world.db.insert('sub_partners', { ...row });
  return row;
}

/**
 * The organization of the sub-partner that a wholesale request is made for; null for the partner itself. Errors: 403
 * for an organization that isn't a sub-partner of the token's partner (assumption for the status), and for a suspended
 * one unless the request deletes: it "cannot provision, update customers and subscribers but can delete existing ones".
 */
export function onBehalfOf(
  world: World,
  sentId: string | undefined,
  intent: 'read' | 'change' | 'delete',
): string | null {
  if (sentId === undefined) return null;
  const id = canonicalId('ORGANIZATION', sentId);
  const sql =
    'SELECT sub_partners.* FROM sub_partners JOIN organizations ON organizations.id = org_id WHERE org_id = ? AND partner_id = ?';
  const row = id === undefined ? undefined : world.db.first<SubPartnerRow>(sql, id, world.partnerId);
  if (!row) throw forbidden(`The organization ${sentId} is not a sub-partner of yours.`);
  if (row.provisioning_state === 'suspended' && intent === 'change')
    throw forbidden('The sub-partner is suspended: it can delete customers and subscribers only.');
  return row.org_id;
}

/** The SubPartner object of the wholesale documents. */
export function presentSubPartner(row: SubPartnerRow): Record<string, string> {
  return {
    orgId: row.org_id,
    subscriptionId: row.subscription_id,
    provisioningState: row.provisioning_state,
    created: isoDate(row.created),
    billingStartDate: isoDate(row.created),
  };
}
