import { uuidOf } from '../../ids';
import type { LocationRow } from '../../storage/rows';
import type { World } from '../../world';

/**
 * The calling details. `connection` is required in the document's schema but "only returned for local PSTN types" in
 * its description, which is followed here. Without a main number `phoneNumber` is the empty string, because the schema
 * requires a string.
 */
export function presentCalling(world: World, row: LocationRow): Record<string, unknown> {
  return {
    id: row.id,
    name: row.name,
    announcementLanguage: world.weather.settings.storedLanguages ? null : row.announcement_language,
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
