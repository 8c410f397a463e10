// The step `tsc -b`: compiles provider, policy pack and simulator to CommonJS in their dist folders, from which
// programs and tools load them.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pinnedNode, root, stampFolder } from './paths.mjs';
import { capture } from './run-command.mjs';
import { SetupError, step } from './say.mjs';
import { filesBelow, hash, readStamp, writeStamp } from './stamp.mjs';

const packages = ['provider', 'policy', 'simulator'];
const stamp = path.join(stampFolder, 'build');

/** Compiles the packages if something has changed since the last time. */
export async function build() {
  const key = sourcesKey();
  const built = packages.every((name) => existsSync(path.join(root, name, 'dist', 'index.js')));
  if (built && readStamp(stamp) === key) return;
  await step('build (tsc -b)', async () => {
    const tsc = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    const { exitCode, output } = await capture(
      pinnedNode,
      [tsc, '-b', ...packages, '--pretty', String(Boolean(process.stderr.isTTY))],
      { cwd: root },
    );
    if (exitCode !== 0) {
      throw new SetupError('the TypeScript sources do not compile', 'Mend what the compiler says above.', output);
    }
    packages.forEach(removeStale);
  });
  writeStamp(stamp, key);
}

function sourcesKey() {
  const files = packages.flatMap((name) => filesBelow(path.join(root, name), '.ts'));
  const settings = ['tsconfig.json', ...packages.map((name) => `${name}/tsconfig.json`), 'package-lock.json'];
  return hash([...settings.map((name) => path.join(root, name)), ...files].flatMap((f) => [f, readFileSync(f)]));
}

/**
 * Removes compiled files of deleted sources, which would otherwise be loaded and published.
 * @param {string} name
 */
function removeStale(name) {
  const folder = path.join(root, name);
  const dist = path.join(folder, 'dist');
  const sources = new Set(filesBelow(folder, '.ts').map((file) => path.relative(folder, file).replace(/\.ts$/, '')));
  for (const ending of ['.d.ts', '.js']) {
    for (const file of filesBelow(dist, ending)) {
      if (!sources.has(path.relative(dist, file).slice(0, -ending.length))) rmSync(file);
    }
  }
}
