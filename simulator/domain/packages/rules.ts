import { badRequest } from '../../api-error';
import type { CustomerPackage, SubscriberPackage } from './catalogue';

/** "`x` is dependent on": at least one of these (assumption; the documents don't say all or any). */
const DEPENDENCIES: Partial<Record<CustomerPackage, readonly CustomerPackage[]>> = {
  cisco_calling_plan: [
    'common_area_calling',
    'webex_calling',
    'webex_suite',
    'webex_voice',
    'cx_essentials',
    'webex_calling_standard',
  ],
  attendant_console: ['webex_calling', 'webex_suite', 'cx_essentials'],
};

/** Refuses (400) packages that are empty, contain duplicates, or lack one that an add-on depends on. */
export function checkPackages(packages: readonly CustomerPackage[]): void {
  if (packages.length === 0) throw badRequest("Invalid field 'packages': at least one package is required.");
  if (new Set(packages).size !== packages.length)
    throw badRequest("Invalid field 'packages': a package is named twice.");
  for (const name of packages) {
    const needed = DEPENDENCIES[name];
    if (needed && !needed.some((other) => packages.includes(other)))
      throw badRequest(`Invalid field 'packages': ${name} is dependent on one of ${needed.join(', ')}.`);
  }
}

/**
 * Splits a subscriber's packages into the base package and the add-on. "All users are assigned one (and only one)
 * package" (Cisco help ny0fr7x); attendant_console is accepted beside a package that it depends on (assumption).
 */
export function basePackage(packages: readonly SubscriberPackage[]): SubscriberPackage {
  const bases = packages.filter((name) => name !== 'attendant_console');
  const [base] = bases;
  if (base === undefined || bases.length !== 1 || packages.length - bases.length > 1)
    throw badRequest(
      "Invalid field 'packages': a subscriber has exactly one package, and at most attendant_console with it.",
    );
  if (packages.length > 1) checkPackages(packages);
  return base;
}
