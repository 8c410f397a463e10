import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Makes an empty temporary folder, which is removed after the last test of the file. */
export function newFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'webex-wholesale-'));
  folders.push(folder);
  return folder;
}
