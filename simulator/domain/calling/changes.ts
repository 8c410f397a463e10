import { badRequest, conflict } from '../../api-error';
import { encodeId } from '../../ids';
import type { LocationRow } from '../../storage/rows';
import type { World } from '../../world';
import { customerOfOrganization } from '../customers/find';
import { provisionedPackages } from '../customers/status';
import { checkCallingName } from '../locations/changes';
import { countryOf, getLocation } from '../locations/find';
import { getOrganization } from '../organizations/find';
import { hasCalling } from '../packages/catalogue';
import { checkRoute } from '../pstn/changes';
import { connectionOf } from '../pstn/find';
import { setCalling } from './headquarters';
import type { EnableCalling, UpdateCalling } from './schema';

/** "Only when the location's country is Belgium(`BE`), Germany(`DE`), or France(`FR`)." */
const NETWORK_INFO_COUNTRIES = ['BE', 'DE', 'FR'];

/**
 * Enables calling at a location. The languages come from the request; name, time zone and address stay those of the
 * location, which the Locations API changes (assumption). Errors: 404 unknown location, 409 already enabled, 400
 * organization without a calling package (assumptions).
 */
export function enableCalling(world: World, input: EnableCalling, orgId: string | undefined): LocationRow {
  const location = getLocation(world, input.id, orgId);
  if (location.calling) throw conflict(`The location ${location.name} is already enabled for Webex Calling.`);
  checkCallingName(location.name);
  const customer = customerOfOrganization(world, location.org_id);
  if (!customer || !hasCalling(provisionedPackages(customer)))
    throw badRequest('The organization has no package with Webex Calling.');
  world.db.update('locations', 'id', location.id, {
    announcement_language: input.announcementLanguage,
    preferred_language: input.preferredLanguage,
  });
  setCalling(world, location.id, getOrganization(world, location.org_id).display_name, world.clock.now());
  return location;
}

/**
 * Changes calling details. @returns true if the routing prefix changed, for which Webex uses a batch job. Errors: 400
 * for a main number of another location, a trunk or route group of another organization or for a connection that is not
 * premises-based, and for network information outside BE, DE and FR.
 */
export function updateCalling(world: World, location: LocationRow, input: UpdateCalling): { prefixChanged: boolean } {
  const main = input.callingLineId?.phoneNumber;
  if (main && !world.db.first('SELECT 1 FROM numbers WHERE number = ? AND location_id = ?', main, location.id))
    throw badRequest(`Invalid field 'callingLineId.phoneNumber': ${main} is not a number of the location.`);
  const network = input.pAccessNetworkInfo;
  const changesNetwork = network !== undefined && network !== (location.access_network_info ?? '');
  if (changesNetwork && !NETWORK_INFO_COUNTRIES.includes(countryOf(location)))
    throw badRequest(`Invalid field 'pAccessNetworkInfo': it can be set in ${NETWORK_INFO_COUNTRIES.join(', ')} only.`);
  checkRoutingPrefix(world, location, input.routingPrefix);
  const prefixChanged = input.routingPrefix !== undefined && input.routingPrefix !== (location.routing_prefix ?? '');
  world.db.update('locations', 'id', location.id, {
    announcement_language: input.announcementLanguage ?? location.announcement_language,
    caller_id_name: input.callingLineId?.name ?? location.caller_id_name,
    main_number: main === undefined ? location.main_number : main || null,
    external_caller_id_name: input.externalCallerIdName ?? location.external_caller_id_name,
    access_network_info: network ?? location.access_network_info,
    outside_dial_digit: input.outsideDialDigit ?? location.outside_dial_digit,
    enforce_outside_dial_digit: Number(input.enforceOutsideDialDigit ?? location.enforce_outside_dial_digit ?? 0),
    routing_prefix: input.routingPrefix ?? location.routing_prefix,
    charge_number: input.chargeNumber ?? location.charge_number,
    ...(input.connection ? newRoute(world, location, input.connection) : {}),
  });
  return { prefixChanged };
}

/**
 * Refuses (400, code 5600) a routing prefix that another location of the organization has (public evidence: wxc_sdk).
 */
function checkRoutingPrefix(world: World, location: LocationRow, prefix: string | undefined): void {
  const sql = 'SELECT 1 FROM locations WHERE org_id = ? AND routing_prefix = ? AND id <> ?';
  if (prefix && world.db.first(sql, location.org_id, prefix, location.id))
    throw badRequest(`The routing prefix ${prefix} is already in use by another location.`, 5600);
}

function newRoute(world: World, location: LocationRow, route: { type: 'TRUNK' | 'ROUTE_GROUP'; id: string }) {
  if (connectionOf(location)?.pstnConnectionType !== 'LOCAL_GATEWAY')
    throw badRequest(
      "Invalid field 'connection': it can only be modified to and from local PSTN types of TRUNK and ROUTE_GROUP.",
    );
  return { route_type: route.type, route_id: checkRoute(world, location.org_id, route.type, route.id) };
}

/** The ID of the batch job that changes a routing prefix. The simulator changes it immediately. */
export function batchJobId(uuid: string): string {
  return encodeId('JOB_ID', uuid);
}
