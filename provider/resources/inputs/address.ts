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
 * Countries with states or provinces in their addresses. Elsewhere Webex's own locations have none, or a name
 * ("Barcelona"). *Assumption* for the list.
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

/** An address as the locations API takes it. An absent state or postal code is an empty text there. */
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

/** An address in an answer: any part may be missing. */
type Answered<A> = { [name in keyof A]?: string | null };

/** Nulls and empty texts in an answer count as absent. */
function withoutEmptyParts(from: Answered<Address>): Address {
  return {
    addressLine1: from.addressLine1 ?? '',
    addressLine2: from.addressLine2 || undefined,
    city: from.city ?? '',
    stateOrProvince: from.stateOrProvince || undefined,
    zipOrPostalCode: from.zipOrPostalCode || undefined,
    country: from.country ?? '',
  };
}

/** An address as the locations API returns it. */
export function fromLocationApi(from: Answered<LocationApiAddress>): Address {
  return withoutEmptyParts({
    addressLine1: from.address1,
    addressLine2: from.address2,
    city: from.city,
    stateOrProvince: from.state,
    zipOrPostalCode: from.postalCode,
    country: from.country,
  });
}

/** An address as the wholesale API returns it, which has the names of our inputs. */
export function fromWholesaleApi(from: Answered<Address> | undefined): Address | undefined {
  return from && withoutEmptyParts(from);
}
