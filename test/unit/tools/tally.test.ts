import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { count } from '../../../tools/lib/tests';
import { newFolder } from '../new-folder';

describe('the count at the end of npm test', () => {
  const folder = newFolder();

  function counted(report: unknown) {
    const file = path.join(folder, 'report.json');
    writeFileSync(file, JSON.stringify(report));
    return count(file);
  }

  it('takes the numbers of the report', () => {
    const testResults = [{ status: 'failed', assertionResults: [{ status: 'passed' }, { status: 'failed' }] }];
    expect(counted({ numPassedTests: 7, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1, testResults })).toEqual(
      {
        passed: 7,
        failed: 1,
        skipped: 3,
      },
    );
  });

  it('counts a file that could not be loaded as a failed test', () => {
    const testResults = [
      { status: 'failed', assertionResults: [] },
      { status: 'passed', assertionResults: [{ status: 'passed' }] },
    ];
    const numbers = { numPassedTests: 1, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 };
    expect(counted({ ...numbers, testResults })).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });

  it('counts nothing where there is no report', () => {
    expect(count(path.join(folder, 'none.json'))).toEqual({ passed: 0, failed: 0, skipped: 0 });
  });
});
