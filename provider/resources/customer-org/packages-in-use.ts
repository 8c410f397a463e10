import type { Subscriber } from '../../webex';
import { hasUnknown, inDeclaredOrder, same } from '../inputs/compare';
import { Leftovers } from '../moves/leftovers';
import { orGone } from '../outcomes/errors';
import { named } from '../outcomes/named';
import type { Run } from '../run/run';
import type { CustomerOrgInputs, CustomerOrgState } from './schema';

interface InUse {
  readonly packages: CustomerOrgInputs['packages'];
  readonly users: readonly { readonly id: string; readonly email: string }[];
}

/** Those of the packages that users have, and these users. */
function inUse(packages: CustomerOrgInputs['packages'], listed: readonly Subscriber[]): InUse {
  const names: readonly string[] = packages;
  const users = listed.filter((subscriber) => subscriber.packages.some((name) => names.includes(name)));
  return { packages: packages.filter((name) => users.some((user) => user.packages.includes(name))), users };
}

function dropped(before: Pick<CustomerOrgInputs, 'packages'>, now: CustomerOrgInputs): CustomerOrgInputs['packages'] {
  return before.packages.filter((name) => !now.packages.includes(name));
}

/**
 * The inputs that Webex accepts now: packages that are no longer declared stay in them while users have these ("cannot
 * be removed"). Pulumi updates the users only after the customer, so an error here would come back in each run. When
 * the last of these users was updated or deleted in this run, `finish` removes the packages.
 * @param listed the users of the customer
 */
export function withPackagesInUse(
  run: Run,
  id: string,
  state: CustomerOrgState,
  declared: CustomerOrgInputs,
  listed: readonly Subscriber[],
  finish: (kept: CustomerOrgState) => Promise<unknown>,
): CustomerOrgInputs {
  const { onBehalfOfSubPartnerOrgId: onBehalfOf, externalId } = declared;
  const { packages, users } = inUse(dropped(state, declared), listed);
  if (packages.length === 0) return declared;
  const kept = inDeclaredOrder(state.packages, [...declared.packages, ...packages]);
  const what = `customer "${externalId}": ${packages.join(', ')}`;
  run.warn(
    `${what} stays while users have it: ${named(users.map(({ email }) => email))}. It is removed when the last of them has another package`,
  );
  Leftovers.of(run).add({
    what,
    users: users.map((user) => user.id),
    finish: async () => {
      const now = await run.webex.subscribers.list({ customerId: id }, onBehalfOf);
      if (inUse(packages, now).packages.length === 0) await finish({ ...state, ...declared, packages: kept });
    },
  });
  return { ...declared, packages: kept, headquarters: declared.headquarters ?? state.headquarters };
}

/** Warns in preview of packages that are no longer declared and that users still have. */
export async function warnOfPackagesInUse(
  run: Run,
  inputs: CustomerOrgInputs,
  olds: CustomerOrgInputs | undefined,
): Promise<void> {
  if (olds === undefined || !Array.isArray(inputs.packages)) return;
  const { externalId, onBehalfOfSubPartnerOrgId: onBehalfOf } = olds;
  const gone = dropped(olds, inputs);
  if (gone.length === 0) return;
  const { packages, users } = inUse(
    gone,
    await run.webex.subscribers.list({ externalCustomerId: externalId }, onBehalfOf),
  );
  if (packages.length === 0) return;
  run.warn(
    `customer "${externalId}": ${packages.join(', ')} can be removed only when no user has it. Now ${named(users.map(({ email }) => email))}. This run removes ` +
      'it if it gives all of them another package, or removes them; else it stays, and the next update tries again',
  );
}

/** The packages as they are where the record has some that aren't declared: another resource may have removed them. */
export async function packagesNow(
  run: Run,
  id: string,
  state: CustomerOrgState,
  inputs: CustomerOrgInputs,
): Promise<CustomerOrgState> {
  // An unknown list doesn't show which packages are dropped.
  if (!Array.isArray(inputs.packages) || hasUnknown(inputs.packages) || dropped(state, inputs).length === 0)
    return state;
  const customer = await orGone(run.webex.customers.get(id, state.onBehalfOfSubPartnerOrgId));
  if (customer === undefined || same(customer.packages, state.packages)) return state;
  return { ...state, packages: inDeclaredOrder(inputs.packages, customer.packages as typeof inputs.packages) };
}
