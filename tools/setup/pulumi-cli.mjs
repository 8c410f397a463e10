// The step that provides the pulumi CLI: from PATH, from the cache, by download, or built from Go modules.
import {
  accessSync,
  constants,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { cacheFolder } from './paths.mjs';
import { downloadedVersion, downloadRelease } from './pulumi-download.mjs';
import { buildWithGo, builtVersion, engineVersions } from './pulumi-from-go.mjs';
import { capture, withoutCredentials } from './run-command.mjs';
import { SetupError, say } from './say.mjs';

/** The oldest CLI that is accepted from PATH. The tests run with 3.220. */
const minimum = [3, 200];

/** The programs beside the CLI that a Node.js program with a dynamic provider needs. */
const companions = ['pulumi-language-nodejs', 'pulumi-resource-pulumi-nodejs'];

/**
 * @typedef {object} Way one way to get a CLI
 * @property {string} version
 * @property {(folder: string, env: NodeJS.ProcessEnv) => Promise<boolean>} make fills folder/bin; false if this way is
 * not available here, after it has printed the reason
 */

/** @returns {Way[]} */
const allWays = () => [
  { version: downloadedVersion, make: (folder) => downloadRelease(folder) },
  { version: builtVersion, make: buildWithGo },
];

/**
 * The folder of a usable pulumi CLI, for the beginning of PATH.
 * @param {NodeJS.ProcessEnv} [env]
 * @param {Way[]} [ways]
 * @returns {Promise<string>}
 */
export async function pulumiFolder(env = process.env, ways = allWays()) {
  const onPath = await usableOnPath(env);
  if (onPath) return onPath;
  const cache = cacheFolder(env);
  for (const { version } of ways) {
    const bin = path.join(cache, `pulumi-${version}`, 'bin');
    if (isExecutable(path.join(bin, 'pulumi'))) return bin;
  }
  mkdirSync(cache, { recursive: true });
  removeAbandoned(cache);
  say(`no pulumi CLI of version ${minimum.join('.')} or newer here: getting one into ${cache}`);
  for (const way of ways) {
    const bin = await bring(cache, way, env);
    if (bin) return bin;
  }
  throw new SetupError(
    'no pulumi CLI could be had',
    'Install the pulumi CLI (https://www.pulumi.com/docs/install/) and put it on PATH.',
  );
}

/**
 * The folder of a CLI of exactly this version, built from its Go modules.
 * @param {string} version
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<string>}
 */
export async function engineFolder(version, env = process.env) {
  const known = engineVersions();
  if (!known.includes(version)) {
    const remedy = `There are: ${known.join(', ')}. Another one needs go.mod and go.sum in tools/pulumi-cli/engine-VERSION.`;
    throw new SetupError(`there is no engine ${version} to build`, remedy);
  }
  const cache = cacheFolder(env);
  const bin = path.join(cache, `pulumi-${version}`, 'bin');
  if (isExecutable(path.join(bin, 'pulumi'))) return bin;
  mkdirSync(cache, { recursive: true });
  return bring(cache, { version, make: (folder) => buildWithGo(folder, env, version) }, env);
}

/**
 * Installs a CLI into a temporary folder and renames it at the end, so that an incomplete one is never used. If two
 * checkouts do this at the same time, the first wins.
 * @param {string} cache
 * @param {Way} way
 * @param {NodeJS.ProcessEnv} env
 */
async function bring(cache, { version, make }, env) {
  const target = path.join(cache, `pulumi-${version}`);
  const temporary = mkdtempSync(path.join(cache, '.making-'));
  try {
    if (!(await make(temporary, env))) return '';
    const found = await versionOf(path.join(temporary, 'bin', 'pulumi'));
    if (!found) throw new SetupError(`the new pulumi ${version} does not run`, `Remove ${cache} and try again.`);
    try {
      renameSync(temporary, target);
    } catch (error) {
      // Another checkout was faster, or the target is not a CLI.
      if (!isExecutable(path.join(target, 'bin', 'pulumi'))) {
        throw new SetupError(`${target} is in the way: ${String(error)}`, `Remove ${target} and try again.`);
      }
    }
    return path.join(target, 'bin');
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

/** @param {NodeJS.ProcessEnv} env */
async function usableOnPath(env) {
  const folder = findOnPath('pulumi', env);
  if (!folder) return '';
  const version = await versionOf(path.join(folder, 'pulumi'));
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major !== minimum[0] || minor < /** @type {number} */ (minimum[1])) {
    say(`the pulumi on PATH (${version || 'unknown version'}) is not used: ${minimum.join('.')} or newer is needed`);
    return '';
  }
  const real = path.dirname(realpathSync(path.join(folder, 'pulumi')));
  const missing = companions.filter((name) => !isExecutable(path.join(real, name)) && !findOnPath(name, env));
  if (missing.length > 0) {
    say(`the pulumi on PATH (${version}) is not used: ${missing.join(' and ')} is missing`);
    return '';
  }
  return folder;
}

/**
 * @param {string} name
 * @param {NodeJS.ProcessEnv} env
 */
function findOnPath(name, env) {
  const folders = (env.PATH ?? '').split(path.delimiter).filter(Boolean);
  return folders.find((folder) => isExecutable(path.join(folder, name)));
}

/** @param {string} file */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** @param {string} pulumi */
async function versionOf(pulumi) {
  const env = { ...withoutCredentials(process.env), PULUMI_SKIP_UPDATE_CHECK: 'true' };
  const { exitCode, stdout } = await capture(pulumi, ['version'], { env, timeoutSeconds: 30 });
  return exitCode === 0 ? stdout.trim().replace(/^v/, '') : '';
}

/**
 * Removes files that a killed set-up left more than a day ago.
 * @param {string} cache
 */
function removeAbandoned(cache) {
  const yesterday = Date.now() - 24 * 3600 * 1000;
  for (const name of readdirSync(cache)) {
    const full = path.join(cache, name);
    if (name.startsWith('.making-') && statSync(full).mtimeMs < yesterday)
      rmSync(full, { recursive: true, force: true });
  }
}
