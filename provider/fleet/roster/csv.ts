import { type CsvError, type Info, parse } from 'csv-parse/sync';
import type { Place, Problem } from './problems';

/** A line of a CSV file (several lines, where a field in quotes has line breaks). */
export interface Line {
  fields: string[];
  /** Place of a field; of the end of the line where there is no such field. */
  place(index: number): Place;
}

/** Lines of a CSV file, and what separates its fields. */
export interface CsvFile {
  lines: Line[];
  separator: string;
}

/** Reads RFC 4180, or the same with semicolons or tabs, as spreadsheets write it. Spaces around fields don't count. */
export function readCsv(text: string, file: string, problems: Problem[]): CsvFile {
  const separator = separatorOf(text);
  try {
    const records = parse(text, {
      delimiter: separator,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      raw: true,
      info: true,
    }) as unknown as { record: string[]; raw: string; info: Info }[];
    return {
      separator,
      lines: records.map(({ record, raw, info }) => lineOf(record, raw, info.lines, file, separator)),
    };
  } catch (error) {
    const { message, lines } = error as CsvError & { lines?: number };
    problems.push({ file, line: lines ?? 1, column: 1, message: `${message}; nothing after this was read` });
    return { separator, lines: [] };
  }
}

/** The separator that the header uses. */
function separatorOf(text: string): string {
  const header = text.slice(0, text.search(/[\r\n]|$/));
  const count = (separator: string) => header.split(separator).length;
  return [',', ';', '\t'].reduce((best, separator) => (count(separator) > count(best) ? separator : best));
}

/** @param last the line at which the record ends, which is what the parser tells */
function lineOf(fields: string[], raw: string, last: number, file: string, separator: string): Line {
  // A record's raw text may begin with the line break before it.
  const text = raw.replace(/^[\r\n]+/, '').replace(/[\r\n]+$/, '');
  const first = last - (text.split('\n').length - 1);
  return {
    fields,
    place: (index) => {
      const before = text.slice(0, offsetOf(text, index, separator));
      const breaks = before.split('\n');
      return { file, line: first + breaks.length - 1, column: (breaks.at(-1)?.length ?? 0) + 1 };
    },
  };
}

/** Where a field begins: after as many separators that are not in quotes. */
function offsetOf(text: string, index: number, separator: string): number {
  let quoted = false;
  let found = 0;
  for (let offset = 0; offset < text.length; offset++) {
    if (found === index) return offset;
    if (text[offset] === '"') quoted = !quoted;
    else if (text[offset] === separator && !quoted) found++;
  }
  return text.length;
}
