import { deleteOrganization } from '../domain/organizations/changes';
import { getOrganization, listOrganizations, organizationOf } from '../domain/organizations/find';
import { presentOrganization } from '../domain/organizations/present';
import { listLicenses } from '../domain/packages/licenses';
import { getRole, listRoles } from '../domain/people/roles';
import { NO_CONTENT, type Operation, ok, operation } from '../http/operation';
import { orgQuery } from './parameters';

/** Roles, licenses and organizations: the operations of the admin documents. */
export const adminOperations: Operation[] = [
  operation('GET', '/roles', {}, ({ world }) => ok({ items: listRoles(world) })),
  operation('GET', '/roles/{roleId}', {}, ({ world, param }) => ok(getRole(world, param('roleId')))),
  operation('GET', '/licenses', { query: orgQuery }, ({ world, query }) =>
    ok({ items: listLicenses(world, organizationOf(world, query.orgId).id) }),
  ),
  operation('GET', '/organizations', {}, ({ world }) =>
    ok({ items: listOrganizations(world).map(presentOrganization) }),
  ),
  operation('GET', '/organizations/{orgId}', {}, ({ world, param }) => {
    const organization = getOrganization(world, param('orgId'));
    world.weather.manage(organization.id);
    return ok(presentOrganization(organization));
  }),
  operation('DELETE', '/organizations/{orgId}', {}, ({ world, param }) => {
    deleteOrganization(world, param('orgId'));
    return NO_CONTENT;
  }),
];
