// The paths that set-up uses. All are inside the checkout, except the user's cache, which all checkouts share.
import { homedir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The top folder of the checkout. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/** The packages with Node.js itself, one for each platform, among package.json's optionalDependencies. */
const nodePackages = new Set(['linux-x64', 'linux-arm64']);

/** True if the dependencies include Node.js on this platform; else jobs run with the Node.js that runs set-up. */
export const isNodePinned = nodePackages.has(`${process.platform}-${process.arch}`);

/** The Node.js of all jobs. */
export const pinnedNode = isNodePinned ? path.join(root, 'node_modules', '.bin', 'node') : process.execPath;

/** Stamps of finished set-up steps (git-ignored). */
export const stampFolder = path.join(root, '.setup');

/**
 * The per-user cache for the pulumi CLI: WEBEX_WHOLESALE_CACHE, else the XDG cache folder.
 * @param {NodeJS.ProcessEnv} [env]
 */
export function cacheFolder(env = process.env) {
  if (env.WEBEX_WHOLESALE_CACHE) return path.resolve(env.WEBEX_WHOLESALE_CACHE);
  return path.join(env.XDG_CACHE_HOME || path.join(homedir(), '.cache'), 'webex-wholesale');
}
