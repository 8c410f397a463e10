import { getAlpha2Codes } from 'i18n-iso-countries/index';

const codes = new Set(Object.keys(getAlpha2Codes()));
// In use for Kosovo, but assigned by nobody: not part of ISO 3166-1.
codes.delete('XK');

/** Whether this is an ISO 3166-1 alpha-2 code, in capitals as the API wants it. */
export function isCountry(code: string): boolean {
  return codes.has(code);
}
