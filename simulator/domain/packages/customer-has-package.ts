import { badRequest, conflict } from '../../api-error';
import { type CustomerRow, fromJson, type SubscriberRow } from '../../storage/rows';
import type { World } from '../../world';
import { provisionedPackages } from '../customers/status';
import type { SubscriberPackage } from './catalogue';

/** How many subscribers of a customer have a package, as their base package or beside it. */
export function subscribersWith(world: World, customerId: string, name: string): number {
  return world.db.count('SELECT used AS n FROM package_use WHERE customer_id = ? AND package = ?', customerId, name);
}

/**
 * The customer must have each package, ready for use, within its limit. `except` doesn't count: it is the one that
 * changes.
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
