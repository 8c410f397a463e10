import type { Customer, Location } from '../../webex';
import { uuidOf } from '../../webex/ids';
import { fromLocationApi, fromWholesaleApi } from '../inputs/address';
import { same } from '../inputs/compare';
import type { Run } from '../run/run';
import { callingLocationsOf } from './read';

/**
 * The locations of an organization of which one is the headquarters: Webex doesn't return which one it is. The only
 * location, else the only calling location, else the calling locations at the customer's address or, where none is
 * there, all of them.
 */
export async function possibleHeadquarters(
  run: Run,
  orgId: string,
  { address }: Customer,
  all: readonly Location[],
): Promise<readonly Location[]> {
  if (all.length < 2) return all;
  const enabled = new Set((await callingLocationsOf(run, orgId)).map(({ id }) => uuidOf(id)));
  const candidates = all.filter(({ id }) => enabled.has(uuidOf(id)));
  if (candidates.length < 2) return candidates;
  const atAddress = candidates.filter((location) => same(fromLocationApi(location.address), fromWholesaleApi(address)));
  return atAddress.length > 0 ? atAddress : candidates;
}

/** The location that is probably the headquarters: of several, the one that Webex lists first, with a warning. */
export async function chooseHeadquarters(
  run: Run,
  orgId: string,
  customer: Customer,
  all: readonly Location[],
): Promise<Location | undefined> {
  const [first, ...others] = await possibleHeadquarters(run, orgId, customer, all);
  if (first === undefined || others.length === 0) return first;
  const names = [first, ...others].map(({ name }) => JSON.stringify(name)).join(', ');
  run.warn(
    `customer "${customer.externalId}": Webex doesn't tell which of its locations ${names} is the headquarters; ` +
      `${JSON.stringify(first.name)} is taken for it`,
  );
  return first;
}
