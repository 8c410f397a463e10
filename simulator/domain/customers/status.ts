import { type CustomerRow, fromJson } from '../../storage/rows';
import type { CustomerPackage } from '../packages/catalogue';

/** The status of a package of a customer (wholesale documents, Package). */
export interface PackageState {
  status: 'provisioned' | 'provisioning' | 'deleting' | 'error';
  errors?: { errorCode: number; description: string }[];
}

export type PackageStates = Partial<Record<CustomerPackage, PackageState>>;

/** The packages of a customer, including those that are being provisioned. */
export function packagesOf(customer: CustomerRow): CustomerPackage[] {
  return fromJson<CustomerPackage[]>(customer.packages);
}

/** The packages that are usable now. */
export function provisionedPackages(customer: CustomerRow): CustomerPackage[] {
  const states = fromJson<PackageStates>(customer.package_states);
  return packagesOf(customer).filter((name) => states[name]?.status === 'provisioned');
}

/** True if no change is in progress and users can be added. */
export function isUsable(customer: CustomerRow): boolean {
  return customer.status === 'provisioned' || customer.status === 'provisioned_with_errors';
}
