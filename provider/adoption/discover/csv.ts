import type { Part } from './files';
import type { Found, FoundCustomer, FoundInputs } from './found';
import { customerEntry, rosterOf } from './roster';

/** The rows that a customer adds to a file. */
type RowsOf = (customer: FoundCustomer) => FoundInputs[];

const FILES: Readonly<Record<string, RowsOf>> = {
  'customers.csv': (customer) => [customerEntry(customer) ?? []].flat(),
  'locations.csv': ({ externalId, declaration }) =>
    (declaration?.locations ?? []).map(({ inputs }) => ({ customer: externalId, ...inputs })),
  'users.csv': ({ externalId, declaration }) =>
    (declaration?.users ?? []).map(({ inputs, location }) => ({ customer: externalId, ...inputs, location })),
};

/**
 * Writes what was found as the CSV files of a roster (docs/fleet.md), with a column for each property that one of the rows
 * has. A customer with a value that a CSV file can't hold gets a YAML file beside them.
 * @param project name of the fleet
 */
export function* csvOf(found: Found, project: string): Generator<Part> {
  yield* rosterOf({ ...found, customers: those(found, (customer) => !fits(customer)) }, project);
  const customers = those(found, fits);
  for (const [file, rowsOf] of Object.entries(FILES)) {
    const columns = new Set<string>();
    for (const customer of customers) {
      for (const [name] of rowsOf(customer).flatMap((row) => cells(row))) columns.add(name);
    }
    if (columns.size === 0) continue;
    yield [file, line([...columns])];
    for (const customer of customers) {
      const rows = rowsOf(customer).map((row) => new Map(cells(row)));
      yield [file, rows.map((row) => line([...columns].map((name) => row.get(name) ?? ''))).join('')];
    }
  }
}

function those({ customers }: Found, isWanted: (customer: FoundCustomer) => boolean): Iterable<FoundCustomer> {
  return {
    *[Symbol.iterator]() {
      for (const customer of customers) if (isWanted(customer)) yield customer;
    },
  };
}

/**
 * What the reader of rosters takes for the work of a spreadsheet or a mail program, and mends or refuses: numbers that were
 * shortened, spaces at an end or of other kinds, characters that can't be seen.
 */
const SPREADSHEET = /^\d(?:[.,]\d+)?E\+?\d+$|^\s|\s$|(?! )\p{Zs}|\p{Cf}/iu;

function fits(customer: FoundCustomer): boolean {
  const rows = Object.values(FILES).flatMap((rowsOf) => rowsOf(customer));
  return rows
    .flatMap((row) => cells(row))
    .every(([, text]) => !SPREADSHEET.test(text) && text === text.normalize('NFC'));
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
