import { z } from 'zod';
import { isCountry } from './countries';
import { known, optional, text } from './validation';

const line = text.refine((value) => value.length <= 50, 'must be at most 50 characters long');
const country = z.string().refine(isCountry, 'must be an ISO 3166-1 alpha-2 country code in capitals (US)');

const fields = {
  addressLine1: known(line),
  addressLine2: optional(line),
  city: known(text),
  stateOrProvince: optional(text),
  zipOrPostalCode: optional(text),
  country: known(country),
};

/** Address of a customer: state and postal code only where the country needs them (webex-wholesale.openapi.json). */
export const address = z.strictObject(fields);

/** Address of a location: POST /locations wants state and postal code (webex-calling.openapi.json). */
export const locationAddress = z.strictObject({
  ...fields,
  stateOrProvince: known(text),
  zipOrPostalCode: known(text),
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

/** For PUT, where every field is optional: an empty text takes the second line away, leaving it out could keep it. */
export function toLocationUpdate(from: Address): LocationApiAddress {
  return { ...toLocationApi(from), address2: from.addressLine2 ?? '' };
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
