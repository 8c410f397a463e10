import { deleteOrganization } from '../domain/organizations/changes';
import { getOrganization, listOrganizations, organizationOf } from '../domain/organizations/find';
import { presentOrganization } from '../domain/organizations/present';
import { listLicenses } from '../domain/packages/licenses';
import { getRole, listRoles } from '../domain/people/roles';
import { type Operation, operation } from '../http/operation';
import { orgQuery } from './parameters';

/** Roles, licenses and organizations: the operations of the admin documents. */
export const adminOperations: Operation[] = [
  operation({
    method: 'GET',
    path: '/roles',
    handle: ({ world }) => ({ status: 200, body: { items: listRoles(world) } }),
  }),
  operation({
    method: 'GET',
    path: '/roles/{roleId}',
    handle: ({ world, param }) => ({ status: 200, body: getRole(world, param('roleId')) }),
  }),
  operation({
    method: 'GET',
    path: '/licenses',
    query: orgQuery,
    handle: ({ world, query }) => ({
      status: 200,
      body: { items: listLicenses(world, organizationOf(world, query.orgId).id) },
    }),
  }),
  operation({
    method: 'GET',
    path: '/organizations',
    handle: ({ world }) => ({ status: 200, body: { items: listOrganizations(world).map(presentOrganization) } }),
  }),
  operation({
    method: 'GET',
    path: '/organizations/{orgId}',
    handle: ({ world, param }) => {
      const organization = getOrganization(world, param('orgId'));
      world.weather.manage(organization.id);
      return { status: 200, body: presentOrganization(organization) };
    },
  }),
  operation({
    method: 'DELETE',
    path: '/organizations/{orgId}',
    handle: ({ world, param }) => {
      deleteOrganization(world, param('orgId'));
      return { status: 204 };
    },
  }),
];
