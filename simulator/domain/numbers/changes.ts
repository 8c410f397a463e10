import { ApiError, badRequest, conflict } from '../../api-error';
import type { LocationRow, NumberRow } from '../../storage/rows';
import type { World } from '../../world';
import { isIntegrated } from '../pstn/catalogue';
import { connectionOf } from '../pstn/find';
import { isTollFree } from './e164';
import { numberRow } from './find';
import { checkConnection, own } from './rules';
import type { AddNumbers } from './schema';

/** "Only 20 mobile numbers can be added per request." */
const MAX_MOBILE = 20;

/** A refused number in an answer (public evidence: wxc_sdk). */
export interface RefusedNumber {
  number: string;
  errorType: string;
  errorCode: string;
  errorMessage: string;
  errorTitle: string;
}

/**
 * Adds numbers to a location, all or none. In some weather it adds the valid ones and answers with the others. Errors:
 * 400 without a PSTN connection, with an integrated one (mobile numbers "can be added to any location that has PSTN
 * connection setup"), and for duplicates; 409 for a number that exists anywhere (8363).
 */
export function addNumbers(world: World, location: LocationRow, input: AddNumbers): RefusedNumber[] {
  const mobile = input.numberType === 'MOBILE';
  checkConnection(location, mobile);
  if (mobile && input.phoneNumbers.length > MAX_MOBILE)
    throw badRequest(`Only ${MAX_MOBILE} mobile numbers can be added per request.`);
  if (new Set(input.phoneNumbers).size !== input.phoneNumbers.length)
    throw badRequest("Invalid field 'phoneNumbers': a phone number is given twice.");
  const refused: RefusedNumber[] = [];
  for (const number of input.phoneNumbers) {
    if (numberRow(world, number)) {
      if (world.weather.settings.numbersPartlyStatus === null) throw exists(number);
      refused.push(refusedNumber(number));
      continue;
    }
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
  return refused;
}

function refusedNumber(number: string): RefusedNumber {
  const errorMessage = `[Error 8363] DN is in use : ${number}`;
  return { number, errorType: 'FAILURE', errorCode: '8363', errorMessage, errorTitle: 'Number in use' };
}

/** 409 with these two codes (public evidence: wxc_sdk's tests). */
function exists(number: string): ApiError {
  const description = `[Error 8363] DN is in use : ${number}`;
  return new ApiError(409, description, { errorCode: 25223, errors: [{ description, errorCode: 8363 }] });
}

/** Activates numbers. Errors: 400 as for adding, for a number of another location, and for a mobile number. */
export function activateNumbers(world: World, location: LocationRow, numbers: readonly string[]): void {
  checkConnection(location, false);
  for (const number of numbers) {
    if (own(world, location, number).type === 'MOBILE')
      throw badRequest(`${number} is a mobile number: it is activated when assigned.`);
    world.db.update('numbers', 'number', number, { state: 'ACTIVE' });
  }
}

/**
 * Removes numbers, all or none. Errors: 400 as above, "a location's main number cannot be removed"; 409 for a number
 * that is assigned.
 */
export function removeNumbers(world: World, location: LocationRow, numbers: readonly string[]): void {
  if (hasIntegrated(location))
    throw badRequest(
      'DELETE number(s) is supported only for non-integrated CCP and LGW locations.',
      'ERR.V.TRM.TMN60004',
    );
  checkConnection(location, false);
  for (const number of numbers) {
    checkBusy(world, number);
    if (own(world, location, number).person_id !== null)
      throw conflict(`The phone number ${number} is assigned to a user.`);
    if (location.main_number === number)
      throw badRequest(`The phone number ${number} is the location's main number and cannot be removed.`);
  }
  for (const number of numbers) world.db.run('DELETE FROM numbers WHERE number = ?', number);
}

function hasIntegrated(location: LocationRow): boolean {
  const connection = connectionOf(location);
  return connection !== undefined && isIntegrated(connection);
}

/**
 * In some weather answers 502 for a number that was just unassigned, and for an unknown one (public evidence: tests of
 * wxc_sdk).
 */
function checkBusy({ db, weather, clock }: World, number: string): void {
  if (weather.settings.numbersBusySeconds === 0) return;
  const row = db.first<NumberRow>('SELECT * FROM numbers WHERE number = ?', number);
  const headers = { 'cisco-spark-error-codes': '4251' };
  if (!row) throw new ApiError(502, 'The server received an invalid response from an upstream server.', { headers });
  if (row.person_id === null && weather.isWithin(row.released, 'numbersBusySeconds', clock.now()))
    throw new ApiError(502, 'The server received an invalid response from an upstream server. Try again later.');
}
