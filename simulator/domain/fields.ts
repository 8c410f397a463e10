import { z } from 'zod';

/** A non-empty text. */
export const text = z.string().trim().min(1, 'must not be empty').max(2048, 'is too long');

const regions = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

/** Codes that the runtime knows but that are not in ISO 3166-1. */
const NO_COUNTRY = new Set(['EU', 'EZ', 'UN', 'QO', 'XA', 'XB', 'ZZ', 'AC', 'CP', 'CQ', 'DG', 'EA', 'IC', 'TA', 'UK']);

/** A country as ISO 3166-1 alpha-2, upper case (wholesale documents: "ISO2 country code"). */
export const country = z.string().refine(isCountry, 'must be an ISO 3166-1 alpha-2 country code');

function isCountry(code: string): boolean {
  return /^[A-Z]{2}$/.test(code) && !NO_COUNTRY.has(code) && regions.of(code) !== undefined;
}

/** A time zone of the IANA database, such as America/Los_Angeles. */
export const timeZone = z.string().refine(isTimeZone, 'must be an IANA time zone');

function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** A language such as `en` or `en_us` (customerInfo.language: ISO 639-1 with or without a country). */
export const language = z
  .string()
  .regex(/^[A-Za-z]{2,3}([_-][A-Za-z]{2,4})?$/, 'must be a language such as en or en_us');

/** An email address; compared without case everywhere. */
export const email = z
  .string()
  .max(320)
  .regex(/^[^\s@"]+@[^\s@"]+\.[^\s@"]+$/, 'must be an email address');

/** A phone number in E.164. */
export const e164 = z.string().regex(/^\+[1-9]\d{1,14}$/, 'must be a phone number in E.164 format');

/** "There is a 50 character limit on each address line" (wholesale documents, address). */
const addressLine = text.max(50, 'must have at most 50 characters');

/** An address of the wholesale documents. */
export const wholesaleAddress = z.object({
  addressLine1: addressLine,
  addressLine2: z.string().max(50, 'must have at most 50 characters').optional(),
  city: text,
  stateOrProvince: z.string().max(256).optional(),
  zipOrPostalCode: z.string().max(64).optional(),
  country,
});
export type WholesaleAddress = z.infer<typeof wholesaleAddress>;

/** An address of the locations documents. */
export const locationAddress = z.object({
  address1: text,
  address2: z.string().max(2048).optional(),
  city: text,
  state: z.string().max(256).default(''),
  postalCode: z.string().max(64),
  country,
});
export type LocationAddress = z.infer<typeof locationAddress>;

/** Countries with states in their addresses (assumption for the list). */
const COUNTRIES_WITH_STATES = ['AU', 'BR', 'CA', 'CN', 'IN', 'MX', 'US'];

/**
 * The address of a new location. The state is optional in countries without states, as in locations of the real Webex.
 */
export const newLocationAddress = locationAddress
  .extend({ postalCode: text })
  .refine(({ state, country: code }) => state.trim() !== '' || !COUNTRIES_WITH_STATES.includes(code), {
    message: 'must not be empty',
    path: ['state'],
  });
