import { z } from 'zod';
import { badRequest, conflict } from '../http/errors';
import type { LocationRow, NumberRow } from '../storage/rows';
import type { World } from '../world';
import { e164 } from './fields';
import { isTollFree, toE164 } from './phone';
import { connectionOf, isIntegrated } from './pstn';

const phoneNumbers = z.array(e164).min(1, 'must hold at least one phone number');

/** POST /telephony/config/locations/{locationId}/numbers. */
export const addNumbersBody = z.object({
  phoneNumbers: phoneNumbers.max(1000),
  numberType: z.enum(['TOLLFREE', 'DID', 'MOBILE']).default('DID'),
  numberUsageType: z.enum(['NONE', 'SERVICE']).default('NONE'),
  state: z.enum(['ACTIVE', 'INACTIVE']).optional(),
  subscriptionId: z.string().optional(),
});
export type AddNumbers = z.infer<typeof addNumbersBody>;

/** PUT of the same path. */
export const numbersBody = z.object({ phoneNumbers: phoneNumbers.max(1000) });

/** DELETE of the same path: "The maximum limit is 5." */
export const deleteNumbersBody = z.object({ phoneNumbers: phoneNumbers.max(5, 'must hold at most 5 phone numbers') });

/** "[Error 8361] DN is unavailable": the example of validateNumbers. */
const UNAVAILABLE = 8361;

/** "Only 20 mobile numbers can be added per request." */
const MAX_MOBILE = 20;

/**
 * Adds numbers to a location, all or none. Errors: 400 without a PSTN connection, with an integrated one (mobile numbers "can be added to
 * any location that has PSTN connection setup"), a number given twice, or one that exists anywhere (8361).
 */
export function addNumbers(world: World, location: LocationRow, input: AddNumbers): void {
  const mobile = input.numberType === 'MOBILE';
  checkConnection(location, mobile);
  if (mobile && input.phoneNumbers.length > MAX_MOBILE)
    throw badRequest(`Only ${MAX_MOBILE} mobile numbers can be added per request.`);
  if (new Set(input.phoneNumbers).size !== input.phoneNumbers.length)
    throw badRequest("Invalid field 'phoneNumbers': a phone number is given twice.");
  for (const number of input.phoneNumbers) {
    if (find(world, number)) throw badRequest(`[Error ${UNAVAILABLE}] DN is unavailable : ${number}`, UNAVAILABLE);
    world.db.insert('numbers', {
      number,
      location_id: location.id,
      org_id: location.org_id,
      // "By default ... `ACTIVE` for DID and toll-free numbers only."
      state: mobile ? 'INACTIVE' : (input.state ?? 'ACTIVE'),
      type: input.numberType === 'DID' && isTollFree(number) ? 'TOLLFREE' : input.numberType,
      usage: input.numberUsageType,
    });
  }
}

/** Activates numbers. Errors: 400 as for adding, a number of another location, a mobile number. */
export function activateNumbers(world: World, location: LocationRow, numbers: readonly string[]): void {
  checkConnection(location, false);
  for (const number of numbers) {
    if (own(world, location, number).type === 'MOBILE')
      throw badRequest(`${number} is a mobile number: it is activated when assigned.`);
    world.db.update('numbers', 'number', number, { state: 'ACTIVE' });
  }
}

/** Removes numbers, all or none. Errors: 400 as above, "a location's main number cannot be removed"; 409 one that somebody has. */
export function removeNumbers(world: World, location: LocationRow, numbers: readonly string[]): void {
  checkConnection(location, false);
  for (const number of numbers) {
    if (own(world, location, number).person_id !== null)
      throw conflict(`The phone number ${number} is assigned to a user.`);
    if (location.main_number === number)
      throw badRequest(`The phone number ${number} is the location's main number and cannot be removed.`);
  }
  for (const number of numbers) world.db.run('DELETE FROM numbers WHERE number = ?', number);
}

/** The answer of validateNumbers: whether each number could be added somewhere. US numbers may be national. */
export function validateNumbers(world: World, sent: readonly string[]): Record<string, unknown> {
  const seen = new Set<string>();
  const numbers = sent.map((text) => {
    const number = toE164(text, 'US');
    if (number === undefined)
      return { number: text, state: 'Invalid', tollFreeNumber: false, detail: [`Invalid phone number : ${text}`] };
    const tollFreeNumber = isTollFree(number);
    if (seen.has(number))
      return { number, state: 'Duplicate', tollFreeNumber, detail: [`Duplicate phone number : ${number}`] };
    seen.add(number);
    if (!find(world, number)) return { number, state: 'Available', tollFreeNumber };
    return {
      number,
      state: 'Unavailable',
      tollFreeNumber,
      detail: [`[Error ${UNAVAILABLE}] DN is unavailable : ${number}`],
    };
  });
  return { status: numbers.every(({ state }) => state === 'Available') ? 'OK' : 'ERRORS', numbers };
}

function checkConnection(location: LocationRow, mobile: boolean): void {
  const connection = connectionOf(location);
  if (!connection) throw badRequest('The location has no PSTN connection: set one before its phone numbers.');
  if (isIntegrated(connection) && !mobile)
    throw badRequest(
      `Phone numbers of a location with the integrated PSTN connection ${connection.displayName} cannot be managed with this operation.`,
    );
}

function find(world: World, number: string): NumberRow | undefined {
  return world.db.first<NumberRow>('SELECT * FROM numbers WHERE number = ?', number);
}

function own(world: World, location: LocationRow, number: string): NumberRow {
  const row = find(world, number);
  if (row?.location_id !== location.id) throw badRequest(`The phone number ${number} is not a number of the location.`);
  return row;
}
