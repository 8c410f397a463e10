import { z } from 'zod';

/** A numeric query parameter. Values above `limit` are reduced to it. */
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

/** A boolean query parameter, in any case: Python clients write True. */
export const flagParameter = z
  .string()
  .regex(/^(true|false)$/i, 'must be true or false')
  .optional()
  .transform((text) => text?.toLowerCase() === 'true');

/**
 * A page of a list: its items and the Link header with the other pages (RFC 8288, Webex REST API Basics).
 */
export interface Page<Item> {
  readonly items: Item[];
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Makes a page of the rows of a query for one more than `max`. `Link` has `next`, `prev` and `first`, with the filters
 * of this page.
 * @param startParameter the query parameter of the page's start: `offset` for wholesale lists, `start` for telephony
 */
export function page<Item>(
  found: readonly Item[],
  max: number,
  start: number,
  startParameter: string,
  url: URL,
): Page<Item> {
  const items = found.slice(0, max);
  if (max === 0) return { items, headers: {} };
  const link = (relation: string, position: number) => {
    const target = new URL(url);
    target.searchParams.set('max', String(max));
    target.searchParams.set(startParameter, String(position));
    return `<${target.href}>; rel="${relation}"`;
  };
  const links = [
    ...(found.length > max ? [link('next', start + max)] : []),
    ...(start > 0 ? [link('prev', Math.max(0, start - max)), link('first', 0)] : []),
  ];
  return { items, headers: links.length > 0 ? { Link: links.join(', ') } : {} };
}
