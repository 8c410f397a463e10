import { encodeId, uuidOf } from '../../ids';
import { isoDate } from '../../storage/rows';
import type { World } from '../../world';
import { partnerOrganization } from '../organizations/find';
import { fullAdministratorRole } from './roles';

/** The ID of the person that a token belongs to. */
export function partnerAdministratorId(world: World): string {
  return encodeId('PEOPLE', uuidOf(world.partnerId));
}

/**
 * The person that a token belongs to (GET /people/me): an administrator of the partner organization. No list contains
 * it, so that lists have only people of customers (assumption).
 */
export function presentMe(world: World): Record<string, unknown> {
  const { created } = partnerOrganization(world);
  return {
    id: partnerAdministratorId(world),
    emails: ['administrator@example.com'],
    displayName: 'Partner administrator',
    orgId: world.partnerId,
    roles: [fullAdministratorRole(world)],
    licenses: [],
    created: isoDate(created),
    lastModified: isoDate(created),
    status: 'unknown',
    invitePending: false,
    loginEnabled: true,
    type: 'person',
  };
}
