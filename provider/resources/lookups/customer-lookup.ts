import type { Customer } from '../../webex';
import { orGone } from '../outcomes/refusals';
import { session } from '../run/session';
import { snapshot } from '../run/snapshot';
import { PagedLookup } from './paged-lookup';

/** A customer as a list shows it: without the licenses of its packages. Undefined where it doesn't exist. */
export async function customerById(id: string, behalf: string | undefined): Promise<Customer | undefined> {
  return (await snapshot(`customers:${behalf}`, async () => customerLookup(behalf))).find(id);
}

/** All customers of a (sub-)partner, which may be many more than a stack has. */
export function customerLookup(behalf: string | undefined): PagedLookup<Customer> {
  const { customers } = session.webex;
  return new PagedLookup<Customer>({
    list: (goOn) => customers.list({}, behalf, goOn),
    get: (id) => orGone(customers.get(id, behalf)),
    keyOf: ({ id }) => id,
    isSmall: false,
  });
}
