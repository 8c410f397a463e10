import { badRequest, conflict } from '../../api-error';
import { canonicalId } from '../../ids';
import type { LocationRow } from '../../storage/rows';
import type { World } from '../../world';
import { getOrganization } from '../organizations/find';
import { isIntegrated, PSTN_CONNECTIONS, type PstnConnection } from './catalogue';
import type { SetConnection } from './schema';

/**
 * Sets a location's connection. Errors: 400 for an unknown connection, or a premises-based one without
 * `premiseRouteType` and `premiseRouteId` of the organization; 409 for an integrated one while the location has numbers
 * (assumption).
 */
export function setConnection(world: World, location: LocationRow, input: SetConnection): void {
  const chosen = choose(input);
  const premises = chosen.pstnConnectionType === 'LOCAL_GATEWAY';
  // GET returns no route, so PUT of the same connection without a route changes nothing.
  if (chosen.id === location.pstn_connection_id && input.premiseRouteId === undefined) return;
  const routeId = premises ? checkRoute(world, location.org_id, input.premiseRouteType, input.premiseRouteId) : null;
  if (isIntegrated(chosen) && world.db.first('SELECT 1 FROM numbers WHERE location_id = ?', location.id))
    throw conflict(`The location has phone numbers: remove them before changing to ${chosen.displayName}.`);
  world.db.update('locations', 'id', location.id, {
    pstn_connection_id: chosen.id,
    route_type: premises ? (input.premiseRouteType ?? null) : null,
    route_id: routeId,
  });
}

/** The canonical ID of a trunk or route group of the organization; throws 400. */
export function checkRoute(world: World, orgId: string, type: string | undefined, sentId: string | undefined): string {
  if (type === undefined || sentId === undefined)
    throw badRequest('premiseRouteType and premiseRouteId are required for the local gateway.');
  const organization = getOrganization(world, orgId);
  const own = type === 'TRUNK' ? organization.trunk_id : organization.route_group_id;
  if (own === null || canonicalId(type === 'TRUNK' ? 'TRUNK' : 'ROUTE_GROUP', sentId) !== own)
    throw badRequest(`The organization has no ${type} ${sentId}.`);
  return own;
}

function choose(input: SetConnection): PstnConnection {
  // `id` "is required for non-integrated CCP", the route for the local gateway. So a route alone means premises-based.
  const premises = input.premiseRouteType !== undefined || input.premiseRouteId !== undefined;
  const id = input.id === undefined ? undefined : canonicalId('PSTN_CONNECTION', input.id);
  const chosen = PSTN_CONNECTIONS.find((candidate) =>
    input.id === undefined ? premises && candidate.pstnConnectionType === 'LOCAL_GATEWAY' : candidate.id === id,
  );
  if (!chosen) throw badRequest(`Invalid field 'id': there is no PSTN connection ${input.id ?? ''} for the location.`);
  return chosen;
}
