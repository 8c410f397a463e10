// The step `npm ci`: installs node_modules from package-lock.json, including the pinned Node.js.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isNodePinned, pinnedNode, root } from './paths.mjs';
import { capture } from './run-command.mjs';
import { SetupError, step } from './say.mjs';
import { hash, readStamp, writeStamp } from './stamp.mjs';

// Inside node_modules, so that it is deleted with them.
const stamp = path.join(root, 'node_modules', '.webex-wholesale-set-up');

/** The oldest Node.js that Pulumi's SDK, undici and vitest support. */
const minimum = /** @type {const} */ ([22, 19]);

/**
 * @typedef {{ packages: Record<string, { version?: string, optional?: boolean }> }} Lock used part of package-lock.json
 */

/** Installs node_modules if they differ from package-lock.json. */
export async function installDependencies() {
  const lockText = readFileSync(path.join(root, 'package-lock.json'), 'utf8');
  // package-lock.json contains the dependencies of all workspaces. Some packages are for one platform only.
  const key = hash([lockText, process.platform, process.arch]);
  if (readStamp(stamp) === key && existsSync(pinnedNode)) return;
  /** @type {Lock} */
  const lock = JSON.parse(lockText);
  if (!(await isInstalled(lock))) {
    await step('dependencies (npm ci)', () => installWithNpm(lock), { hint: 'some 20 seconds' });
  }
  writeStamp(stamp, key);
}

/** @param {Lock} lock */
async function installWithNpm(lock) {
  // No dependency needs its install script, so that only files with checksums in the lockfile are run.
  const { exitCode, output } = await capture('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: root,
  });
  if (exitCode !== 0) {
    const remedy = 'Run `npm ci` yourself and see what it says; npm must reach its registry.';
    throw new SetupError('`npm ci` failed', remedy, output);
  }
  if (await nodeWorks(lock)) return;
  throw isNodePinned
    ? new SetupError(
        `\`npm ci\` did not bring a Node.js that runs here: ${path.relative(root, pinnedNode)}`,
        'It is an optional dependency: see that `npm config get omit` is empty, then run `npm ci` again. It needs glibc.',
        output,
      )
    : new SetupError(
        `this Node.js is ${process.version}, and none comes with the dependencies for ${process.platform} ${process.arch}`,
        `Run this with Node.js ${minimum.join('.')} or newer: https://nodejs.org/`,
      );
}

/**
 * True if `npm ci` or `npm install` has installed the locked versions: npm records them in
 * node_modules/.package-lock.json.
 * @param {Lock} lock
 */
async function isInstalled(lock) {
  /** @type {Lock} */
  let installed;
  try {
    installed = JSON.parse(readFileSync(path.join(root, 'node_modules', '.package-lock.json'), 'utf8'));
  } catch {
    return false;
  }
  const same = Object.entries(lock.packages).every(([name, wanted]) => {
    const found = installed.packages[name];
    if (!name.startsWith('node_modules/') || (!found && wanted.optional)) return true;
    return found !== undefined && sameVersion(found.version, wanted.version) && existsSync(path.join(root, name));
  });
  return same && (await nodeWorks(lock));
}

/**
 * Compares versions. Some packages write theirs with a `v`, which npm keeps in only one of the two files.
 * @param {string | undefined} a
 * @param {string | undefined} b
 */
function sameVersion(a, b) {
  return a?.replace(/^v/, '') === b?.replace(/^v/, '');
}

/** @param {Lock} lock */
async function nodeWorks(lock) {
  const { exitCode, stdout } = await capture(pinnedNode, ['--version']);
  const version = stdout.trim().replace(/^v/, '');
  if (exitCode !== 0) return false;
  if (isNodePinned) return version === lock.packages[`node_modules/node-${process.platform}-${process.arch}`]?.version;
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > minimum[0] || (major === minimum[0] && minor >= minimum[1]);
}
