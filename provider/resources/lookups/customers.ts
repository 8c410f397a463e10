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
    list: (goOn) => webex.customers.list({}, onBehalfOf, goOn),
    get: (id) => orGone(webex.customers.get(id, onBehalfOf)),
    keyOf: ({ id }) => id,
    isSmall: false,
  });
}
