import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { UNKNOWN } from '../../lifecycle';
import { readCsv } from './csv';
import type { JsonSchema } from './json-schema';
import type { Place, Problem } from './problems';
import { type Row, rowsOf } from './rows';
import { readText } from './text';
import { readYaml, type YamlFile } from './yaml/file';

/** What a roster may consist of: YAML (or JSON) with any part of it, and one CSV file of each kind. */
export interface RosterFiles {
  yaml: YamlFile[];
  csv: { [kind in CsvKind]: Row[] };
}

/** CSV files by what their rows are. */
export type CsvKind = 'templates' | 'customers' | 'locations' | 'users';

const CSV_KINDS: readonly CsvKind[] = ['templates', 'customers', 'locations', 'users'];

/**
 * Reads a roster: a YAML or JSON file, or a folder, in which every .yaml, .yml and .json is a part of it, and
 * templates.csv, customers.csv, locations.csv and users.csv are rows of what they are called.
 */
export function readFiles(
  rosterPath: string,
  columns: { [kind in CsvKind]: JsonSchema },
  problems: Problem[],
): RosterFiles {
  const files: RosterFiles = { yaml: [], csv: { templates: [], customers: [], locations: [], users: [] } };
  for (const file of listFiles(rosterPath, problems)) {
    const text = readText(file, shown(file), problems);
    if (text === undefined) continue;
    refuseUnknown(text, shown(file), problems);
    const kind = CSV_KINDS.find((name) => path.basename(file) === `${name}.csv`);
    if (kind)
      files.csv[kind].push(...rowsOf(readCsv(text, shown(file), problems), shown(file), columns[kind], problems));
    else files.yaml.push(readYaml(text, shown(file), problems));
  }
  return files;
}

function listFiles(rosterPath: string, problems: Problem[]): string[] {
  const fail = (message: string) => {
    problems.push({ file: shown(rosterPath), line: 1, column: 1, message });
    return [];
  };
  const found = statSync(rosterPath, { throwIfNoEntry: false });
  if (found === undefined) return fail('there is no such file or folder');
  if (!found.isDirectory()) {
    return /\.csv$/i.test(rosterPath)
      ? fail('a CSV file is a part of a roster: put it into a folder as users.csv and give the folder')
      : [rosterPath];
  }
  const inside = readdirSync(rosterPath, { recursive: true, encoding: 'utf8' })
    .filter((name) => !name.split(path.sep).some((part) => part.startsWith('.') || part === 'node_modules'))
    .sort()
    .map((name) => path.join(rosterPath, name));
  const other = inside.filter((file) => /\.csv$/i.test(file) && !isCsvOfKind(file));
  for (const file of other) {
    const names = CSV_KINDS.map((kind) => `${kind}.csv`).join(', ');
    problems.push({ file: shown(file), line: 1, column: 1, message: `CSV files of a roster are called ${names}` });
  }
  const files = inside.filter((file) => /\.(ya?ml|json)$/i.test(file) || isCsvOfKind(file));
  return files.length > 0 ? files : fail('there is no .yaml, .yml, .json or .csv file in this folder');
}

function isCsvOfKind(file: string): boolean {
  return CSV_KINDS.some((kind) => path.basename(file) === `${kind}.csv`);
}

/** As people know the file: below the folder in which they are, or in full. */
function shown(file: string): string {
  const relative = path.relative(process.cwd(), file);
  return relative.startsWith('..') || relative === '' ? file : relative;
}

/** Pulumi takes this text for a value that isn't known yet, so that it would pass every check. */
function refuseUnknown(text: string, file: string, problems: Problem[]): void {
  for (let at = text.indexOf(UNKNOWN); at >= 0; at = text.indexOf(UNKNOWN, at + 1)) {
    const before = text.slice(0, at).split('\n');
    const place: Place = { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
    problems.push({ ...place, message: `${UNKNOWN} stands for an unknown value in Pulumi; it can't be used` });
  }
}
