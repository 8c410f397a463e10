import { z } from 'zod';

/*
 * Shapes that several API families share. Answers are read with what this package needs: unknown fields are
 * tolerated, documented enumerations are plain strings (Cisco adds values), null counts as missing.
 */

/**
 * An ID in an answer: a text that is valid in a path and in Pulumi's state. An answer without a usable ID is refused;
 * the new object is then looked up by its key.
 */
export const webexId = z
  .string()
  .min(1)
  .max(1000)
  .regex(/^[^\p{Cc}\p{Cs}]+$/u, 'is no text')
  .refine((value) => value !== '.' && value !== '..', 'names nothing');
/** An ID that may be missing. An empty one counts as missing. */
export const optionalId = z.union([z.literal('').transform(() => undefined), webexId]).optional();

/*
 * Scalars as Webex writes them. Its documents and its answers differ on which are texts (`invitePending`), so each form
 * is read that has only one meaning.
 */
export const number = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d{1,15}(\.\d+)?$/)
    .transform(Number),
]);
export const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')]);
/** A text that can look like a number: a postal code, an extension, degrees, a time. Numbers are read as texts. */
export const text = z.union([z.string(), z.number().transform(String)]);
/** A word of a documented list, which has lower-case words: `provisioned`. */
export const word = z.string().toLowerCase();

/** An address with the field names of the wholesale API (`Address`). */
export const wholesaleAddress = z.object({
  addressLine1: z.string().optional(),
  addressLine2: z.string().optional(),
  city: z.string().optional(),
  stateOrProvince: z.string().optional(),
  zipOrPostalCode: text.optional(),
  country: z.string().optional(),
});
export type WholesaleAddress = z.infer<typeof wholesaleAddress>;

/** An entry of `errors` and `warnings` inside an object (`Error`): why background work on it failed. */
export const problem = z.object({
  errorCode: z.union([z.number(), z.string()]).optional(),
  description: z.string().optional(),
});
export type Problem = z.infer<typeof problem>;

/** An answer that has only the ID of the new object. */
export const created = z.object({ id: webexId });

/** `info` in the answer of the prechecks. It is an object in the document's schema and a list in its example. */
const info = z.object({
  infoCode: z.union([z.number(), z.string()]).optional(),
  description: z.string().default(''),
});
export const precheckAnswer = z.object({
  message: z.string().default(''),
  info: z.union([z.array(info), info.transform((entry) => [entry])]).default([]),
  // "errorCode object in the case of failure" (CustomerProvisioningPrecheckResponse.message). The document does not
  // say which status that answer has.
  errors: z.array(problem).default([]),
});
/** The answer of a precheck that passed. One that failed throws a WebexApiError. */
export interface Precheck {
  message: string;
  info: { infoCode?: number | string; description: string }[];
}

/** Body of a request about a customer's calling packages: the headquarters location. */
export interface CallingParameters {
  location: {
    name: string;
    address: WholesaleAddressBody;
    timezone: string;
    language: string;
    emergencyLocationIdentifier?: string;
  };
}

/** An address in a request of the wholesale API; 50 characters a line at most. */
export interface WholesaleAddressBody {
  addressLine1: string;
  addressLine2?: string;
  city: string;
  stateOrProvince?: string;
  zipOrPostalCode?: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
}

/** The form of a language for the calling API, which refuses `en_US` ("Invalid Language Code") and accepts `en_us`. */
export function languageCode(language: string): string {
  return language.toLowerCase();
}

/** Omits an empty second line from an address, because the request that enables calling refuses it. */
export function withoutEmptyLine<A extends { address2?: string }>({ address2, ...rest }: A) {
  return address2 ? { ...rest, address2 } : rest;
}
