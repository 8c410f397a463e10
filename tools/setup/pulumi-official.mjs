// Pulumi's own installer, as the SDK's automation API offers it (PulumiCommand.install).
import { lookup } from 'node:dns/promises';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { pinnedNode, root } from './paths.mjs';
import { capture } from './run-command.mjs';
import { say, step } from './say.mjs';

const download = 'get.pulumi.com';

/** The version of the SDK that package-lock.json pins: CLI and SDK of one version are released together. */
export function officialVersion() {
  const file = path.join(root, 'node_modules', '@pulumi', 'pulumi', 'package.json');
  return String(JSON.parse(readFileSync(file, 'utf8')).version);
}

/**
 * Installs the CLI into folder/bin.
 * @param {string} folder
 * @returns {Promise<boolean>} false, after a line that says why, when the download is out of reach
 */
export async function installOfficial(folder) {
  const reason = await outOfReach();
  if (reason) {
    say(`the official installer is out of reach (${reason}): building the pulumi CLI from its Go modules instead`);
    return false;
  }
  const script = path.join(path.dirname(fileURLToPath(import.meta.url)), 'pulumi-official-install.cjs');
  try {
    await step(`pulumi CLI ${officialVersion()} (official installer)`, async () => {
      const { exitCode, output } = await capture(pinnedNode, [script, folder], { cwd: root, timeoutSeconds: 300 });
      if (exitCode !== 0) throw new Error(output.trim().split('\n').pop() || `exit code ${exitCode}`);
    });
    return true;
  } catch (error) {
    say(`${/** @type {Error} */ (error).message}: building the pulumi CLI from its Go modules instead`);
    return false;
  }
}

/** Why the download can't be reached, found out within seconds; empty when it can. */
async function outOfReach() {
  try {
    await withLimit(lookup(download), 5000);
    await fetch(`https://${download}/install.sh`, { method: 'HEAD', signal: AbortSignal.timeout(5000) });
    return '';
  } catch (error) {
    return `${download}: ${/** @type {NodeJS.ErrnoException} */ (error).code ?? /** @type {Error} */ (error).message}`;
  }
}

/**
 * @template T
 * @param {Promise<T>} promise
 * @param {number} milliseconds
 * @returns {Promise<T>}
 */
async function withLimit(promise, milliseconds) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const limit = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer')), milliseconds);
  });
  try {
    return /** @type {T} */ (await Promise.race([promise, limit]));
  } finally {
    clearTimeout(timer);
  }
}
