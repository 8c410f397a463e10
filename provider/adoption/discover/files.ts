import { createHash } from 'node:crypto';
import { appendFileSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { named } from '../../resources/outcomes/named';

/** A file, or the next part of one. A generator of parts doesn't keep the written parts in memory. */
export type Part = readonly [file: string, text: string];

/**
 * Writes files below a folder, part by part. Follows no links below the folder: in a checkout, another change may have
 * added one.
 * @param parts called twice, with the same result: existing files are compared before the first file is written
 * @throws Error if one of the files exists with other content, or if its folder is a link
 */
export function writeFiles(out: string, parts: () => Iterable<Part>): void {
  const hashes = new Map<string, ReturnType<typeof createHash>>();
  for (const [file, text] of parts()) {
    const hash = hashes.get(file) ?? createHash('sha256');
    hashes.set(file, hash.update(text));
  }
  for (const folder of new Set([...hashes.keys()].map(path.dirname))) makeFolders(out, folder);
  const missing = new Set([...hashes.keys()].filter((file) => kindOf(path.join(out, file)) === undefined));
  const taken = [...hashes].filter(
    ([file, hash]) => !missing.has(file) && differs(path.join(out, file), hash.digest('hex')),
  );
  if (taken.length > 0) {
    const names = named(taken.map(([file]) => file));
    throw new Error(
      `${out} has files already that would be overwritten: ${names}. Name another folder, or delete them`,
    );
  }
  const begun = new Set<string>();
  for (const [file, text] of parts()) {
    if (!missing.has(file)) continue;
    if (begun.has(file)) appendFileSync(path.join(out, file), text);
    else writeFileSync(path.join(out, file), text, { flag: 'wx' });
    begun.add(file);
  }
}

/** Makes a folder below another one. @throws Error if a part of its path is a link or a file */
export function makeFolders(out: string, below: string): void {
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

/** True if there is something else than a file with this SHA-256 hash. */
function differs(file: string, hash: string): boolean {
  return !kindOf(file)?.isFile() || createHash('sha256').update(readFileSync(file)).digest('hex') !== hash;
}

/** The type of the file at a path; undefined if there is none. Links are not followed. */
function kindOf(file: string) {
  return lstatSync(file, { throwIfNoEntry: false });
}
