import { z } from 'zod';
import { createLocation, deleteLocation, updateLocation } from '../domain/locations/changes';
import { getLocation, listLocations } from '../domain/locations/find';
import { presentListedLocation, presentLocation } from '../domain/locations/present';
import { createBody, updateBody } from '../domain/locations/schema';
import { organizationOf } from '../domain/organizations/find';
import { type Operation, operation } from '../http/operation';
import { countParameter, page } from '../http/paging';
import { orgQuery } from './parameters';

const listQuery = orgQuery.extend({
  name: z.string().optional(),
  id: z.string().optional(),
  max: countParameter(500, 1000, 1),
  // Not a documented parameter: where the Link header's next page begins.
  start: countParameter(0),
});

/** Locations: the operations of the locations documents, and the one that deletes. */
export const locationOperations: Operation[] = [
  operation({
    method: 'GET',
    path: '/locations',
    query: listQuery,
    handle: ({ world, query, url }) => {
      const orgId = organizationOf(world, query.orgId).id;
      const found = listLocations(world, { ...query, orgId }, query.max, query.start);
      const { items, headers } = page(found, query.max, query.start, 'start', url);
      return { status: 200, headers, body: { items: items.map((row) => presentListedLocation(world, row)) } };
    },
  }),
  operation({
    method: 'POST',
    path: '/locations',
    query: orgQuery,
    body: createBody,
    handle: ({ world, query, body }) => {
      const made = createLocation(world, organizationOf(world, query.orgId).id, body, world.clock.now());
      // The document has the ID only; Webex answers the whole location.
      return { status: 201, body: presentListedLocation(world, made) };
    },
  }),
  operation({
    method: 'GET',
    path: '/locations/{locationId}',
    query: orgQuery,
    handle: ({ world, query, param }) => ({
      status: 200,
      body: presentLocation(world, getLocation(world, param('locationId'), query.orgId)),
    }),
  }),
  operation({
    method: 'PUT',
    path: '/locations/{locationId}',
    query: orgQuery,
    body: updateBody,
    handle: ({ world, query, body, param }) => {
      updateLocation(world, getLocation(world, param('locationId'), query.orgId), body);
      return { status: 204 };
    },
  }),
  operation({
    method: 'DELETE',
    path: '/locations/{locationId}',
    query: orgQuery,
    handle: ({ world, query, param }) => {
      deleteLocation(world, getLocation(world, param('locationId'), query.orgId));
      return { status: 204 };
    },
  }),
];
