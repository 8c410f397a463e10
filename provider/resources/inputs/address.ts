import { z } from 'zod';
import { country } from './countries';
import { optional, required, text } from './validation';

const LINE_LENGTH = 50;

/** Characters as people count them: what is outside the basic plane counts once. */
const line = text.superRefine((value, context) => {
  const { length } = [...value];
  if (length <= LINE_LENGTH) return;
  const message = `must be at most ${LINE_LENGTH} characters long, and has ${length}`;
  context.addIssue({ code: 'custom', message, input: value });
});

const fields = {
  addressLine1: required(line),
  addressLine2: optional(line),
  city: required(text),
  stateOrProvince: optional(text),
  zipOrPostalCode: optional(text),
  country: required(country),
};

/** Address of a customer: state and postal code only where the country needs them (webex-wholesale.openapi.json). */
export const address = z.strictObject(fields);

/**
 * Countries with states or provinces in their addresses. Elsewhere Webex's own locations have none, or a name ("Barcelona").
 * *Assumption* for the list.
 */
const COUNTRIES_WITH_STATES = ['AU', 'BR', 'CA', 'CN', 'IN', 'MX', 'US'];

/**
 * Address of a location: POST /locations wants a postal code, and a state where the country has them
 * (webex-calling.openapi.json wants it always).
 */
export const locationAddress = z
  .strictObject({ ...fields, zipOrPostalCode: required(text) })
  .superRefine(({ stateOrProvince, country: code }, context) => {
    if (stateOrProvince !== undefined || !COUNTRIES_WITH_STATES.includes(code)) return;
    context.addIssue({ code: 'custom', path: ['stateOrProvince'], message: 'is required', input: undefined });
  });

/** Checked address. */
export type Address = z.output<typeof address>;

/** What the locations API calls the parts of an address. */
export interface LocationApiAddress {
  address1: string;
  address2?: string;
  city: string;
  state: string;
  postalCode: string;
  country: string;
}

export function toLocationApi(from: Address): LocationApiAddress {
  return {
    address1: from.addressLine1,
    address2: from.addressLine2,
    city: from.city,
    state: from.stateOrProvince ?? '',
    postalCode: from.zipOrPostalCode ?? '',
    country: from.country,
  };
}

/** An address as any of the APIs returns it; empty texts count as absent. */
export function fromLocationApi(from: { [name in keyof LocationApiAddress]?: string | null }): Address {
  return {
    addressLine1: from.address1 ?? '',
    addressLine2: from.address2 || undefined,
    city: from.city ?? '',
    stateOrProvince: from.state || undefined,
    zipOrPostalCode: from.postalCode || undefined,
    country: from.country ?? '',
  };
}

/** The wholesale API uses our names; nulls and empty texts count as absent. */
export function fromWholesaleApi(from: { [name in keyof Address]?: string | null } | undefined): Address | undefined {
  if (from === undefined) return undefined;
  return {
    addressLine1: from.addressLine1 ?? '',
    addressLine2: from.addressLine2 || undefined,
    city: from.city ?? '',
    stateOrProvince: from.stateOrProvince || undefined,
    zipOrPostalCode: from.zipOrPostalCode || undefined,
    country: from.country ?? '',
  };
}
