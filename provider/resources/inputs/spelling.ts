import { uuidOf } from '../../webex/ids';

/** A language as Webex may store it: `en_US`, `en-us` and `en_us` are one. */
function languageForm(language: string): string {
  return language.toLowerCase().replaceAll('-', '_');
}

/** The canonical name of a time zone: Asia/Kolkata and Asia/Calcutta are one. */
function timeZoneForm(name: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return name;
  }
}

/**
 * Which texts mean the same although they are spelled differently, by the name of the property that holds them. A unit
 * test compares this with the schemas: each e-mail address, language and time zone of them is among these.
 */
const FORMS: readonly [property: RegExp, form: (text: string) => string][] = [
  [/^(email|\w+Email)$/, (address) => address.toLowerCase()],
  [/^(language|\w+Language)$/, languageForm],
  [/^(timeZone|\w+TimeZone)$/, timeZoneForm],
  [/^(country|stateOrProvince)$/, (code) => code.toUpperCase()],
  [/^(phoneNumber|mainNumber)$/, (number) => number.replace(/[\s().-]/g, '')],
  [/^(id|(?!external)\w+Id)$/, uuidOf],
];

/**
 * A text in the form by which it is compared. Letters may be composed or decomposed (Unicode normal forms): `é` is `é`.
 * @param property name of the property that holds it, where it has one
 */
export function comparable(text: string, property = ''): string {
  const form = FORMS.find(([names]) => names.test(property))?.[1];
  const composed = text.normalize('NFC');
  return form === undefined ? composed : form(composed);
}

/** Whether two texts mean the same. */
export function isSameText(left: string | undefined, right: string | undefined, property?: string): boolean {
  if (left === right || left === undefined || right === undefined) return left === right;
  return comparable(left, property) === comparable(right, property);
}

/** What was read, with each text that means the same as the recorded one in the spelling of that. */
export function inRecordedSpelling<T>(real: T, recorded: unknown, property?: string): T {
  if (typeof real === 'string' && typeof recorded === 'string') {
    return isSameText(real, recorded, property) ? (recorded as T & string) : real;
  }
  if (Array.isArray(real)) {
    if (!Array.isArray(recorded)) return real;
    const spelled = (item: unknown) =>
      recorded.find((before) => typeof before === 'string' && typeof item === 'string' && isSameText(before, item)) ??
      item;
    return real.map(spelled) as T;
  }
  if (typeof real !== 'object' || real === null || typeof recorded !== 'object' || recorded === null) return real;
  const before = recorded as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(real).map(([key, value]) => [key, inRecordedSpelling(value, before[key], key)]),
  ) as T;
}
