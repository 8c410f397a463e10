import { getAlpha2Codes } from 'i18n-iso-countries/index';
import { z } from 'zod';

const codes = new Set(Object.keys(getAlpha2Codes()));
// In use for Kosovo, but not assigned in ISO 3166-1.
codes.delete('XK');

/** ISO 3166-1 alpha-2 code, in capitals as the API wants it. */
export const country = z.string().superRefine((value, context) => {
  if (codes.has(value)) return;
  const message = `must be an ISO 3166-1 alpha-2 country code in capitals (${meant(value) ?? 'US'})`;
  context.addIssue({ code: 'custom', message, input: value });
});

/** The code that was probably meant. */
function meant(value: string): string | undefined {
  const capitals = value.trim().toUpperCase();
  if (capitals === 'UK') return 'GB';
  return codes.has(capitals) ? capitals : undefined;
}
