// A step is skipped if the hash of its inputs is the one that it stored when it last succeeded.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** @param {Iterable<string | Buffer>} parts */
export function hash(parts) {
  const sum = createHash('sha256');
  for (const part of parts)
    sum
      .update(String(Buffer.byteLength(part)))
      .update('\n')
      .update(part);
  return sum.digest('hex');
}

/** @param {string} file */
export function readStamp(file) {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}

/**
 * @param {string} file
 * @param {string} key
 */
export function writeStamp(file, key) {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `${key}\n`);
}

/**
 * All files below a folder with this ending, sorted, without build results and dependencies.
 * @param {string} folder
 * @param {string} ending
 * @returns {string[]}
 */
export function filesBelow(folder, ending) {
  return readdirSync(folder, { withFileTypes: true })
    .flatMap((entry) => {
      const full = path.join(folder, entry.name);
      if (entry.isDirectory()) return ['node_modules', 'dist'].includes(entry.name) ? [] : filesBelow(full, ending);
      return entry.name.endsWith(ending) ? [full] : [];
    })
    .sort();
}
