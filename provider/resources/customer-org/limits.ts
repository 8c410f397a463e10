import type { Customer } from '../../webex';
import { isSameId } from '../../webex/ids';
import { orGone } from '../outcomes/errors';
import type { Run } from '../run/run';
import type { CustomerOrgState } from './schema';

type Limits = Record<string, number | undefined>;

/** Limits of packages; where Webex returns none, the recorded limit stays. Undefined where there are none. */
export async function limitsOf(
  run: Run,
  orgId: string,
  customer: Customer,
  state: CustomerOrgState | undefined,
): Promise<CustomerOrgState['packageLimits']> {
  const real: Limits = await limitsInWebex(run, orgId, customer);
  const recorded: Limits | undefined = state?.packageLimits;
  const limits: Limits = {};
  for (const { name } of customer.resourceDetails?.packages ?? []) {
    if (recorded !== undefined && recorded[name] === undefined) continue;
    const limit = real[name] ?? recorded?.[name];
    if (limit !== undefined) limits[name] = limit;
  }
  return Object.keys(limits).length > 0 ? limits : undefined;
}

/** A customer with the licenses of its packages, which only a request for this one returns. */
export function withLicenses(
  { memory, webex }: Run,
  id: string,
  onBehalfOf: string | undefined,
): Promise<Customer | undefined> {
  return memory.untilWrite(`customer with licenses:${id}`, () => orGone(webex.customers.get(id, onBehalfOf, true)));
}

/**
 * The limits of packages, as far as Webex returns them. *Assumption*: a limit is the number of units of the package's
 * license, a negative one none; the wholesale API takes limits and never returns them.
 * @param customer read with its licenses
 */
export async function limitsInWebex(
  { memory, webex }: Run,
  orgId: string,
  customer: Customer,
): Promise<Record<string, number>> {
  const licenses = await memory.untilWrite(`licenses:${orgId}`, () => webex.licenses.list({ orgId }));
  return Object.fromEntries(
    (customer.resourceDetails?.packages ?? []).flatMap(({ name, licenseIds }) => {
      const units = licenses.find(({ id }) => licenseIds?.some((each) => isSameId(each, id)))?.totalUnits;
      return units === undefined || units < 0 ? [] : [[name, units] as const];
    }),
  );
}
