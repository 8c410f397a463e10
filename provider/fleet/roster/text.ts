import { readFileSync, statSync } from 'node:fs';
import type { SourceFile } from './problems';

/** Largest file. A roster of 100,000 customers is smaller; the limit is for wrong paths. */
const MAX_BYTES = 512 * 1024 * 1024;

/** Reads a file as UTF-8, without its byte order mark. @returns undefined if it can't be read (which is reported) */
export function readText(path: string, file: SourceFile): string | undefined {
  let bytes: Buffer;
  try {
    const { size } = statSync(path);
    if (size > MAX_BYTES) return void file.broken(`has ${size} bytes; more than ${MAX_BYTES} are not read`);
    bytes = readFileSync(path);
  } catch (error) {
    return void file.broken(`can't be read: ${(error as Error).message}`);
  }
  if (bytes.subarray(0, 4).toString('latin1') === 'PK\x03\x04')
    return void file.broken('is a workbook or another ZIP file, no text: save it as "CSV UTF-8"');
  if (bytes.subarray(0, 4).toString('hex') === 'd0cf11e0')
    return void file.broken('is a workbook, no text: save it as "CSV UTF-8"');
  const mark = bytes.subarray(0, 2).toString('hex');
  if (mark === 'fffe' || mark === 'feff' || bytes[1] === 0) return void file.broken('is UTF-16; save it as UTF-8');
  try {
    return decode(bytes);
  } catch {
    return void file.broken('is not UTF-8 from here on; save it as UTF-8', firstUndecodable(bytes));
  }
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}

/** Finds the first line that can't be decoded, and the column by trial: a decoder doesn't report the place. */
function firstUndecodable(bytes: Buffer): { line: number; column: number } {
  let start = 0;
  for (let line = 1; start <= bytes.length; line++) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline < 0 ? bytes.length : newline;
    const part = bytes.subarray(start, end);
    if (!decodes(part)) {
      let good = 0;
      for (let length = 1; length <= part.length && length <= 10_000; length++) {
        if (decodes(part.subarray(0, length))) good = length;
      }
      return { line, column: decode(part.subarray(0, good)).length + 1 };
    }
    start = end + 1;
  }
  return { line: 1, column: 1 };
}

function decodes(bytes: Uint8Array): boolean {
  try {
    decode(bytes);
    return true;
  } catch {
    return false;
  }
}
