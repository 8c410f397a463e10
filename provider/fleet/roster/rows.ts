import { cellValue, restoreZipCodes } from './cells';
import type { Line } from './csv';
import type { JsonSchema } from './json-schema';
import { columnNames, nearest, schemaAt } from './names';
import type { Path, SourceFile } from './problems';
import type { Written } from './written';

/** Most column names in a message about unknown columns. */
const MOST_EXAMPLES = 6;

/** A row of a CSV file as an object. */
export interface Row extends Written {
  /** A spreadsheet may have damaged its values. */
  isRow: true;
}

/** A column: the path of its property and the schema of its values. */
interface Column {
  path: string[];
  schema: JsonSchema;
}

/**
 * Makes objects of the lines of a CSV file. The first line names the columns by the paths of their properties, such as
 * `address.city`. Empty fields are omitted. Columns without name and values are ignored: spreadsheets write them for
 * cleared columns.
 */
export function rowsOf(lines: readonly Line[], file: SourceFile, schema: JsonSchema): Row[] {
  const [header, ...rest] = lines;
  if (header === undefined) {
    if (file.problems.length === 0) file.report('is empty; the first line must name the columns');
    return [];
  }
  const names = columnNames(schema);
  if (!header.fields.some((name) => schemaAt(schema, name.split('.')) || nearest(name, names))) {
    const examples = names.slice(0, 3).join(', ');
    const message = `the first line has no column of this file (${examples} ...); is the separator ",", ";" or a tab?`;
    file.broken(message, header.place(0));
    return [];
  }
  const columns = new Columns(header, rest, file, schema);
  return rest.map((line) => columns.rowOf(line));
}

class Columns {
  private readonly columns: readonly (Column | undefined)[];
  /** Index of the first column of each name. */
  private readonly first = new Map<string, number>();
  /** Properties that misspelt columns probably stand for. */
  private readonly meant: string[] = [];
  /** Indexes of columns that stand for no property, as far as their names show. */
  private readonly unknown: number[] = [];
  /** True for properties without a column; filled on demand. */
  private readonly lacking = new Map<string, boolean>();

  constructor(
    private readonly header: Line,
    rows: readonly Line[],
    private readonly file: SourceFile,
    private readonly schema: JsonSchema,
  ) {
    header.fields.forEach((name, index) => {
      if (!this.first.has(name)) this.first.set(name, index);
    });
    this.columns = header.fields.map((name, index) => (name === '' ? undefined : this.named(name, index)));
    this.refuseUnknown();
    this.refuseUnnamed(rows);
  }

  /** Several unknown columns are one mistake: the header has words of its own, or of another language. */
  private refuseUnknown(): void {
    const [first] = this.unknown;
    if (first === undefined) return;
    const names = this.unknown.map((index) => JSON.stringify(this.header.fields[index]));
    const valid = columnNames(this.schema).filter((name) => !this.first.has(name));
    const message =
      names.length === 1
        ? `column ${names[0]}: there is no such column`
        : `columns ${listed(names)}: there are no such columns; the names are ${listed(valid)}`;
    this.file.report(message, this.header.place(first));
  }

  /** Reports columns that have values but no name. */
  private refuseUnnamed(rows: readonly Line[]): void {
    const unnamed = new Set(this.header.fields.flatMap((name, index) => (name === '' ? [index] : [])));
    for (const row of rows) {
      row.fields.forEach((field, index) => {
        if (field === '' || !unnamed.delete(index)) return;
        const message = `this column has values (line ${row.place(index).line}), but no name`;
        this.file.report(message, this.header.place(index));
      });
    }
  }

  private named(name: string, index: number): Column | undefined {
    const path = name.split('.');
    const found = schemaAt(this.schema, path);
    const problem = this.problemOf(name, index, found);
    if (problem !== undefined) this.file.report(`column "${name}": ${problem}`, this.header.place(index));
    return problem === undefined && found ? { path, schema: found } : undefined;
  }

  private problemOf(name: string, index: number, found: JsonSchema | undefined): string | undefined {
    if (this.first.get(name) !== index) return 'is there twice';
    if (found === undefined) {
      const meant = nearest(name, columnNames(this.schema));
      if (meant === undefined) {
        this.unknown.push(index);
        return undefined;
      }
      this.meant.push(meant);
      return `there is no such column; did you mean "${meant}"?`;
    }
    const [part] = Object.keys(found.properties ?? {});
    return part === undefined ? undefined : `has several properties; give each a column of its own: ${name}.${part}`;
  }

  rowOf(line: Line): Row {
    const { columns } = this;
    const extra = line.fields.findIndex((field, index) => index >= columns.length && field !== '');
    if (extra >= 0) {
      const message = `there are ${line.fields.length} fields, but only ${columns.length} columns`;
      this.file.report(message, line.place(columns.length));
    }
    const data: Record<string, unknown> = {};
    line.fields.slice(0, columns.length).forEach((field, index) => {
      const column = columns[index];
      if (column && field !== '') put(data, column.path, cellValue(field, column.path.at(-1) ?? '', column.schema));
    });
    restoreZipCodes(data);
    const place = (path: Path = []) => line.place(Math.max(0, this.indexOf(path)));
    return {
      isRow: true,
      data,
      place,
      report: (message, path) => this.file.report(message, () => place(path)),
      lacksColumn: (path) => this.lacks(path),
    };
  }

  private indexOf(path: Path): number {
    return this.columns.findIndex((column) => column?.path.every((name, depth) => name === path[depth]));
  }

  private lacks(path: Path): boolean {
    const name = path.join('.');
    const known = this.lacking.get(name);
    if (known !== undefined) return known;
    const begins = (column: readonly string[]) => path.every((part, depth) => part === column[depth]);
    const lacks = !this.columns.some((column) => column && begins(column.path));
    this.lacking.set(name, lacks);
    // A misspelt column is already reported, and so is a header in other words.
    if (lacks && this.unknown.length < 2 && !this.meant.some((each) => begins(each.split('.'))))
      this.file.report(`there is no column for ${name}, which is required`, this.header.place(0));
    return lacks;
  }
}

/** The first of many names. */
function listed(names: readonly string[]): string {
  return names.length > MOST_EXAMPLES ? `${names.slice(0, MOST_EXAMPLES).join(', ')} ...` : names.join(', ');
}

function put(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [name = '', ...rest] = path;
  if (rest.length === 0) {
    target[name] = value;
    return;
  }
  const inner = (Object.hasOwn(target, name) ? target[name] : {}) as Record<string, unknown>;
  target[name] = inner;
  put(inner, rest, value);
}
