import { z } from 'zod';
import { ApiError, badRequest } from '../api-error';
import { organizationOf } from '../domain/organizations/find';
import { addPerson, deletePerson, replacePerson } from '../domain/people/changes';
import { getPerson, listPeople } from '../domain/people/find';
import { partnerAdministratorId, presentMe } from '../domain/people/me';
import { presentPerson } from '../domain/people/present';
import { createPersonBody, updatePersonBody } from '../domain/people/schema';
import { NO_CONTENT, type Operation, ok, operation } from '../http/operation';
import { countParameter, flagParameter, page } from '../http/paging';
import { canonicalId } from '../ids';
import type { World } from '../world';

const callingQuery = z.object({ callingData: flagParameter });

const writeQuery = callingQuery.extend({ minResponse: flagParameter });

const list = z
  .string()
  .transform((text) => text.split(',').filter((part) => part !== ''))
  .optional();

const listQuery = callingQuery.extend({
  email: z.string().optional(),
  displayName: z.string().optional(),
  id: list,
  orgId: z.string().optional(),
  roles: list,
  locationId: z.string().optional(),
  max: countParameter(100, 1000, 1),
  // An undocumented parameter: the start of the page, for the Link header.
  start: countParameter(0),
});

/** "Accepts up to 85 person IDs." */
const MAX_IDS = 85;

/** People: the operations of the people documents. */
export const peopleOperations: Operation[] = [
  operation('GET', '/people', { query: listQuery }, ({ world, query, url }) => {
    if (query.id && query.id.length > MAX_IDS)
      throw badRequest(`Invalid query parameter 'id': up to ${MAX_IDS} person IDs.`);
    // "If `callingData`=true, then `max` will not be more than 100. If `locationId` is specified ... not more than
    // 50."
    const max = Math.min(query.max, query.callingData ? 100 : 1000, query.locationId === undefined ? 1000 : 50);
    // A partner finds people of its customers by email or ID without naming their organization; "lookup by `roles` is
    // only supported ... for the people within the same org".
    const everywhere =
      query.orgId === undefined && query.roles === undefined && (query.email !== undefined || query.id !== undefined);
    const orgId = everywhere ? undefined : organizationOf(world, query.orgId).id;
    const found = listPeople(world, { ...query, ids: query.id, orgId }, max, query.start);
    checkPageSize(world, query.callingData, Math.min(found.length, max));
    const { items, headers } = page(found, max, query.start, 'start', url);
    const missing = query.id?.filter((id) => !found.some((row) => row.id === canonicalId('PEOPLE', id)));
    const notFound = missing === undefined ? {} : { notFoundIds: missing };
    const people = items.map((row) => presentPerson(world, row, query.callingData));
    return { status: 200, headers, body: { ...notFound, items: people } };
  }),
  operation('POST', '/people', { query: writeQuery, body: createPersonBody }, ({ world, query, body }) => {
    const person = addPerson(world, body);
    return ok(query.minResponse ? { id: person.id } : presentPerson(world, person, query.callingData));
  }),
  operation('GET', '/people/me', { query: callingQuery }, ({ world }) => ok(presentMe(world))),
  operation('GET', '/people/{personId}', { query: callingQuery }, ({ world, query, param }) => {
    const isPartnerAdministrator = canonicalId('PEOPLE', param('personId')) === partnerAdministratorId(world);
    const body = isPartnerAdministrator
      ? presentMe(world)
      : presentPerson(world, getPerson(world, param('personId')), query.callingData);
    return ok(body);
  }),
  operation(
    'PUT',
    '/people/{personId}',
    { query: writeQuery.extend({ showAllTypes: flagParameter }), body: updatePersonBody },
    ({ world, query, body, param }) => {
      const person = replacePerson(world, getPerson(world, param('personId')), body);
      return query.minResponse ? NO_CONTENT : ok(presentPerson(world, person, query.callingData));
    },
  ),
  operation('DELETE', '/people/{personId}', {}, ({ world, param }) => {
    deletePerson(world, getPerson(world, param('personId')));
    return NO_CONTENT;
  }),
];

/** In some weather a large page with calling data times out (public evidence: wxc_sdk, wxops). */
function checkPageSize({ weather }: World, callingData: boolean, items: number): void {
  const largest = weather.settings.largestPeoplePage;
  if (callingData && largest !== null && items > largest)
    throw new ApiError(
      504,
      'An upstream server failed to respond on time. If your query uses max parameter, please try to reduce it.',
    );
}
