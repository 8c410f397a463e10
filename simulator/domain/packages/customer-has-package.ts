import { badRequest, conflict } from '../../api-error';
import { type CustomerRow, fromJson, type SubscriberRow } from '../../storage/rows';
import type { World } from '../../world';
import { provisionedPackages } from '../customers/status';
import type { SubscriberPackage } from './catalogue';

/** Number of subscribers of a customer with a package or add-on. */
export function subscribersWith(world: World, customerId: string, name: string): number {
  return world.db.count('SELECT used AS n FROM package_use WHERE customer_id = ? AND package = ?', customerId, name);
}

/**
 * Checks that the customer has each package, provisioned and within its limit. `except`, the changing subscriber,
 * doesn't count.
 */
export function checkAvailable(
  world: World,
  customer: CustomerRow,
  packages: readonly SubscriberPackage[],
  except?: SubscriberRow,
): void {
  const limits = fromJson<Record<string, number>>(customer.limits);
  const held = except ? fromJson<string[]>(except.packages) : [];
  for (const name of packages) {
    if (!provisionedPackages(customer).includes(name))
      throw badRequest(`The customer has no provisioned package ${name}.`);
    const limit = limits[name];
    if (limit !== undefined && !held.includes(name) && subscribersWith(world, customer.id, name) >= limit)
      throw conflict(`The customer's limit of ${limit} for the package ${name} is reached.`);
  }
}
