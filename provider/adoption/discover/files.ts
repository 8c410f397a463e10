import { createHash } from 'node:crypto';
import { appendFileSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A file, or the next part of one. A generator of parts needs no memory for what it has written. */
export type Part = readonly [file: string, text: string];

/**
 * Writes files below a folder, part by part. No link below it is followed: in a checkout, another change could have put it
 * there.
 * @param parts called twice, for the same parts: nothing is written before all is compared with what is there
 * @throws Error where one of the files exists already with other content, or its folder is a link
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
    const names = taken.slice(0, 5).map(([file]) => file);
    const more = taken.length > names.length ? ` and ${taken.length - names.length} more` : '';
    throw new Error(
      `${out} has files already that would be overwritten: ${names.join(', ')}${more}. Name another folder, or delete them`,
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

/** Makes a folder below another one. @throws Error where a part of the way is a link or a file */
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

/** Whether something other than a file with this text is there. */
function differs(file: string, hash: string): boolean {
  return !kindOf(file)?.isFile() || createHash('sha256').update(readFileSync(file)).digest('hex') !== hash;
}

/** What is at a path; links are not followed. */
function kindOf(file: string) {
  return lstatSync(file, { throwIfNoEntry: false });
}
