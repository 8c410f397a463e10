import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { batchJobId, enableCalling, updateCalling } from '../domain/calling/changes';
import { validateExtensions } from '../domain/calling/extensions';
import { callingLocations, getCallingLocation } from '../domain/calling/find';
import { presentCalling, presentListedCalling } from '../domain/calling/present';
import { enableCallingBody, updateCallingBody } from '../domain/calling/schema';
import { presentPrecheck } from '../domain/disable-calling/present';
import { organizationOf } from '../domain/organizations/find';
import { type Operation, operation } from '../http/operation';
import { countParameter, page } from '../http/paging';
import { orgQuery } from './parameters';

const listQuery = orgQuery.extend({
  max: countParameter(2000, 2000, 1),
  start: countParameter(0),
  name: z.string().optional(),
  order: z.enum(['asc', 'desc']).optional(),
});

const extensionsBody = z.object({ extensions: z.array(z.string()).min(1).max(1000) });

const PATH = '/telephony/config/locations';

const ONE = `${PATH}/{locationId}`;

/** Webex Calling at locations: the operations of the location call settings documents. */
export const callingLocationOperations: Operation[] = [
  operation({
    method: 'GET',
    path: PATH,
    query: listQuery,
    handle: ({ world, query, url }) => {
      const name = query.name?.toLowerCase() ?? '';
      const found = callingLocations(world, organizationOf(world, query.orgId).id).filter((row) =>
        row.name.toLowerCase().includes(name),
      );
      const sign = query.order === 'desc' ? -1 : 1;
      if (query.order) found.sort((a, b) => sign * a.name.localeCompare(b.name));
      const { items, headers } = page(
        found.slice(query.start, query.start + query.max + 1),
        query.max,
        query.start,
        'start',
        url,
      );
      return { status: 200, headers, body: { locations: items.map(presentListedCalling) } };
    },
  }),
  operation({
    method: 'POST',
    path: PATH,
    query: orgQuery,
    body: enableCallingBody,
    handle: ({ world, query, body }) => ({ status: 201, body: { id: enableCalling(world, body, query.orgId).id } }),
  }),
  operation({
    method: 'GET',
    path: ONE,
    query: orgQuery,
    handle: ({ world, query, param }) => ({
      status: 200,
      body: presentCalling(world, getCallingLocation(world, param('locationId'), query.orgId)),
    }),
  }),
  operation({
    method: 'PUT',
    path: ONE,
    query: orgQuery,
    body: updateCallingBody,
    handle: ({ world, query, body, param }) => {
      const { prefixChanged } = updateCalling(world, getCallingLocation(world, param('locationId'), query.orgId), body);
      // "Admin Batch Job ID returned if a routing prefix change occurs."
      return prefixChanged ? { status: 200, body: { batchJobId: batchJobId(randomUUID()) } } : { status: 204 };
    },
  }),
  operation({
    method: 'POST',
    path: `${ONE}/actions/precheckForDeletion/invoke`,
    query: orgQuery,
    handle: ({ world, query, param }) => ({
      status: 200,
      body: presentPrecheck(world, getCallingLocation(world, param('locationId'), query.orgId)),
    }),
  }),
  operation({
    method: 'POST',
    path: `${ONE}/actions/validateExtensions/invoke`,
    query: orgQuery,
    body: extensionsBody,
    handle: ({ world, query, body, param }) => ({
      status: 200,
      body: validateExtensions(world, getCallingLocation(world, param('locationId'), query.orgId), body.extensions),
    }),
  }),
];
