import { z } from 'zod';
import { createLocation, deleteLocation, updateLocation } from '../domain/locations/changes';
import { getLocation, listLocations } from '../domain/locations/find';
import { presentLocation } from '../domain/locations/present';
import { createBody, updateBody } from '../domain/locations/schema';
import { organizationOf } from '../domain/organizations/find';
import { NO_CONTENT, type Operation, ok, operation } from '../http/operation';
import { countParameter, page } from '../http/paging';
import { orgQuery } from './parameters';

const listQuery = orgQuery.extend({
  name: z.string().optional(),
  id: z.string().optional(),
  max: countParameter(500, 1000, 1),
  // An undocumented parameter: the start of the page, for the Link header.
  start: countParameter(0),
});

/** Locations: the operations of the locations documents, and DELETE. */
export const locationOperations: Operation[] = [
  operation('GET', '/locations', { query: listQuery }, ({ world, query, url }) => {
    const orgId = organizationOf(world, query.orgId).id;
    const found = listLocations(world, { ...query, orgId }, query.max, query.start);
    const { items, headers } = page(found, query.max, query.start, 'start', url);
    return { status: 200, headers, body: { items: items.map((row) => presentLocation(world, row)) } };
  }),
  operation('POST', '/locations', { query: orgQuery, body: createBody }, ({ world, query, body }) => {
    const made = createLocation(world, organizationOf(world, query.orgId).id, body, world.clock.now());
    // The document has only the ID, but Webex answers with the whole location.
    return { status: 201, body: presentLocation(world, made) };
  }),
  operation('GET', '/locations/{locationId}', { query: orgQuery }, ({ world, query, param }) =>
    ok(presentLocation(world, getLocation(world, param('locationId'), query.orgId))),
  ),
  operation(
    'PUT',
    '/locations/{locationId}',
    { query: orgQuery, body: updateBody },
    ({ world, query, body, param }) => {
      updateLocation(world, getLocation(world, param('locationId'), query.orgId), body);
      return NO_CONTENT;
    },
  ),
  operation('DELETE', '/locations/{locationId}', { query: orgQuery }, ({ world, query, param }) => {
    deleteLocation(world, getLocation(world, param('locationId'), query.orgId));
    return NO_CONTENT;
  }),
];
