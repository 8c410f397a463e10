import { Organizations } from '../../resources/lookups/organizations';
import { PagedLookup } from '../../resources/lookups/paged-lookup';
import type { Run } from '../../resources/run/run';
import type { Person, Role, Subscriber } from '../../webex';
import { uuidOf } from '../../webex/ids';
import type { Listed, Partner } from './partner';

/** A customer's organization while it is read. */
export interface Organization {
  /** Caches data of this organization only. */
  run: Run;
  customerId: string;
  orgId: string;
  onBehalfOf: string | undefined;
  people: readonly Person[];
  subscribers: readonly Subscriber[];
  roles: readonly Role[];
  /** Messages about data that can't be declared. */
  notes: string[];
}

/** Prepares to read an organization, with the data from lists of the whole partner. */
export async function openOrganization(
  run: Run,
  { customer: { id, externalId }, onBehalfOf }: Listed,
  orgId: string,
  { names, roles, subscribers }: Partner,
  notes: string[],
): Promise<Organization> {
  const begin = `webex-wholesale: customer "${externalId}": `;
  const own = run.beside((warning) => notes.push(warning.replace(begin, '').replace('webex-wholesale: ', '')));
  const { memory } = own;
  const displayName = names.get(uuidOf(orgId));
  if (displayName !== undefined)
    void memory.untilWrite(`organization:${orgId}`, async () => ({ id: orgId, displayName }));
  memory.forRun('roles', async () => roles);
  Organizations.of(own).set(id, orgId);
  const people = await own.webex.people.list({ orgId });
  const lookup = new PagedLookup<Person>({
    pages: () => ({ next: async () => ({ done: true, value: people }) }),
    get: async () => undefined,
    keyOf: (person) => person.id,
    isSmall: true,
  });
  void memory.untilWrite(`people:${id}`, async () => lookup);
  return {
    run: own,
    customerId: id,
    orgId,
    onBehalfOf,
    people,
    subscribers: subscribers.get(uuidOf(id)) ?? [],
    roles,
    notes,
  };
}
