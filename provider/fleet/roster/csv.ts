import { type CsvError, type Info, parse } from 'csv-parse/sync';
import { tidy } from './characters';
import type { Place, Position, SourceFile } from './problems';

/** The longest line, in characters. It bounds what one quotation mark that is never closed makes a field of. */
const LONGEST_LINE = 1_000_000;

/** A line of a CSV file (several lines, where a field in quotes has line breaks). */
export interface Line {
  /** Tidy, and without spaces around them. */
  fields: string[];
  /** Place of a field; of the end of the line where there is no such field. */
  place(index: number): Place;
}

/**
 * Reads RFC 4180, or the same with semicolons or tabs, as spreadsheets write it. Lines whose fields are all empty are
 * ignored: a spreadsheet writes them for cleared rows. A first line such as `sep=;` sets the separator of the fields.
 */
export function readCsv(text: string, file: SourceFile): Line[] {
  const [line, declared] = /^"?sep=(.)"?[ \t]*(?=[\r\n]|$)/i.exec(text) ?? ['', undefined];
  // The line break stays, so that lines are counted as people see them.
  const contents = text.slice(line.length);
  const separator = declared ?? separatorOf(contents);
  try {
    const records = parse(contents, {
      delimiter: separator,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      max_record_size: LONGEST_LINE,
      raw: true,
      info: true,
    }) as unknown as { record: string[]; raw: string; info: Info }[];
    return records
      .map(({ record, raw, info }) => lineOf(record, raw, info.lines, file.name, separator))
      .filter(({ fields }) => fields.some((field) => field !== ''));
  } catch (error) {
    const { code, message, lines = 1 } = error as CsvError & { lines?: number };
    file.broken(`${MISTAKES[code] ?? message}; nothing after this was read`, { line: lines, column: 1 });
    return [];
  }
}

/** What people do wrong, in their words. */
const MISTAKES: Readonly<Record<string, string>> = {
  CSV_INVALID_CLOSING_QUOTE: 'a quotation mark within a field in quotation marks must be doubled: "John ""Jack"""',
  INVALID_OPENING_QUOTE: 'a field with a quotation mark must be in quotation marks, and it be doubled: "John ""Jack"""',
  CSV_QUOTE_NOT_CLOSED: 'a quotation mark that begins a field is not closed',
  CSV_MAX_RECORD_SIZE: `a line has more than ${LONGEST_LINE} characters; is a quotation mark not closed?`,
};

/** The separator that the header uses. */
function separatorOf(text: string): string {
  const header = text.slice(0, text.search(/[\r\n]|$/));
  const count = (separator: string) => header.split(separator).length;
  return [',', ';', '\t'].reduce((best, separator) => (count(separator) > count(best) ? separator : best));
}

/** @param last the line at which the record ends, from the parser */
function lineOf(fields: string[], raw: string, last: number, file: string, separator: string): Line {
  // A record's raw text may begin with the line break before it.
  const text = raw.replace(/^[\r\n]+/, '').replace(/[\r\n]+$/, '');
  const first = last - (text.split('\n').length - 1);
  let places: Position[] | undefined;
  return {
    fields: fields.map((field) => tidy(field).trim()),
    place: (index) => {
      // Most lines have no problem, and one that has thousands is searched once.
      places ??= placesIn(text, first, separator);
      return { file, ...(places[index] ?? (places.at(-1) as Position)) };
    },
  };
}

/** Where the fields of a line begin (after each separator that is not in quotes), and where the line ends. */
function placesIn(text: string, first: number, separator: string): Position[] {
  const found: Position[] = [{ line: first, column: 1 }];
  let quoted = false;
  let line = first;
  let lineStart = 0;
  for (let offset = 0; offset < text.length; offset++) {
    const character = text[offset];
    if (character === '"') quoted = !quoted;
    if (character === '\n') {
      line++;
      lineStart = offset + 1;
    } else if (character === separator && !quoted) found.push({ line, column: offset + 2 - lineStart });
  }
  return [...found, { line, column: text.length + 1 - lineStart }];
}
