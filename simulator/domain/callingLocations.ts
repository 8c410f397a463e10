import { z } from 'zod';
import { badRequest, conflict, notFound } from '../http/errors';
import { encodeId, uuidOf } from '../ids';
import type { LocationRow } from '../storage/rows';
import type { World } from '../world';
import { countryOf, holderOfExtension } from './callingUsers';
import { customerOfOrganization, provisionedPackages } from './customers';
import { e164, language, locationAddress, text, timeZone } from './fields';
import { getLocation, setCalling } from './locations';
import { getOrganization } from './organizations';
import { hasCalling } from './packages';
import { extensionError } from './phone';
import { checkRoute, connectionOf } from './pstn';

/** POST /telephony/config/locations. */
export const enableCallingBody = z.object({
  id: text,
  name: text,
  timeZone,
  preferredLanguage: language,
  announcementLanguage: language,
  address: locationAddress,
});
export type EnableCalling = z.infer<typeof enableCallingBody>;

/** PUT /telephony/config/locations/{locationId}. */
export const updateCallingBody = z.object({
  announcementLanguage: language.optional(),
  callingLineId: z.object({ name: text.optional(), phoneNumber: e164.optional() }).optional(),
  connection: z.object({ type: z.enum(['TRUNK', 'ROUTE_GROUP']), id: text }).optional(),
  externalCallerIdName: z.string().max(256).optional(),
  pAccessNetworkInfo: z.string().max(256).optional(),
  outsideDialDigit: z
    .string()
    .regex(/^\d{0,4}$/, 'must be numeric')
    .optional(),
  enforceOutsideDialDigit: z.boolean().optional(),
  routingPrefix: z
    .string()
    .regex(/^\d{0,20}$/, 'must be numeric')
    .optional(),
  chargeNumber: e164.optional(),
});
export type UpdateCalling = z.infer<typeof updateCallingBody>;

/** "Only when the location's country is Belgium(`BE`), Germany(`DE`), or France(`FR`)." */
const NETWORK_INFO_COUNTRIES = ['BE', 'DE', 'FR'];

/** A location that is enabled for calling; throws 404 for one that isn't. */
export function getCallingLocation(world: World, sentId: string, orgId?: string): LocationRow {
  const location = getLocation(world, sentId, orgId);
  if (!location.calling) throw notFound(`Webex Calling details of the location ${location.name}`);
  return location;
}

/**
 * Enables a location. Languages are taken from the request; name, time zone and address are the location's own, the Locations API
 * changes them (assumption). Errors: 404 unknown location, 409 enabled already, 400 an organization without a calling package (assumptions).
 */
export function enableCalling(world: World, input: EnableCalling, orgId: string | undefined): LocationRow {
  const location = getLocation(world, input.id, orgId);
  if (location.calling) throw conflict(`The location ${location.name} is already enabled for Webex Calling.`);
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
 * Changes calling details; answers whether the routing prefix changed, which Webex does in a batch job. Errors: 400 a main number that is
 * not the location's, a trunk or route group that is not the organization's or for a connection that is not premises-based, network
 * information outside BE, DE and FR.
 */
export function updateCalling(world: World, location: LocationRow, input: UpdateCalling): { prefixChanged: boolean } {
  const main = input.callingLineId?.phoneNumber;
  if (
    main !== undefined &&
    !world.db.first('SELECT 1 FROM numbers WHERE number = ? AND location_id = ?', main, location.id)
  )
    throw badRequest(`Invalid field 'callingLineId.phoneNumber': ${main} is not a number of the location.`);
  if (input.pAccessNetworkInfo !== undefined && !NETWORK_INFO_COUNTRIES.includes(countryOf(location)))
    throw badRequest(`Invalid field 'pAccessNetworkInfo': it can be set in ${NETWORK_INFO_COUNTRIES.join(', ')} only.`);
  const prefixChanged = input.routingPrefix !== undefined && input.routingPrefix !== (location.routing_prefix ?? '');
  world.db.update('locations', 'id', location.id, {
    announcement_language: input.announcementLanguage ?? location.announcement_language,
    caller_id_name: input.callingLineId?.name ?? location.caller_id_name,
    main_number: main ?? location.main_number,
    external_caller_id_name: input.externalCallerIdName ?? location.external_caller_id_name,
    access_network_info: input.pAccessNetworkInfo ?? location.access_network_info,
    outside_dial_digit: input.outsideDialDigit ?? location.outside_dial_digit,
    enforce_outside_dial_digit: Number(input.enforceOutsideDialDigit ?? location.enforce_outside_dial_digit ?? 0),
    routing_prefix: input.routingPrefix ?? location.routing_prefix,
    charge_number: input.chargeNumber ?? location.charge_number,
    ...(input.connection ? newRoute(world, location, input.connection) : {}),
  });
  return { prefixChanged };
}

function newRoute(world: World, location: LocationRow, route: { type: 'TRUNK' | 'ROUTE_GROUP'; id: string }) {
  if (connectionOf(location)?.pstnConnectionType !== 'LOCAL_GATEWAY')
    throw badRequest(
      "Invalid field 'connection': it can only be modified to and from local PSTN types of TRUNK and ROUTE_GROUP.",
    );
  return { route_type: route.type, route_id: checkRoute(world, location.org_id, route.type, route.id) };
}

/**
 * The calling details. Where schema and text of the document collide: `connection` is required by the schema and "only returned for
 * local PSTN types" by its description, so it is left out otherwise; without a main number `phoneNumber` is the empty string, since the
 * schema requires a string.
 */
export function presentCalling(row: LocationRow): Record<string, unknown> {
  return {
    id: row.id,
    name: row.name,
    announcementLanguage: row.announcement_language,
    callingLineId: { name: row.caller_id_name ?? '', phoneNumber: row.main_number ?? '' },
    ...(row.route_id === null ? {} : { connection: { type: row.route_type, id: row.route_id } }),
    externalCallerIdName: row.external_caller_id_name ?? '',
    userLimit: 500000,
    ...(row.access_network_info === null ? {} : { pAccessNetworkInfo: row.access_network_info }),
    outsideDialDigit: row.outside_dial_digit ?? '',
    enforceOutsideDialDigit: row.enforce_outside_dial_digit === 1,
    routingPrefix: row.routing_prefix ?? '',
    defaultDomain: `${uuidOf(row.org_id).slice(0, 8)}.example.com`,
    ...(row.charge_number === null ? {} : { chargeNumber: row.charge_number }),
    useChargeNumberForPChargeInfo: false,
  };
}

/** An entry of the list of calling locations. */
export function presentListedCalling(row: LocationRow): Record<string, unknown> {
  return {
    id: row.id,
    name: row.name,
    ...(row.outside_dial_digit ? { outsideDialDigit: row.outside_dial_digit } : {}),
    enforceOutsideDialDigit: row.enforce_outside_dial_digit === 1,
    ...(row.routing_prefix ? { routingPrefix: row.routing_prefix } : {}),
    callingLineId: { name: row.caller_id_name ?? '', phoneNumber: row.main_number ?? '' },
    e911SetupRequired: false,
  };
}

/** The ID of the batch job that changes a routing prefix; it is done at once here. */
export function batchJobId(uuid: string): string {
  return encodeId('JOB_ID', uuid);
}

/** The answer of validateExtensions, with Cisco's codes of its example. */
export function validateExtensions(
  world: World,
  location: LocationRow,
  sent: readonly string[],
): Record<string, unknown> {
  const seen = new Set<string>();
  const extensionStatus = sent.map((extension) => {
    const error = extensionError(extension);
    if (error) return { extension, state: 'INVALID', ...error };
    if (seen.has(extension)) return { extension, state: 'DUPLICATE_IN_LIST', errorCode: 9498 };
    seen.add(extension);
    if (!holderOfExtension(world, location.id, extension)) return { extension, state: 'VALID' };
    const message = `[Error 9495] The extension is not available. It is already assigned to a user: ${extension}.`;
    return { extension, state: 'DUPLICATE', errorCode: 9495, message };
  });
  return { status: extensionStatus.every(({ state }) => state === 'VALID') ? 'OK' : 'ERRORS', extensionStatus };
}
