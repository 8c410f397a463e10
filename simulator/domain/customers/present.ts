import { type CustomerRow, fromJson } from '../../storage/rows';
import type { World } from '../../world';
import type { CustomerPackage } from '../packages/catalogue';
import { licenseOf } from '../packages/licenses';
import { type PackageStates, packagesOf } from './status';

/**
 * The Customer object of the wholesale documents. `orgId` is "only presented when status is `provisioned`", but the
 * list example has it for provisioned_with_errors, too. So it is shown after the first provisioning.
 */
export function presentCustomer(world: World, row: CustomerRow, withLicenses: boolean): Record<string, unknown> {
  const states = fromJson<PackageStates>(row.package_states);
  const names = Object.keys(states) as CustomerPackage[];
  const errors = fromJson<unknown[]>(row.errors);
  const license = (name: CustomerPackage) => (row.org_id === null ? undefined : licenseOf(world, row.org_id, name));
  return {
    id: row.id,
    ...(row.org_id === null ? {} : { orgId: row.org_id }),
    externalId: row.external_id,
    address: fromJson<unknown>(row.address),
    status: row.status,
    packages: packagesOf(row),
    resourceDetails: {
      packages: names.map((name) => {
        const id = withLicenses ? license(name) : undefined;
        return { name, ...states[name], ...(id === undefined ? {} : { licenseIds: [id] }) };
      }),
    },
    ...(errors.length ? { errors } : {}),
  };
}
