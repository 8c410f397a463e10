import type { Customer } from '../../webex';
import { orGone } from '../outcomes/errors';
import type { Run } from '../run/run';
import { PagedLookup } from './paged-lookup';

/** A customer as a list shows it: without the licenses of its packages. Undefined where it doesn't exist. */
export async function customerById(
  run: Run,
  id: string,
  onBehalfOf: string | undefined,
): Promise<Customer | undefined> {
  const lookup = await run.memory.untilWrite(`customers:${onBehalfOf}`, async () => customerLookup(run, onBehalfOf));
  return lookup.find(id);
}

/** All customers of a (sub-)partner, which may be many more than a stack has. */
export function customerLookup({ webex }: Run, onBehalfOf: string | undefined): PagedLookup<Customer> {
  return new PagedLookup<Customer>({
    pages: () => webex.customers.pages({}, onBehalfOf),
    get: (id) => orGone(webex.customers.get(id, onBehalfOf)),
    keyOf: ({ id }) => id,
    isSmall: false,
  });
}

/**
 * The customer that has this externalId, or this ID where it is none that says of itself that it is one.
 * @throws Error where there is none, or more than one
 */
export async function customerByKey({ webex }: Run, key: string, onBehalfOf: string | undefined): Promise<Customer> {
  const listed = await webex.customers.list({ externalId: key }, onBehalfOf);
  const [found, ...others] = listed.filter(({ externalId }) => externalId === key);
  if (others.length > 0) {
    const ids = [found, ...others].map((customer) => customer?.id).join(', ');
    throw new Error(`${others.length + 1} customers have the externalId "${key}"; name one by its ID: ${ids}`);
  }
  const customer = found ?? (await orGone(webex.customers.get(key, onBehalfOf)));
  if (customer === undefined) throw new Error(`there is no customer with the externalId or ID "${key}"`);
  return customer;
}
