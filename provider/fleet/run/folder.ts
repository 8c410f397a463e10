import { createHash } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import envPaths from 'env-paths';

/**
 * The working folder of a fleet: Pulumi.yaml, the configuration of its stacks, a compile cache and records of runs.
 *
 * Pulumi and Node.js run what files there say (plugins, compiled code). So it is never beside the roster, where a pull
 * request or another user of the machine could put files: it is in the user's cache, for the user alone.
 *
 * @param fleet its name; with the backend it says which stacks are meant, wherever the roster is
 * @throws Error where the folder belongs to another user
 */
export function fleetFolder(fleet: string, env: NodeJS.ProcessEnv = process.env): string {
  const backend = createHash('sha256')
    .update(env.PULUMI_BACKEND_URL ?? '')
    .digest('hex');
  return privateFolder(envPaths('webex-wholesale', { suffix: '' }).cache, 'fleet', `${fleet}-${backend.slice(0, 8)}`);
}

/** Makes folders, each below the one before, that only the user may read and write. */
export function privateFolder(top: string, ...below: string[]): string {
  mkdirSync(path.dirname(top), { recursive: true });
  let folder = '';
  for (const part of [top, ...below]) {
    folder = path.join(folder, part);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const found = lstatSync(folder);
    if (!found.isDirectory() || (process.getuid && found.uid !== process.getuid())) {
      throw new Error(
        `${folder} is no folder of yours: another user of this machine could change what a fleet runs. Remove it, or set ` +
          'XDG_CACHE_HOME to a folder of your own',
      );
    }
    if (process.getuid && (found.mode & 0o077) !== 0) chmodSync(folder, 0o700);
  }
  return folder;
}
