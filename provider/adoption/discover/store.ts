import { createHash } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeFolders } from './files';
import type { FoundCustomer } from './found';

/** Where a discovery keeps what it has read, below the folder that it writes. */
const NAME = '.discovering';

/**
 * What was read so far, on disk: one file a customer, complete or not there. An interrupted discovery goes on with it,
 * and the memory that a discovery needs doesn't grow with what it reads.
 */
export class Store {
  private readonly folder: string;

  /** @throws Error where the folder is a link */
  constructor(out: string) {
    this.folder = path.join(out, NAME);
    makeFolders(out, NAME);
  }

  /**
   * A customer that was read. Undefined where it wasn't, or where the file can't be read.
   * @param key of {@link keyOf}
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
    // A leftover of a killed discovery goes, and a link isn't followed.
    rmSync(`${file}.part`, { force: true });
    writeFileSync(`${file}.part`, JSON.stringify(customer), { flag: 'wx' });
    renameSync(`${file}.part`, file);
  }

  /** Everything was written: nothing needs to be kept. */
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private file(key: string): string {
    return path.join(this.folder, `${key}.json`);
  }
}

/** Key of a customer in the store: another one as soon as the lists tell something else, so that it is read again. */
export function keyOf(...listed: unknown[]): string {
  return createHash('sha256').update(JSON.stringify(listed)).digest('hex').slice(0, 32);
}
