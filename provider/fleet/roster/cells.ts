import type { CheckFailure } from '../../lifecycle';
import type { JsonSchema } from './json-schema';
import { isObject } from './written';

/** Separators of list items within a field. No package, role or number contains one of them. */
const LIST_SEPARATORS = /[;|,\n]/;

/** Properties with values that spreadsheets treat as numbers or formulas. */
const NUMBERS = /^(phoneNumbers?|mainNumber|extension|zipOrPostalCode)$/;
const PHONE = /^(phoneNumbers?|mainNumber)$/;

/** What a formula shows that can't be calculated, in any of the spreadsheet programs. */
const FORMULA_ERROR = /^#(N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!|SPILL!|CALC!|ERROR!)$/i;

/** `1.21456E+10`: a long number that a spreadsheet has shortened, because the column isn't formatted as text. */
const SHORTENED = /^\d(?:[.,]\d+)?E\+?\d+$/i;

/** States and territories with ZIP codes that begin with a zero, which spreadsheets remove. */
const ZIP_WITH_ZERO = new Set(['CT', 'MA', 'ME', 'NH', 'NJ', 'PR', 'RI', 'VI', 'VT']);

/** Converts a field to the type in its schema. An invalid value stays a text, and the roster check reports it. */
export function cellValue(field: string, name: string, schema: JsonSchema): unknown {
  const [type] = [schema.type ?? []].flat();
  if (type === 'array') {
    // In many countries, a spreadsheet writes the shortened number 1.32E+10 with a comma.
    const list = SHORTENED.test(field) ? field.replace(',', '.') : field.replace(/^\[(.*)\]$/s, '$1');
    const items = list.split(LIST_SEPARATORS).map((item) => cellText(withoutQuotes(item.trim()), name));
    return items.filter((item) => item !== '');
  }
  if (type === 'boolean' && /^(true|false)$/i.test(field)) return field.toLowerCase() === 'true';
  if ((type === 'number' || type === 'integer') && /^-?\d+(\.\d+)?$/.test(field)) return Number(field);
  return cellText(field, name);
}

function withoutQuotes(item: string): string {
  return item.replace(/^(["'])(.+)\1$/, '$2');
}

/** Removes what spreadsheets, mail programs and address books add to a text. */
function cellText(text: string, name: string): string {
  if (/email$/i.test(name)) return addressIn(text);
  if (!NUMBERS.test(name)) return text;
  // People write ="+12145557861" and '+12145557861 so that a spreadsheet keeps the text.
  const plain = text.replace(/^="(.*)"$/, '$1').replace(/^'/, '');
  if (!PHONE.test(name)) return plain;
  const number = plain.replace(/^tel:/i, '');
  // The zero in +49 (0)30 123456 is not a part of the number; people must say which number they mean.
  return number.startsWith('+') && !number.includes('(0)') ? number.replace(/[\s().\p{Pd}]/gu, '') : number;
}

/** The address in `mailto:alice@example.com?subject=...`, `<alice@example.com>` or `alice@example.com;`. */
function addressIn(text: string): string {
  const address = text.replace(/^<(.*)>$/, '$1').replace(/^mailto:([^?]*).*$/i, '$1');
  return address.replace(/[.,;]$/, '');
}

/** Restores the leading zeros of ZIP codes in the north-east: 2138 in Massachusetts is 02138. */
export function restoreZipCodes(data: Record<string, unknown>): void {
  for (const address of addressesIn(data)) {
    const { country, stateOrProvince: state, zipOrPostalCode: zip } = address.value;
    if (country === 'US' && ZIP_WITH_ZERO.has(String(state).toUpperCase()) && /^\d{3,4}(-\d{4})?$/.test(String(zip))) {
      const [code = '', ...more] = String(zip).split('-');
      address.value.zipOrPostalCode = [code.padStart(5, '0'), ...more].join('-');
    }
  }
}

/** Failures for values of a row that a spreadsheet has damaged beyond repair. */
export function spreadsheetFailures(data: Record<string, unknown>): CheckFailure[] {
  const texts = textsIn(data);
  const shortened = texts.filter(({ text }) => SHORTENED.test(text));
  const failed = texts.filter(({ text }) => FORMULA_ERROR.test(text));
  const zips = addressesIn(data).filter(
    ({ value }) => value.country === 'US' && /^\d{1,4}$/.test(String(value.zipOrPostalCode)),
  );
  return [
    ...failed.map(({ property, text }) => ({
      property,
      reason: `"${text}" is the error of a formula; enter the value`,
    })),
    ...shortened.map(({ property, text }) => ({
      property,
      reason: `"${text}" was shortened by a spreadsheet, and its last digits are lost: format the column as text and enter it again`,
    })),
    ...zips.map(({ property, value }) => ({
      property: `${property}.zipOrPostalCode`,
      reason: `"${value.zipOrPostalCode}" has fewer than 5 digits: a spreadsheet drops the zeros at the beginning of a ZIP code`,
    })),
  ];
}

/** An addition to the reason of a refused value, if a spreadsheet is the probable cause. */
export function spreadsheetHint(property: string, value: unknown): string {
  const name =
    property
      .replace(/\[\d+\]$/, '')
      .split('.')
      .at(-1) ?? '';
  const isBare = typeof value === 'string' && /^\d{7,15}$/.test(value);
  return PHONE.test(name) && isBare
    ? '; a spreadsheet drops the "+" of a number: format the column as text and enter it again'
    : '';
}

/** The texts of an object with the paths of their properties. */
export function textsIn(value: unknown, property = ''): { property: string; text: string }[] {
  if (typeof value === 'string') return [{ property, text: value }];
  if (Array.isArray(value)) return value.flatMap((item, index) => textsIn(item, `${property}[${index}]`));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, part]) => textsIn(part, property === '' ? name : `${property}.${name}`));
}

function addressesIn(data: Record<string, unknown>): { property: string; value: Record<string, unknown> }[] {
  const headquarters = isObject(data.headquarters) ? data.headquarters.address : undefined;
  const found = { address: data.address, 'headquarters.address': headquarters };
  return Object.entries(found).flatMap(([property, value]) => (isObject(value) ? [{ property, value }] : []));
}
