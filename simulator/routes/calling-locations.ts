import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { batchJobId, enableCalling, updateCalling } from '../domain/calling/changes';
import { validateExtensions } from '../domain/calling/extensions';
import { callingLocations, getCallingLocation } from '../domain/calling/find';
import { presentCalling, presentListedCalling } from '../domain/calling/present';
import { enableCallingBody, updateCallingBody } from '../domain/calling/schema';
import { presentPrecheck } from '../domain/disable-calling/present';
import { organizationOf } from '../domain/organizations/find';
import { NO_CONTENT, type Operation, ok, operation } from '../http/operation';
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
  operation('GET', PATH, { query: listQuery }, ({ world, query, url }) => {
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
  }),
  operation('POST', PATH, { query: orgQuery, body: enableCallingBody }, ({ world, query, body }) => ({
    status: 201,
    body: { id: enableCalling(world, body, query.orgId).id },
  })),
  operation('GET', ONE, { query: orgQuery }, ({ world, query, param }) =>
    ok(presentCalling(world, getCallingLocation(world, param('locationId'), query.orgId))),
  ),
  operation('PUT', ONE, { query: orgQuery, body: updateCallingBody }, ({ world, query, body, param }) => {
    const { prefixChanged } = updateCalling(world, getCallingLocation(world, param('locationId'), query.orgId), body);
    // "Admin Batch Job ID returned if a routing prefix change occurs."
    return prefixChanged ? ok({ batchJobId: batchJobId(randomUUID()) }) : NO_CONTENT;
  }),
  operation('POST', `${ONE}/actions/precheckForDeletion/invoke`, { query: orgQuery }, ({ world, query, param }) =>
    ok(presentPrecheck(world, getCallingLocation(world, param('locationId'), query.orgId))),
  ),
  operation(
    'POST',
    `${ONE}/actions/validateExtensions/invoke`,
    { query: orgQuery, body: extensionsBody },
    ({ world, query, body, param }) =>
      ok(validateExtensions(world, getCallingLocation(world, param('locationId'), query.orgId), body.extensions)),
  ),
];
