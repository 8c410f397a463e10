import { z } from 'zod';
import { type CheckFailure, UNKNOWN } from '../../lifecycle';
import { oneOf, optional, phoneNumber, required, text } from '../inputs/validation';

const pstn = z.strictObject({
  id: optional(text),
  displayName: optional(text),
  premiseRouteType: optional(oneOf(['TRUNK', 'ROUTE_GROUP'])),
  premiseRouteId: optional(text),
});

const numberOptions = z.strictObject({
  numberType: optional(oneOf(['DID', 'TOLLFREE', 'MOBILE'])),
  numberUsageType: optional(oneOf(['NONE', 'SERVICE'])),
  state: optional(oneOf(['ACTIVE', 'INACTIVE'])),
  subscriptionId: optional(text),
});

/** Webex Calling of a location (inputs/args.ts, LocationCalling). */
export const calling = z.strictObject({
  enabled: required(z.boolean().default(true)).default(true),
  pstn: optional(pstn),
  phoneNumbers: optional(z.array(required(phoneNumber))),
  numberOptions: optional(numberOptions),
  mainNumber: optional(phoneNumber),
  callingLineIdName: optional(text),
  externalCallerIdName: optional(text),
  routingPrefix: optional(z.string().regex(/^\d+$/, 'must be digits')),
  outsideDialDigit: optional(text),
  enforceOutsideDialDigit: optional(z.boolean()),
  emergencyLocationIdentifier: optional(text),
  chargeNumber: optional(phoneNumber),
});

/** Checked calling settings; also what is recorded of them in the state. */
export type Calling = z.output<typeof calling>;
/** Checked PSTN connection. */
export type Pstn = z.output<typeof pstn>;

/**
 * Names that Cisco's own integrated connection has; other integrated ones are known only once the connection is set.
 */
const INTEGRATED_NAME = /^cisco (calling plans?|pstn)$/i;

/** Why numbers are refused on an integrated connection, wherever that is found out. */
export const INTEGRATED_REASON =
  "phone numbers can't be managed on an integrated PSTN connection: Cisco's document says that the operation must never be " +
  'used there. Remove phoneNumbers (numbers are ordered through the PSTN provider), or declare a non-integrated connection';

/** Characters of a calling location's name: seen in use, found by Webex only once calling is enabled. */
const NAME_LENGTH = 80;

/** A location with calling has a shorter name than others. */
export function nameFailures(name: string, property: string): CheckFailure[] {
  const { length } = [...name];
  if (name === UNKNOWN || length <= NAME_LENGTH) return [];
  const reason = `must be at most ${NAME_LENGTH} characters long at a location with Webex Calling, and has ${length}`;
  return [{ property, reason }];
}

/** Rules within a calling block that need no backend. */
export function callingFailures(block: Calling | undefined, path: string): CheckFailure[] {
  if (block === undefined || (block as unknown) === UNKNOWN) return [];
  const failures: CheckFailure[] = [];
  const fail = (property: string, reason: string) => failures.push({ property: `${path}.${property}`, reason });
  const numbers = Array.isArray(block.phoneNumbers) ? block.phoneNumbers : undefined;
  const connection = typeof block.pstn === 'object' ? block.pstn : undefined;

  if (block.enabled === false) {
    const { enabled: _, ...rest } = block;
    const left = Object.keys(rest).filter((key) => rest[key as keyof typeof rest] !== undefined);
    if (left.length > 0) fail('enabled', `is false, so ${left.join(', ')} can't be set; remove them or enable calling`);
    return failures;
  }
  if (connection) {
    const route = [connection.premiseRouteType, connection.premiseRouteId].filter((part) => part !== undefined);
    if (route.length === 1) fail('pstn', 'needs both premiseRouteType and premiseRouteId for a local gateway');
    if (connection.id !== undefined && connection.displayName !== undefined)
      fail('pstn', 'takes id or displayName, not both');
    if (route.length === 0 && connection.id === undefined && connection.displayName === undefined) {
      fail('pstn', 'needs id, displayName, or premiseRouteType with premiseRouteId');
    }
    if (INTEGRATED_NAME.test(connection.displayName ?? '') && (numbers?.length ?? 0) > 0)
      fail('phoneNumbers', INTEGRATED_REASON);
  }
  numbers?.forEach((number, index) => {
    if (number !== UNKNOWN && numbers.indexOf(number) !== index)
      fail(`phoneNumbers[${index}]`, `${number} is listed twice`);
  });
  const main = block.mainNumber;
  if (main !== undefined && main !== UNKNOWN && numbers && !numbers.includes(main) && !numbers.includes(UNKNOWN)) {
    fail('mainNumber', `${main} is not one of phoneNumbers; add it there or choose another main number`);
  }
  return failures;
}

/**
 * Refuses phone numbers of a new location without a PSTN connection: adding them is "only supported for adding DID and
 * Toll-free numbers to non-integrated PSTN connection types", mobile numbers for a "location that has PSTN connection
 * setup" (webex-calling.openapi.json, POST /telephony/config/locations/{locationId}/numbers).
 */
export function connectionFailures(block: Calling | undefined, path: string): CheckFailure[] {
  if (typeof block !== 'object' || block.enabled === false || block.pstn !== undefined) return [];
  const numbers = block.phoneNumbers;
  if (!Array.isArray(numbers) || numbers.length === 0) return [];
  return connectionNeeded(path, 'a new location has none');
}

/** @param why why the location has no connection */
export function connectionNeeded(path: string, why: string): CheckFailure[] {
  return [{ property: `${path}.pstn`, reason: `is required, because phoneNumbers need a PSTN connection, and ${why}` }];
}
