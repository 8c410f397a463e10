import { z } from 'zod';
import { badRequest, conflict, notFound } from '../http/errors';
import { canonicalId, encodeId } from '../ids';
import type { LocationRow } from '../storage/rows';
import type { World } from '../world';
import { getOrganization } from './organizations';

/** A PSTN connection that a location can have. */
export interface PstnConnection {
  id: string;
  displayName: string;
  pstnServices: string[];
  pstnConnectionType: 'LOCAL_GATEWAY' | 'NON_INTEGRATED_CCP' | 'INTEGRATED_CCP' | 'CISCO_PSTN';
}

function connection(
  uuid: string,
  displayName: string,
  pstnConnectionType: PstnConnection['pstnConnectionType'],
): PstnConnection {
  return {
    id: encodeId('PSTN_CONNECTION', uuid),
    displayName,
    pstnServices: ['GEOGRAPHIC_NUMBERS'],
    pstnConnectionType,
  };
}

/**
 * One connection of each type for every location; the first ID is the documented example's. Which providers a location can choose
 * from depends on its country in Webex; here all locations have the same.
 */
export const PSTN_CONNECTIONS: readonly PstnConnection[] = [
  connection('51de489c-aa60-4c25-9af6-cc4cb171730e', 'Premises-based PSTN', 'LOCAL_GATEWAY'),
  connection('d094178f-818e-45bc-b101-a8dd48c13921', 'Non-integrated CCP', 'NON_INTEGRATED_CCP'),
  connection('d094178f-818e-45bc-b101-a8dd48c13922', 'Integrated CCP', 'INTEGRATED_CCP'),
  connection('d094178f-818e-45bc-b101-a8dd48c13923', 'Cisco Calling Plans', 'CISCO_PSTN'),
];

/** PUT /telephony/pstn/locations/{locationId}/connection. */
export const setConnectionBody = z.object({
  id: z.string().optional(),
  premiseRouteType: z.enum(['TRUNK', 'ROUTE_GROUP']).optional(),
  premiseRouteId: z.string().optional(),
});
export type SetConnection = z.infer<typeof setConnectionBody>;

/** The connection of a location, if it has one. */
export function connectionOf(location: LocationRow): PstnConnection | undefined {
  return PSTN_CONNECTIONS.find(({ id }) => id === location.pstn_connection_id);
}

/** Like {@link connectionOf}; throws 404: a connection's ID and type are required in the answer (assumption for the status). */
export function getConnection(location: LocationRow): PstnConnection {
  const found = connectionOf(location);
  if (!found) throw notFound(`PSTN connection of the location ${location.name}`);
  return found;
}

/** Whether the documents forbid the numbers operations: "integrated PSTN connection types like Cisco Calling Plans or Integrated CCP". */
export function isIntegrated({ pstnConnectionType }: PstnConnection): boolean {
  return pstnConnectionType === 'INTEGRATED_CCP' || pstnConnectionType === 'CISCO_PSTN';
}

/**
 * Sets a location's connection. Errors: 400 unknown connection, a premises-based one without `premiseRouteType` and `premiseRouteId` of
 * the organization; 409 an integrated one while the location has numbers (assumption).
 */
export function setConnection(world: World, location: LocationRow, input: SetConnection): void {
  const chosen = choose(input);
  const premises = chosen.pstnConnectionType === 'LOCAL_GATEWAY';
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
  // `id` "is required for non-integrated CCP", the route for the local gateway: the route alone therefore means premises-based.
  const premises = input.premiseRouteType !== undefined || input.premiseRouteId !== undefined;
  const id = input.id === undefined ? undefined : canonicalId('PSTN_CONNECTION', input.id);
  const chosen = PSTN_CONNECTIONS.find((candidate) =>
    input.id === undefined ? premises && candidate.pstnConnectionType === 'LOCAL_GATEWAY' : candidate.id === id,
  );
  if (!chosen) throw badRequest(`Invalid field 'id': there is no PSTN connection ${input.id ?? ''} for the location.`);
  return chosen;
}
