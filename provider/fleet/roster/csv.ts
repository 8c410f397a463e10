import { type CsvError, type Info, parse } from 'csv-parse/sync';
import { tidy } from './characters';
import type { Place, Position, SourceFile } from './problems';

/** Longest line, in characters. It limits the field that an unclosed quotation mark begins. */
const LONGEST_LINE = 1_000_000;

/** A record of a CSV file. It has several lines if a quoted field contains line breaks. */
export interface Line {
  /** The fields after `tidy`, without surrounding spaces. */
  fields: string[];
  /** Place of a field; the end of the record if it has fewer fields. */
  place(index: number): Place;
}

/**
 * Reads CSV (RFC 4180) with commas, semicolons or tabs. Lines with only empty fields are ignored: spreadsheets write
 * them for cleared rows. A first line such as `sep=;` sets the separator.
 */
export function readCsv(text: string, file: SourceFile): Line[] {
  const [line, declared] = /^"?sep=(.)"?[ \t]*(?=[\r\n]|$)/i.exec(text) ?? ['', undefined];
  // Keep the line break, so that line numbers are those of the file.
  const contents = text.slice(line.length);
  const separator = declared ?? separatorOf(contents);
  try {
    const records = parse(contents, {
      delimiter: separator,
      // A file that several programs have written has several kinds of line breaks.
      record_delimiter: ['\r\n', '\n', '\r'],
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

/** Messages for the parser's error codes. */
const MISTAKES: Readonly<Record<string, string>> = {
  CSV_INVALID_CLOSING_QUOTE: 'a quotation mark within a field in quotation marks must be doubled: "John ""Jack"""',
  INVALID_OPENING_QUOTE:
    'a field that contains a quotation mark must be in quotation marks, with the inner one doubled: "John ""Jack"""',
  CSV_QUOTE_NOT_CLOSED: 'a quotation mark that begins a field is not closed',
  CSV_MAX_RECORD_SIZE: `a line has more than ${LONGEST_LINE} characters; is a quotation mark not closed?`,
};

/** The most frequent separator in the header. */
function separatorOf(text: string): string {
  const header = text.slice(0, text.search(/[\r\n]|$/));
  const count = (separator: string) => header.split(separator).length;
  return [',', ';', '\t'].reduce((best, separator) => (count(separator) > count(best) ? separator : best));
}

/** @param last number of the record's last line */
function lineOf(fields: string[], raw: string, last: number, file: string, separator: string): Line {
  // The raw text of a record may begin with the line break before it.
  const text = raw.replace(/^[\r\n]+/, '').replace(/[\r\n]+$/, '');
  const first = last - (text.split('\n').length - 1);
  let places: Position[] | undefined;
  return {
    fields: fields.map((field) => tidy(field).trim()),
    place: (index) => {
      // Computed once, and only for a record that has a problem.
      places ??= placesIn(text, first, separator);
      return { file, ...(places[index] ?? (places.at(-1) as Position)) };
    },
  };
}

/** Places at which the fields of a record begin (after each unquoted separator), and the place at which it ends. */
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
