import { createHash } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeFolders } from './files';
import type { FoundCustomer } from './found';

/** Folder of the stored customers, below the folder that a discovery writes. */
const NAME = '.discovering';

/**
 * The customers that a discovery has read, on disk: one file for each, which is complete or missing. An interrupted
 * discovery continues with them, and the memory that a discovery needs doesn't grow with their number.
 */
export class Store {
  private readonly folder: string;

  /** @throws Error if the folder is a link */
  constructor(out: string) {
    this.folder = path.join(out, NAME);
    makeFolders(out, NAME);
  }

  /**
   * A stored customer; undefined if it is missing, or if its file can't be read.
   * @param key made by {@link keyOf}
   */
  load(key: string): FoundCustomer | undefined {
    try {
      return JSON.parse(readFileSync(this.file(key), 'utf8')) as FoundCustomer;
    } catch {
      return undefined;
    }
  }

  save(key: string, customer: FoundCustomer): void {
    const file = this.file(key);
    // Remove the leftover of a killed discovery. The flag wx follows no link.
    rmSync(`${file}.part`, { force: true });
    writeFileSync(`${file}.part`, JSON.stringify(customer), { flag: 'wx' });
    renameSync(`${file}.part`, file);
  }

  /** Removes all stored customers, after everything was written. */
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private file(key: string): string {
    return path.join(this.folder, `${key}.json`);
  }
}

/** Key of a customer in the store. It changes with the entries of the lists, so that the customer is read again. */
export function keyOf(...listed: unknown[]): string {
  return createHash('sha256').update(JSON.stringify(listed)).digest('hex').slice(0, 32);
}
