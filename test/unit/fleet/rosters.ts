import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadRoster, type Roster } from '../../../provider/fleet/roster/load';
import { type Problem, problemText, RosterError } from '../../../provider/fleet/roster/problems';
import { newFolder } from '../new-folder';

/** Writes the files of a roster. @returns the folder */
export function write(files: Record<string, string | Uint8Array>): string {
  const folder = newFolder();
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
  return folder;
}

/** Loads a roster of one YAML file. */
export function load(text: string | Uint8Array): Roster {
  return loadRoster(path.join(write({ 'roster.yaml': text }), 'roster.yaml'));
}

type Files = Record<string, string | Uint8Array>;

/**
 * The problems of a roster, as `FILE:LINE:COLUMN MESSAGE` with the file's name alone.
 * @param isPath the text is the path of a roster
 */
export function problems(from: string | Uint8Array | Files, isPath = false): string[] {
  return errorOf(from, isPath)?.problems.map(shown) ?? [];
}

/** The problems of a roster, as they are printed. */
export function problemTexts(from: Files): string[] {
  return errorOf(from)?.problems.map(problemText) ?? [];
}

/** The error of a roster; undefined if it has no problems. */
export function errorOf(from: string | Uint8Array | Files, isPath = false): RosterError | undefined {
  try {
    if (isPath) loadRoster(String(from));
    else if (typeof from === 'string' || from instanceof Uint8Array) load(from);
    else loadRoster(write(from));
    return undefined;
  } catch (error) {
    if (error instanceof RosterError) return error;
    throw error;
  }
}

function shown({ file, line, column, message }: Problem): string {
  return `${path.basename(file)}:${line}:${column} ${message}`;
}

/** The top of a roster with defaults, so that customers can be short. */
export const TOP = `templates:
  standard: { provisioningId: ZjViMzYxODctYzhkZC00NzI3LThiMmYtZjljNDQ3ZjI5MDQ2 }
defaults:
  customer:
    template: standard
    name: John's Pizza
    primaryEmail: john.anderson@acme.com
    packages: [webex_calling, webex_meetings]
    address: &milpitas
      { addressLine1: 771 Alder Drive, city: Milpitas, stateOrProvince: CA, zipOrPostalCode: "95035", country: US }
    headquarters:
      name: Head Office
      address: *milpitas
      timeZone: America/Los_Angeles
      language: en_us
      supportedLocationVerified: true
  location: { timeZone: America/Denver, preferredLanguage: en_us, announcementLanguage: en_us, address: *milpitas }
  user: { firstName: John, lastName: Anderson, package: webex_calling }
customers:
`;
/** Line of the first customer after {@link TOP}. */
export const FIRST = TOP.split('\n').length;
