import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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

  /** The customers that were read, by ID. Files that nobody can read are as good as none. */
  load(): Map<string, FoundCustomer> {
    mkdirSync(this.folder, { recursive: true });
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
    writeFileSync(`${file}.part`, JSON.stringify(customer));
    renameSync(`${file}.part`, file);
  }

  /** Everything was written: nothing needs to be kept. */
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Writes files below a folder. @throws Error where one of them exists already with other content */
export function writeFiles(out: string, files: ReadonlyMap<string, string>): void {
  const taken = [...files].filter(([file, text]) => differs(path.join(out, file), text)).map(([file]) => file);
  if (taken.length > 0) {
    throw new Error(
      `${out} has files already that would be overwritten: ${taken.slice(0, 5).join(', ')}. Name another folder, or delete them`,
    );
  }
  for (const [file, text] of files) {
    mkdirSync(path.dirname(path.join(out, file)), { recursive: true });
    writeFileSync(path.join(out, file), text);
  }
}

function differs(file: string, text: string): boolean {
  try {
    return readFileSync(file, 'utf8') !== text;
  } catch {
    return false;
  }
}
