import { createHash } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import envPaths from 'env-paths';

/**
 * The working folder of a fleet: Pulumi.yaml, the configuration of its stacks, a compile cache and records of runs.
 *
 * Pulumi and Node.js run code from files there (plugins, compile cache). So the folder is in the user's cache, open to
 * the user only, and not beside the roster, where a pull request or another user could put files.
 *
 * @param fleet name of the fleet; together with the backend it identifies the stacks, wherever the roster is
 * @throws Error if the folder belongs to another user
 */
export function fleetFolder(fleet: string, env: NodeJS.ProcessEnv = process.env): string {
  const backend = createHash('sha256')
    .update(env.PULUMI_BACKEND_URL ?? '')
    .digest('hex');
  return privateFolder(envPaths('webex-wholesale', { suffix: '' }).cache, 'fleet', `${fleet}-${backend.slice(0, 8)}`);
}

/** Makes nested folders that only the user may read and write. */
export function privateFolder(top: string, ...below: string[]): string {
  mkdirSync(path.dirname(top), { recursive: true });
  let folder = '';
  for (const part of [top, ...below]) {
    folder = path.join(folder, part);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const found = lstatSync(folder);
    if (!found.isDirectory() || (process.getuid && found.uid !== process.getuid())) {
      throw new Error(
        `${folder} is not a folder that belongs to you: another user could change what the fleet runs. Remove it, or set ` +
          'XDG_CACHE_HOME to a folder of your own',
      );
    }
    if (process.getuid && (found.mode & 0o077) !== 0) chmodSync(folder, 0o700);
  }
  return folder;
}
