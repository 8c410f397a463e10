import { getCallingLocation } from '../domain/calling/find';
import { PSTN_CONNECTIONS } from '../domain/pstn/catalogue';
import { setConnection } from '../domain/pstn/changes';
import { getConnection } from '../domain/pstn/find';
import { setConnectionBody } from '../domain/pstn/schema';
import { NO_CONTENT, type Operation, ok, operation } from '../http/operation';
import { orgQuery } from './parameters';

const PATH = '/telephony/pstn/locations/{locationId}';

/** PSTN connections of locations: the operations of the PSTN documents. */
export const pstnOperations: Operation[] = [
  operation('GET', `${PATH}/connectionOptions`, { query: orgQuery }, ({ world, query, param }) => {
    getCallingLocation(world, param('locationId'), query.orgId);
    // In the example, options have no pstnConnectionType, but the location's connection has one.
    const items = PSTN_CONNECTIONS.map(({ id, displayName, pstnServices }) => ({ id, displayName, pstnServices }));
    return ok({ items });
  }),
  operation('GET', `${PATH}/connection`, { query: orgQuery }, ({ world, query, param }) =>
    ok(getConnection(world, getCallingLocation(world, param('locationId'), query.orgId))),
  ),
  operation(
    'PUT',
    `${PATH}/connection`,
    { query: orgQuery, body: setConnectionBody },
    ({ world, query, body, param }) => {
      setConnection(world, getCallingLocation(world, param('locationId'), query.orgId), body);
      return NO_CONTENT;
    },
  ),
];
