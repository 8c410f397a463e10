import { getCallingLocation } from '../domain/calling/find';
import { PSTN_CONNECTIONS } from '../domain/pstn/catalogue';
import { setConnection } from '../domain/pstn/changes';
import { getConnection } from '../domain/pstn/find';
import { setConnectionBody } from '../domain/pstn/schema';
import { type Operation, operation } from '../http/operation';
import { orgQuery } from './parameters';

const PATH = '/telephony/pstn/locations/{locationId}';

/** PSTN connections of locations: the operations of the PSTN documents. */
export const pstnOperations: Operation[] = [
  operation({
    method: 'GET',
    path: `${PATH}/connectionOptions`,
    query: orgQuery,
    handle: ({ world, query, param }) => {
      getCallingLocation(world, param('locationId'), query.orgId);
      // The options of the example have no pstnConnectionType; the location's connection has.
      const items = PSTN_CONNECTIONS.map(({ id, displayName, pstnServices }) => ({ id, displayName, pstnServices }));
      return { status: 200, body: { items } };
    },
  }),
  operation({
    method: 'GET',
    path: `${PATH}/connection`,
    query: orgQuery,
    handle: ({ world, query, param }) => ({
      status: 200,
      body: getConnection(world, getCallingLocation(world, param('locationId'), query.orgId)),
    }),
  }),
  operation({
    method: 'PUT',
    path: `${PATH}/connection`,
    query: orgQuery,
    body: setConnectionBody,
    handle: ({ world, query, body, param }) => {
      setConnection(world, getCallingLocation(world, param('locationId'), query.orgId), body);
      return { status: 204 };
    },
  }),
];
