import { z } from 'zod';

/*
 * Shapes that several API families share. Answers are read with what this package needs: unknown fields are
 * tolerated, documented enumerations are plain strings (Cisco adds values), null counts as missing.
 */

/**
 * An ID in an answer: a text that can stand in a path and in Pulumi's state. An answer without a usable one is as good
 * as none: what was made is then looked for by its key.
 */
export const webexId = z
  .string()
  .min(1)
  .max(1000)
  .regex(/^[^\p{Cc}\p{Cs}]+$/u, 'is no text')
  .refine((value) => value !== '.' && value !== '..', 'names nothing');

/** An address as the wholesale API names its fields (`Address`). */
export const wholesaleAddress = z.object({
  addressLine1: z.string().optional(),
  addressLine2: z.string().optional(),
  city: z.string().optional(),
  stateOrProvince: z.string().optional(),
  zipOrPostalCode: z.string().optional(),
  country: z.string().optional(),
});
export type WholesaleAddress = z.infer<typeof wholesaleAddress>;

/** An entry of `errors` and `warnings` inside an object (`Error`): why background work on it failed. */
export const problem = z.object({
  errorCode: z.union([z.number(), z.string()]).optional(),
  description: z.string().optional(),
});
export type Problem = z.infer<typeof problem>;

/** An answer that only names the new object. */
export const created = z.object({ id: webexId });

/** What the two prechecks answer. The document calls `info` an object, its example shows a list: both are read. */
const info = z.object({
  infoCode: z.union([z.number(), z.string()]).optional(),
  description: z.string().default(''),
});
export const precheckAnswer = z.object({
  message: z.string().default(''),
  info: z.union([z.array(info), info.transform((entry) => [entry])]).default([]),
  // "errorCode object in the case of failure" (CustomerProvisioningPrecheckResponse.message): with which status is not
  // said.
  errors: z.array(problem).default([]),
});
/** A precheck that found nothing; one that did is a WebexApiError. */
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

/** A language as the calling API takes it: `en_US` gets "Invalid Language Code" from it, `en_us` does not. */
export function languageCode(language: string): string {
  return language.toLowerCase();
}

/** An address for POST: enabling calling refuses an empty second line, so that it is left out. */
export function withoutEmptyLine<A extends { address2?: string }>({ address2, ...rest }: A) {
  return address2 ? { ...rest, address2 } : rest;
}
