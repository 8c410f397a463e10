/** Separators between the digits of a phone number. */
const SEPARATORS = /[\s().-]/g;

/**
 * A phone number as E.164; undefined if it is invalid. Separators are removed and, in the United States, ten national
 * digits are accepted: both forms are in the documents (+1-240-555-1212 in PUT subscribers, 408 526 7209 in PUT
 * people).
 */
export function toE164(sent: string, country: string): string | undefined {
  const digits = sent.replace(SEPARATORS, '');
  if (/^\+[1-9]\d{1,14}$/.test(digits)) return digits;
  return country === 'US' && /^[2-9]\d{9}$/.test(digits) ? `+1${digits}` : undefined;
}

/** The prefixes of toll-free numbers of the North American Numbering Plan. */
export function isTollFree(number: string): boolean {
  return /^\+18(00|33|44|55|66|77|88)\d{7}$/.test(number);
}
