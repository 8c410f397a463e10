import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { FoundCustomer } from './found';

/** Where a discovery keeps what it has read, below the folder that it writes. */
const NAME = '.discovering';

/** What an interrupted discovery has read already: one file a customer, complete or not there. */
export class Store {
  private readonly folder: string;

  constructor(out: string) {
    this.folder = path.join(out, NAME);
  }

  /**
   * The customers that were read, by ID. Files that can't be read are ignored.
   * @throws Error where the folder is a link
   */
  load(): Map<string, FoundCustomer> {
    makeFolders(path.dirname(this.folder), NAME);
    const found = new Map<string, FoundCustomer>();
    for (const file of readdirSync(this.folder).filter((name) => name.endsWith('.json'))) {
      try {
        const customer = JSON.parse(readFileSync(path.join(this.folder, file), 'utf8')) as FoundCustomer;
        found.set(customer.id, customer);
      } catch {
        // Another one's file, or one of a machine that lost power: the customer is read again.
      }
    }
    return found;
  }

  save(customer: FoundCustomer): void {
    const file = path.join(this.folder, `${createHash('sha256').update(customer.id).digest('hex').slice(0, 24)}.json`);
    // A leftover of a killed discovery goes, and a link isn't followed.
    rmSync(`${file}.part`, { force: true });
    writeFileSync(`${file}.part`, JSON.stringify(customer), { flag: 'wx' });
    renameSync(`${file}.part`, file);
  }

  /** Everything was written: nothing needs to be kept. */
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/**
 * Writes files below a folder. No link below it is followed: in a checkout, another change could have put it there.
 * @throws Error where one of them exists already with other content, or its folder is a link
 */
export function writeFiles(out: string, files: ReadonlyMap<string, string>): void {
  for (const file of files.keys()) makeFolders(out, path.dirname(file));
  const missing = [...files].filter(([file]) => kindOf(path.join(out, file)) === undefined);
  const taken = [...files].filter(([file, text]) => differs(path.join(out, file), text)).map(([file]) => file);
  if (taken.length > 0) {
    throw new Error(
      `${out} has files already that would be overwritten: ${taken.slice(0, 5).join(', ')}. Name another folder, or delete them`,
    );
  }
  for (const [file, text] of missing) writeFileSync(path.join(out, file), text, { flag: 'wx' });
}

/** Makes a folder below another one. @throws Error where a part of the way is a link or a file */
function makeFolders(out: string, below: string): void {
  mkdirSync(out, { recursive: true });
  let folder = out;
  for (const part of path.normalize(below).split(path.sep)) {
    folder = path.join(folder, part);
    const kind = kindOf(folder);
    if (kind === undefined) mkdirSync(folder);
    else if (!kind.isDirectory())
      throw new Error(
        `${folder} is a link or a file; nothing is written through it. Name another folder, or delete it`,
      );
  }
}

/** Whether something other than a file with this text is there. */
function differs(file: string, text: string): boolean {
  const kind = kindOf(file);
  return kind !== undefined && (!kind.isFile() || readFileSync(file, 'utf8') !== text);
}

/** What is at a path; links are not followed. */
function kindOf(file: string) {
  return lstatSync(file, { throwIfNoEntry: false });
}
