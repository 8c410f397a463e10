import type { CsvFile, Line } from './csv';
import type { JsonSchema } from './json-schema';
import { columnNames, didYouMean, schemaAt } from './names';
import type { Path, Place, Problem } from './problems';

/** A line of a CSV file as the object that its columns make. */
export interface Row {
  data: Record<string, unknown>;
  /** Place of a value; of the row's beginning where it has no column. */
  place(path?: Path): Place;
}

/** What a column is, from its name. */
interface Column {
  path: string[];
  schema: JsonSchema;
}

/**
 * Makes objects of the lines of a CSV file whose first line names the columns, by the path of what they hold:
 * `address.city`. Empty fields are left out; a list is one field, separated by `;` (by `|` where the semicolon separates
 * the fields). All that is wrong is pushed to `problems`.
 */
export function rowsOf({ lines, separator }: CsvFile, file: string, schema: JsonSchema, problems: Problem[]): Row[] {
  const [header, ...rest] = lines;
  if (header === undefined) {
    problems.push({ file, line: 1, column: 1, message: 'is empty; the first line must name the columns' });
    return [];
  }
  const columns = columnsOf(header, schema, problems);
  const listSeparator = separator === ';' ? '|' : ';';
  return rest.map((line) => {
    if (line.fields.length > columns.length) {
      const message = `there are ${line.fields.length} fields, but only ${columns.length} columns`;
      problems.push({ ...line.place(columns.length), message });
    }
    return rowOf(line, columns, listSeparator);
  });
}

function columnsOf(header: Line, schema: JsonSchema, problems: Problem[]): (Column | undefined)[] {
  return header.fields.map((name, index) => {
    const path = name.split('.');
    const found = schemaAt(schema, path);
    const problem = columnProblem(header, index, found, schema);
    if (problem !== undefined) problems.push({ ...header.place(index), message: `column "${name}": ${problem}` });
    return problem === undefined && found ? { path, schema: found } : undefined;
  });
}

function columnProblem({ fields }: Line, index: number, found: JsonSchema | undefined, schema: JsonSchema) {
  const name = fields[index] ?? '';
  if (fields.indexOf(name) !== index) return 'is there twice';
  if (found === undefined) return `there is no such column${didYouMean(name, columnNames(schema))}`;
  const [part] = Object.keys(found.properties ?? {});
  return part === undefined ? undefined : `has parts; give each a column of its own: ${name}.${part}`;
}

function rowOf(line: Line, columns: readonly (Column | undefined)[], listSeparator: string): Row {
  const data: Record<string, unknown> = {};
  line.fields.slice(0, columns.length).forEach((field, index) => {
    const column = columns[index];
    if (column && field !== '') put(data, column.path, fieldValue(field, column.schema, listSeparator));
  });
  const place = (path: Path = []) => {
    const index = columns.findIndex((column) => column?.path.every((name, depth) => name === path[depth]));
    return line.place(Math.max(0, index));
  };
  return { data, place };
}

/** A field as its schema wants it. What doesn't fit stays a text: checking the roster tells what is wrong with it. */
function fieldValue(field: string, schema: JsonSchema, listSeparator: string): unknown {
  const [type] = [schema.type ?? []].flat();
  if (type === 'array') return field.split(listSeparator).map((item) => item.trim());
  if (type === 'boolean' && /^(true|false)$/i.test(field)) return field.toLowerCase() === 'true';
  if ((type === 'number' || type === 'integer') && /^-?\d+(\.\d+)?$/.test(field)) return Number(field);
  return field;
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
