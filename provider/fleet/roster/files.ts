import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { UNKNOWN } from '../../lifecycle';
import { readCsv } from './csv';
import type { JsonSchema } from './json-schema';
import { type Position, Room, SourceFile } from './problems';
import { type Row, rowsOf } from './rows';
import { readText } from './text';
import { readYaml, type YamlFile } from './yaml/file';

/** The files of a roster: YAML or JSON files with any part of it, and at most one CSV file of each kind. */
export interface RosterFiles {
  /** All files, with their problems. */
  sources: SourceFile[];
  room: Room;
  yaml: YamlFile[];
  csv: { [kind in CsvKind]: Row[] };
}

/** CSV files by the kind of their rows. */
export type CsvKind = 'templates' | 'customers' | 'locations' | 'users';

const CSV_KINDS: readonly CsvKind[] = ['templates', 'customers', 'locations', 'users'];
const CSV_NAMES = CSV_KINDS.map((kind) => `${kind}.csv`);

/** Files of an npm or Pulumi project, which may be in the same folder. */
const OF_OTHERS =
  /^(package|package-lock|npm-shrinkwrap|tsconfig)\.json$|^pnpm-(lock|workspace)\.yaml$|^Pulumi(\..+)?\.ya?ml$/;

/** Workbooks, without the lock files of open ones; and tables that would be read with another ending. */
const WORKBOOK = /^(?!~\$|\.~).+\.(xlsx|xlsm|xlsb|xls|ods|numbers)$/i;
const OTHER_TABLE = new RegExp(`^(${CSV_KINDS.join('|')})\\.(tsv|tab|txt|csv\\..+)$`, 'i');

/**
 * Reads a roster: a YAML or JSON file, or a folder. In a folder every .yaml, .yml and .json file is a part of the
 * roster, and templates.csv, customers.csv, locations.csv and users.csv add rows.
 */
export function readFiles(rosterPath: string, columns: { [kind in CsvKind]: JsonSchema }): RosterFiles {
  const files: RosterFiles = {
    sources: [],
    room: new Room(),
    yaml: [],
    csv: { templates: [], customers: [], locations: [], users: [] },
  };
  const source = (file: string) => {
    const made = new SourceFile(shown(file), files.room);
    files.sources.push(made);
    return made;
  };
  const folder = statSync(rosterPath, { throwIfNoEntry: false })?.isDirectory() ? rosterPath : path.dirname(rosterPath);
  for (const file of listFiles(rosterPath, (name, message) => source(name).broken(message))) {
    const from = source(file);
    const text = leadsOut(file, folder) ? undefined : readText(file, from);
    if (text === undefined && from.problems.length === 0)
      from.broken(
        "is not a regular file in the roster's folder (or a link that leads out of it): put the file itself here",
      );
    if (text !== undefined && !isDamaged(text, from)) {
      refuseUnknown(text, from);
      const kind = CSV_KINDS.find((name) => path.basename(file) === `${name}.csv`);
      if (kind) files.csv[kind].push(...rowsOf(readCsv(text, from), from, columns[kind]));
      else files.yaml.push(readYaml(text, from));
    }
    from.wasRead();
  }
  for (const each of files.sources) each.wasRead();
  return files;
}

/** Lists the files to be read. @param refuse called for a file that can't be a part of a roster */
function listFiles(rosterPath: string, refuse: (file: string, message: string) => void): string[] {
  const found = statSync(rosterPath, { throwIfNoEntry: false });
  if (found === undefined) {
    refuse(rosterPath, 'there is no such file or folder');
    return [];
  }
  if (!found.isDirectory()) {
    if (!/\.csv$/i.test(rosterPath)) return [rosterPath];
    refuse(rosterPath, 'a CSV file is a part of a roster: put it into a folder as users.csv and give the folder');
    return [];
  }
  const inside = filesBelow(rosterPath).sort();
  let refused = 0;
  const refuseFile = (file: string, message: string) => {
    refused++;
    refuse(file, message);
  };
  for (const file of inside) {
    const name = path.basename(file);
    if (/^(?!~\$).*\.csv$/i.test(name) && !CSV_NAMES.includes(name))
      refuseFile(file, `CSV files of a roster are called ${CSV_NAMES.join(', ')}`);
    if (isLinkToFolder(file))
      refuseFile(file, 'is a link to a folder, which is not followed: put the folder itself here');
    const isTable = OTHER_TABLE.test(name);
    if (isTable && !inside.includes(file.replace(/\.[^/\\]+$/, '.csv')))
      refuseFile(file, `is not read: name it ${name.split('.')[0]?.toLowerCase()}.csv, or move it to another folder`);
    if (WORKBOOK.test(name) && !inside.includes(file.replace(/\.[^.]+$/, '.csv')))
      refuseFile(
        file,
        `is a workbook, which is not read: save each of its sheets as "CSV UTF-8" (${CSV_NAMES.join(', ')}), or move it to another folder`,
      );
  }
  const files = inside.filter((file) => {
    const name = path.basename(file);
    return CSV_NAMES.includes(name) || (/\.(ya?ml|json)$/i.test(name) && !OF_OTHERS.test(name));
  });
  if (files.length + refused === 0) refuse(rosterPath, 'there is no .yaml, .yml, .json or .csv file in this folder');
  return files;
}

/** Links to folders are listed, but not followed: one that leads to a folder above it would be read for ever. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.') && name !== 'node_modules')
    .flatMap((entry) => {
      const file = path.join(folder, entry.name);
      return entry.isDirectory() ? [file, ...filesBelow(file)] : [file];
    });
}

function isLinkToFolder(file: string): boolean {
  try {
    return lstatSync(file).isSymbolicLink() && statSync(file).isDirectory();
  } catch {
    return false; // A link that leads nowhere, or in a circle: readText reports the reason.
  }
}

/**
 * True if a path is not a regular file in this folder. A pull request can change a roster: through a link, messages
 * could show a file that only the pipeline can read (/proc/self/environ).
 */
function leadsOut(file: string, folder: string): boolean {
  try {
    const real = realpathSync(file);
    const below = path.relative(realpathSync(folder), real);
    return below.startsWith('..') || path.isAbsolute(below) || !statSync(real).isFile();
  } catch {
    return false; // The file can't be read: readText reports the reason.
  }
}

/** The file's name in messages: relative to the working folder if it is below it, else the full path. */
function shown(file: string): string {
  const relative = path.relative(process.cwd(), file);
  return relative.startsWith('..') || relative === '' ? file : relative;
}

/**
 * Refuses a file that was not written completely (some file systems fill it with NUL), and what git writes into a file
 * that two changes touch: its lines would be rows of customers.
 */
function isDamaged(text: string, file: SourceFile): boolean {
  const nul = text.indexOf('\0');
  if (nul >= 0) {
    file.broken('has NUL characters from here on: it was not written completely; save it again', positionAt(text, nul));
    return true;
  }
  const first = text.search(/^<{7} /m);
  if (first < 0 || !/^={7}\r?$/m.test(text) || !/^>{7} /m.test(text)) return false;
  file.broken('has conflict markers of git here: resolve the conflict first', positionAt(text, first));
  return true;
}

/** Refuses Pulumi's mark of unknown values, which would pass every check. */
function refuseUnknown(text: string, file: SourceFile): void {
  const at = text.indexOf(UNKNOWN);
  if (at < 0) return;
  file.report(`${UNKNOWN} stands for an unknown value in Pulumi; it can't be used`, positionAt(text, at));
}

function positionAt(text: string, offset: number): Position {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
