import { z } from 'zod';
import type { CheckFailure } from '../../lifecycle';
import { calling, callingFailures, nameFailures } from '../calling/schema';
import type { OfPartner } from '../define/partner';
import { locationAddress } from '../inputs/address';
import { customerId, subPartnerId } from '../inputs/ids';
import { type Changes, keysOf, pick } from '../inputs/keys';
import { language, optional, reconciliation, required, text, timeZone } from '../inputs/validation';

const degrees = (limit: number) =>
  z
    .string()
    .refine(
      (value) => /^-?\d+(\.\d+)?$/.test(value) && Math.abs(Number(value)) <= limit,
      `must be degrees between -${limit} and ${limit}`,
    );

const coordinates = z.strictObject({ latitude: required(degrees(90)), longitude: required(degrees(180)) });

/** Inputs of a location (args.ts), as `check` lets them pass. */
export const locationInputs = z.strictObject({
  customerId: required(customerId),
  name: required(text),
  timeZone: required(timeZone),
  preferredLanguage: required(language),
  announcementLanguage: required(language),
  address: required(locationAddress),
  coordinates: optional(coordinates),
  notes: optional(text),
  calling: optional(calling),
  onBehalfOfSubPartnerOrgId: optional(subPartnerId),
  ...reconciliation,
});

/** Checked inputs. */
export type LocationInputs = z.output<typeof locationInputs>;

/** What is declared of a location; all of it is recorded in the state. */
export const INPUT_KEYS = keysOf(locationInputs);

/**
 * What changes each input: PUT /locations/{locationId}, or operations of calling. The document of PUT lacks coordinates
 * and notes, which it also changes (tests of wxc_sdk).
 */
export const CHANGES = {
  customerId: 'never',
  name: 'PUT',
  timeZone: 'PUT',
  preferredLanguage: 'PUT',
  announcementLanguage: 'announcement',
  address: 'PUT',
  coordinates: 'PUT',
  notes: 'PUT',
  calling: 'calling',
  onBehalfOfSubPartnerOrgId: 'never',
  adopt: 'recorded',
  allowReplacement: 'recorded',
  timeouts: 'recorded',
} as const satisfies Changes<LocationInputs>;

/** State of a location: what is declared, and what Webex says. */
export interface LocationState extends LocationInputs, OfPartner {
  orgId: string;
  /** Type of the PSTN connection where phone numbers are declared: on integrated ones they can't be. */
  pstnConnectionType?: string;
}

/** The inputs that a state stands for. */
export function inputsOf(state: LocationState): LocationInputs {
  return pick(state, INPUT_KEYS);
}

/** Rules that need no backend. */
export function locationRules(inputs: LocationInputs): CheckFailure[] {
  const { name, calling: block } = inputs;
  const names = block?.enabled === true ? nameFailures(name, 'name') : [];
  return [...names, ...callingFailures(block, 'calling')];
}
