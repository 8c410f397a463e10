import { z } from 'zod';

/** A query parameter that counts something; `limit` is what a larger value is cut to. */
export function countParameter(
  fallback: number,
  limit = Number.MAX_SAFE_INTEGER,
  least = 0,
): z.ZodType<number, string | undefined> {
  return z
    .string()
    .regex(/^\d{1,9}$/, 'must be a whole number')
    .optional()
    .transform((text) => Math.min(text === undefined ? fallback : Number(text), limit))
    .refine((value) => value >= least, `must be at least ${least}`);
}

/** A query parameter that is true or false, in any case: Python's clients write True. */
export const flagParameter = z
  .string()
  .regex(/^(true|false)$/i, 'must be true or false')
  .optional()
  .transform((text) => text?.toLowerCase() === 'true');

/** One page of a list: the items, and the Link header that names the next page where there is one (RFC 5988, Webex REST API Basics). */
export interface Page<Item> {
  readonly items: Item[];
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Makes a page of a query that asked for one item more than fits.
 * @param startParameter the query parameter that the next page moves: `offset` for wholesale lists, `start` for telephony ones.
 */
export function page<Item>(
  found: readonly Item[],
  max: number,
  start: number,
  startParameter: string,
  url: URL,
): Page<Item> {
  if (found.length <= max || max === 0) return { items: found.slice(0, max), headers: {} };
  const next = new URL(url);
  next.searchParams.set('max', String(max));
  next.searchParams.set(startParameter, String(start + max));
  return { items: found.slice(0, max), headers: { Link: `<${next.href}>; rel="next"` } };
}
