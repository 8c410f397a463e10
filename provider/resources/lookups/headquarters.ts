import { type Caller, UNKNOWN } from '../../lifecycle';
import type { Run } from '../run/run';

/**
 * Location IDs of headquarters, by customer ID, as recorded. Pulumi knows no output of a customer in the preview of its
 * update, so that a user's move to the headquarters would not show.
 */
export function headquarters(run: Run): Map<string, string> {
  return run.memory.forRun('headquarters', () => new Map<string, string>());
}

/** Inputs in which a `locationId` that isn't known yet, and comes from the user's customer, is its headquarters. */
export function withHeadquarters(
  run: Run,
  news: Readonly<Record<string, unknown>>,
  { references = {} }: Pick<Caller, 'references'>,
): Readonly<Record<string, unknown>> {
  const [place, ...others] = references.locationId ?? [];
  const [customer] = references.customerId ?? [];
  if (news.locationId !== UNKNOWN || place === undefined || place !== customer || others.length > 0) return news;
  return { ...news, locationId: headquarters(run).get(String(news.customerId)) ?? UNKNOWN };
}
