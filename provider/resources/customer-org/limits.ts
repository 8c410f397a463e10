import type { Customer } from '../../webex';
import { session } from '../run/session';
import type { CustomerOrgState } from './state';

/** Limits of packages; of one that Webex doesn't tell, what is recorded stands. Undefined where there are none. */
export async function limitsOf(
  orgId: string,
  customer: Customer,
  state: CustomerOrgState | undefined,
): Promise<CustomerOrgState['packageLimits']> {
  const told: Limits = await limitsTold(orgId, customer);
  const recorded: Limits | undefined = state?.packageLimits;
  const limits: Limits = {};
  for (const { name } of customer.resourceDetails?.packages ?? []) {
    if (recorded !== undefined && recorded[name] === undefined) continue;
    const limit = told[name] ?? recorded?.[name];
    if (limit !== undefined) limits[name] = limit;
  }
  return Object.keys(limits).length > 0 ? limits : undefined;
}

type Limits = Record<string, number | undefined>;

/**
 * The limits of packages that Webex tells. *Assumption*: a limit is the number of units of the package's license; the
 * wholesale API takes limits and never returns them.
 * @param customer read with its licenses
 */
export async function limitsTold(orgId: string, customer: Customer): Promise<Record<string, number>> {
  const licenses = await session.webex.licenses.list({ orgId });
  return Object.fromEntries(
    (customer.resourceDetails?.packages ?? []).flatMap(({ name, licenseIds }) => {
      const units = licenses.find(({ id }) => licenseIds?.includes(id))?.totalUnits;
      return units === undefined ? [] : [[name, units] as const];
    }),
  );
}
