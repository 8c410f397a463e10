// Runs a vitest project: shows its report in the terminal and counts the results from the JSON report.
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { root } from '../setup/paths.mjs';
import { foreground } from '../setup/run-command.mjs';

export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

/** The used part of vitest's JSON report. */
interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { status: string; assertionResults: { status: string }[] }[];
}

/**
 * Runs all tests of a vitest project. A crash of vitest counts as one failed test.
 */
export async function runTests(project: string): Promise<Tally> {
  process.stdout.write(`\n${project} tests\n`);
  const file = path.join(root, '.state', 'test-results', `${project}.json`);
  mkdirSync(path.dirname(file), { recursive: true });
  rmSync(file, { force: true });
  const args = ['run', '--project', project, '--passWithNoTests', '--reporter=default', '--reporter=json'];
  const exitCode = await foreground('vitest', [...args, `--outputFile.json=${file}`], { cwd: root });
  const tally = count(file);
  if (exitCode !== 0 && tally.failed === 0) tally.failed = 1;
  return tally;
}

/** Reads the JSON report of a vitest run; undefined if there is none. */
export function count(file: string): Tally {
  let report: Report;
  try {
    report = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
  // A file that could not be loaded or set up has failed without containing a failed test.
  const brokenFiles = report.testResults.filter(
    (result) => result.status === 'failed' && !result.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}
