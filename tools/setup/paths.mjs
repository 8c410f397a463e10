// Where set-up finds and puts things. Everything is inside the checkout except the cache, which belongs to the user and is
// shared by all checkouts.
import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The top folder of the checkout. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** The Node.js version of package.json's devDependency `node`, which every job runs with. */
export const pinnedNode = path.join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');

/** Stamps that say which set-up steps are done (git-ignored). */
export const stampFolder = path.join(root, '.setup');

/**
 * The per-user cache for the pulumi CLI: WEBEX_WHOLESALE_CACHE, else the XDG cache folder.
 * @param {NodeJS.ProcessEnv} [env]
 */
export function cacheFolder(env = process.env) {
  if (env.WEBEX_WHOLESALE_CACHE) return path.resolve(env.WEBEX_WHOLESALE_CACHE);
  return path.join(env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'webex-wholesale');
}
