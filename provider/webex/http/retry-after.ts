/** The one form of a date that RFC 9110 lets servers send; Date.parse alone takes "rand 30" for the year 2030. */
const HTTP_DATE = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * Milliseconds that a Retry-After header asks for: seconds or a date (RFC 9110, 10.2.3). At least 100, so that a
 * server that says 0 is not asked in a tight loop; undefined where the header is missing or malformed, as
 * `rand(30),add(30)`, which Webex was seen to send.
 */
export function retryAfter(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(text)) return Math.max(100, Number(text) * 1000);
  return HTTP_DATE.test(text) ? Math.max(100, Date.parse(text) - now) : undefined;
}
