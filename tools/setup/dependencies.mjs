// The step `npm ci`: node_modules as package-lock.json says, and with it the pinned Node.js.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pinnedNode, root } from './paths.mjs';
import { capture } from './run-command.mjs';
import { SetupError, step } from './say.mjs';
import { hash, readStamp, writeStamp } from './stamp.mjs';

// Inside node_modules, so that it goes when they go.
const stamp = path.join(root, 'node_modules', '.webex-wholesale-set-up');

/** @typedef {{ packages: Record<string, { version?: string, optional?: boolean }> }} Lock what is read of a package-lock.json */

/** Makes node_modules what package-lock.json says, unless it is. */
export async function installDependencies() {
  const lockText = readFileSync(path.join(root, 'package-lock.json'), 'utf8');
  // package-lock.json repeats the dependencies of the workspaces' package.json files; some packages are made for one platform.
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
  const { exitCode, output } = await capture('npm', ['ci', '--no-audit', '--no-fund'], { cwd: root });
  if (exitCode !== 0) {
    const remedy = 'Run `npm ci` yourself and see what it says; npm must reach its registry.';
    throw new SetupError('`npm ci` failed', remedy, output);
  }
  if (await pinnedNodeWorks(lock)) return;
  throw new SetupError(
    `\`npm ci\` did not bring Node.js: ${path.relative(root, pinnedNode)} does not run`,
    'The package `node` fetches it in an install script: see that `npm config get ignore-scripts` says false, then run `npm rebuild node`.',
    output,
  );
}

/**
 * Whether somebody ran `npm ci` or `npm install` already: npm notes what it installed in node_modules/.package-lock.json.
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
  return same && (await pinnedNodeWorks(lock));
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
async function pinnedNodeWorks(lock) {
  const { exitCode, stdout } = await capture(pinnedNode, ['--version']);
  return exitCode === 0 && stdout.trim() === `v${lock.packages['node_modules/node']?.version}`;
}
