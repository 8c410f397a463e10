import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A file, or the next part of one. A generator of parts needs no memory for what it has written. */
export type Part = readonly [file: string, text: string];

/**
 * Writes files below a folder, part by part.
 * @param parts called twice, for the same parts: nothing is written before all is compared with what is there
 * @throws Error where a file exists already with other content
 */
export function writeFiles(out: string, parts: () => Iterable<Part>): void {
  const hashes = new Map<string, ReturnType<typeof createHash>>();
  for (const [file, text] of parts()) {
    const hash = hashes.get(file) ?? createHash('sha256');
    hashes.set(file, hash.update(text));
  }
  const taken = [...hashes].filter(([file, hash]) => differs(path.join(out, file), hash.digest('hex')));
  if (taken.length > 0) {
    const names = taken.slice(0, 5).map(([file]) => file);
    const more = taken.length > names.length ? ` and ${taken.length - names.length} more` : '';
    throw new Error(
      `${out} has files already that would be overwritten: ${names.join(', ')}${more}. Name another folder, or delete them`,
    );
  }
  const begun = new Set<string>();
  for (const [file, text] of parts()) {
    const target = path.join(out, file);
    if (begun.has(file)) appendFileSync(target, text);
    else {
      mkdirSync(path.dirname(target), { recursive: true });
      writeFileSync(target, text);
      begun.add(file);
    }
  }
}

function differs(file: string, hash: string): boolean {
  try {
    return createHash('sha256').update(readFileSync(file)).digest('hex') !== hash;
  } catch {
    return false;
  }
}
