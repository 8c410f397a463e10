// The step `npm ci`: node_modules as package-lock.json says, and with it the pinned Node.js.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { isNodePinned, pinnedNode, root } from './paths.mjs';
import { capture } from './run-command.mjs';
import { SetupError, step } from './say.mjs';
import { hash, readStamp, writeStamp } from './stamp.mjs';

// Inside node_modules, so that it goes when they go.
const stamp = path.join(root, 'node_modules', '.webex-wholesale-set-up');

/** The oldest Node.js that Pulumi's SDK, undici and vitest run with. */
const minimum = /** @type {const} */ ([22, 19]);

/**
 * @typedef {{ packages: Record<string, { version?: string, optional?: boolean }> }} Lock what is read of a package-
 * lock.json
 */

/** Makes node_modules what package-lock.json says, unless it is. */
export async function installDependencies() {
  const lockText = readFileSync(path.join(root, 'package-lock.json'), 'utf8');
  // package-lock.json repeats the dependencies of the workspaces' package.json files; some packages are made for one
  // platform.
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
  // No install script of any dependency is needed: what runs here is what the lockfile's checksums cover.
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
 * Whether somebody ran `npm ci` or `npm install` already: npm notes what it installed in
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
 * Some packages write their version with a v, which npm notes in one of the two files only.
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
