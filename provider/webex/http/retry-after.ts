import type { HttpAnswer } from './transport';

/** The form of a date that RFC 9110 requires of servers. Date.parse alone reads "rand 30" as the year 2030. */
const HTTP_DATE = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * Milliseconds of a Retry-After header, which holds seconds or a date (RFC 9110, 10.2.3). At least 100, so that a 0
 * doesn't cause a tight loop of requests. undefined where the header is missing or malformed, such as
 * `rand(30),add(30)`, which Webex sends sometimes.
 * @param now milliseconds since 1970; a date counts from the server's own clock, where the answer has its Date
 */
export function retryAfter(headers: HttpAnswer['headers'], now: number): number | undefined {
  const text = headers['retry-after']?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(text)) return Math.max(100, Number(text) * 1000);
  const until = dateOf(text);
  return until === undefined ? undefined : Math.max(100, until - (dateOf(headers.date) ?? now));
}

function dateOf(text = ''): number | undefined {
  return HTTP_DATE.test(text) ? Date.parse(text) : undefined;
}
