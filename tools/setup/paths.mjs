// Where set-up finds and puts things. Everything is inside the checkout except the cache, which belongs to the user
// and is shared by all checkouts.
import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The top folder of the checkout. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** The packages that hold Node.js itself, one a platform, among package.json's optionalDependencies. */
const nodePackages = new Set(['linux-x64', 'linux-arm64']);

/** Whether Node.js comes with the dependencies here; elsewhere the one that runs set-up is used. */
export const isNodePinned = nodePackages.has(`${process.platform}-${process.arch}`);

/** The Node.js that every job runs with. */
export const pinnedNode = isNodePinned ? path.join(root, 'node_modules', '.bin', 'node') : process.execPath;

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
