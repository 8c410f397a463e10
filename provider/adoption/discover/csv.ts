import type { Part } from './files';
import type { Found, FoundCustomer, FoundInputs } from './found';
import { customerEntry, rosterOf } from './roster';

/** The objects of a customer that are the rows of each file. */
const FILES: Readonly<Record<string, (customer: FoundCustomer) => FoundInputs[]>> = {
  'customers.csv': (customer) => [customerEntry(customer) ?? []].flat(),
  'locations.csv': ({ externalId, declaration }) =>
    (declaration?.locations ?? []).map(({ inputs }) => ({ customer: externalId, ...inputs })),
  'users.csv': ({ externalId, declaration }) =>
    (declaration?.users ?? []).map(({ inputs, location }) => ({ customer: externalId, ...inputs, location })),
};

/** A row of a file: texts by column. */
type Row = ReadonlyMap<string, string>;

/**
 * Writes the found customers as the CSV files of a roster (docs/fleet.md), with a column for each property that one of
 * the rows has. A customer with a value that a CSV file can't hold gets a YAML file beside them.
 * @param project name of the fleet
 */
export function* csvOf(found: Found, project: string): Generator<Part> {
  yield* rosterOf({ ...found, customers: those(found, (customer) => !fits(customer)) }, project);
  const customers = those(found, fits);
  const columns = new Map(Object.keys(FILES).map((file) => [file, new Set<string>()]));
  for (const customer of customers) {
    for (const [file, rows] of rowsOf(customer)) {
      for (const name of rows.flatMap((row) => [...row.keys()])) columns.get(file)?.add(name);
    }
  }
  for (const [file, names] of columns) if (names.size > 0) yield [file, line([...names])];
  for (const customer of customers) {
    for (const [file, rows] of rowsOf(customer)) {
      const names = [...(columns.get(file) ?? [])];
      if (rows.length > 0) yield [file, rows.map((row) => line(names.map((name) => row.get(name) ?? ''))).join('')];
    }
  }
}

/** The rows that a customer adds to each file. */
function rowsOf(customer: FoundCustomer): [file: string, rows: Row[]][] {
  return Object.entries(FILES).map(([file, objectsOf]) => [
    file,
    objectsOf(customer).map((row) => new Map(cells(row))),
  ]);
}

function those({ customers }: Found, isWanted: (customer: FoundCustomer) => boolean): Iterable<FoundCustomer> {
  return {
    *[Symbol.iterator]() {
      for (const customer of customers) if (isWanted(customer)) yield customer;
    },
  };
}

/**
 * Texts that the reader of rosters mends or refuses, because a spreadsheet or a mail program may have changed them:
 * shortened numbers, spaces at an end or of other kinds, invisible characters. And texts that a spreadsheet calculates
 * when it opens the file: a customer's administrator gives people their names, and could run a formula on the
 * partner's machine.
 */
const SPREADSHEET = /^\d(?:[.,]\d+)?E\+?\d+$|^\s|\s$|(?! )\p{Zs}|\p{Cf}|^[=@]|^[+-](?![\d.;+]+$)/iu;

/** True if CSV files can hold all values of a customer. */
function fits(customer: FoundCustomer): boolean {
  const texts = rowsOf(customer).flatMap(([, rows]) => rows.flatMap((row) => [...row.values()]));
  return texts.every((text) => !SPREADSHEET.test(text) && text === text.normalize('NFC'));
}

/** The properties of a row by their paths, as a CSV file has them. */
function cells(value: object, prefix = ''): [path: string, text: string][] {
  return Object.entries(value).flatMap(([key, part]: [string, unknown]) => {
    const path = prefix + key;
    if (part === undefined || part === null) return [];
    if (Array.isArray(part)) return [[path, part.join(';')]];
    return typeof part === 'object' ? cells(part, `${path}.`) : [[path, String(part)]];
  });
}

function line(fields: readonly string[]): string {
  return `${fields.map((field) => (/[",;\t\r\n]|^\s|\s$/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(',')}\n`;
}
