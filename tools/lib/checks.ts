// The static checks: format and lint, types, import graph, packages. They take seconds, so that people run them often.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from '../setup/build.mjs';
import { root } from '../setup/paths.mjs';
import { capture } from '../setup/run-command.mjs';
import { SetupError, seconds } from '../setup/say.mjs';

interface Check {
  title: string;
  /** The problems as text; empty if there are none. */
  run(): Promise<string>;
}

const checks: Check[] = [
  { title: 'format and lint (biome)', run: () => problems('biome', ['ci', '--colors=off', '.']) },
  { title: 'types (tsc)', run: types },
  { title: 'import graph (dependency-cruiser)', run: importGraph },
  { title: 'packages as npm packs them (publint, attw)', run: packages },
];

/** Runs all checks and prints a line and the problems of each. */
export async function runChecks(): Promise<{ passed: number; failed: number }> {
  let failed = 0;
  for (const check of checks) {
    const start = Date.now();
    const wrong = await check.run();
    if (wrong) failed++;
    process.stdout.write(`${wrong ? 'FAILED' : 'ok    '} ${check.title}, ${seconds(Date.now() - start)}\n`);
    if (wrong) process.stdout.write(`${wrong.trimEnd()}\n\n`);
  }
  return { passed: checks.length - failed, failed };
}

async function types(): Promise<string> {
  try {
    // Tests and examples use the declarations of the built packages, as users' programs do.
    await build();
  } catch (error) {
    if (error instanceof SetupError) return error.output;
    throw error;
  }
  const found = await Promise.all([
    typeProblems('tools'),
    typeProblems('test'),
    ...examples().map((folder) => typeProblems(folder, '--incremental', 'false')),
  ]);
  return found.join('');
}

const typeProblems = (project: string, ...options: string[]) =>
  problems('tsc', ['-p', project, '--noEmit', '--pretty', 'false', ...options]);

/** The examples that are TypeScript programs. */
function examples(): string[] {
  const folders = readdirSync(path.join(root, 'examples')).map((name) => path.join('examples', name));
  return folders.filter((folder) => existsSync(path.join(root, folder, 'tsconfig.json')));
}

async function importGraph(): Promise<string> {
  const folders = ['provider', 'policy', 'simulator', 'tools', 'test', 'examples'];
  const found = await Promise.all([
    problems('depcruise', ['--config', '.dependency-cruiser.cjs', ...folders]),
    problems('depcruise', ['--config', '.dependency-cruiser-runtime.cjs', 'provider/index.ts']),
  ]);
  return found.join('');
}

/**
 * Checks the files that would be published, and that every entry and its types resolve in all resolution modes.
 */
async function packages(): Promise<string> {
  const state = path.join(root, '.state');
  mkdirSync(state, { recursive: true });
  const folder = mkdtempSync(path.join(state, 'packages-'));
  try {
    const found = await Promise.all(['provider', 'policy', 'simulator'].map((name) => packageProblems(name, folder)));
    return found.join('');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function packageProblems(name: string, folder: string): Promise<string> {
  const args = ['pack', '--silent', '--pack-destination', folder];
  const { exitCode, stdout, output } = await capture('npm', args, { cwd: path.join(root, name) });
  if (exitCode !== 0) return output;
  const archive = path.join(folder, stdout.trim());
  const found = await Promise.all([
    problems('publint', ['--strict', archive]),
    problems('attw', ['--no-color', '--no-emoji', '--format', 'ascii', archive]),
  ]);
  return found.join('');
}

async function problems(command: string, args: string[]): Promise<string> {
  const { exitCode, output } = await capture(command, args, { cwd: root });
  return exitCode === 0 ? '' : output || `${command} ended with exit code ${exitCode}\n`;
}
