import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Acceptance tests of about a minute: begun last, one of them would run alone at the end. */
const LONG = /acceptance\/(adoption\/(fleet|program)|chaos\/|fleet\/(disturbed|killed|life)|policy\/downgrades)/;

class LongOnesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => LONG.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    // For two cores: a third of the time, a test waits for pauses, or for processes to start.
    maxWorkers: 3,
    sequence: { sequencer: LongOnesFirst },
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'], testTimeout: 30_000 } },
      { test: { name: 'contract', include: ['test/contract/**/*.test.ts'], testTimeout: 30_000 } },
      {
        test: {
          name: 'acceptance',
          include: ['test/acceptance/**/*.test.ts'],
          globalSetup: 'test/acceptance/harness/empty-stack.ts',
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
      // Not part of `npm test`: `npm run compatibility`.
      { test: { name: 'compatibility', include: ['test/compatibility/**/*.test.ts'], testTimeout: 300_000 } },
    ],
  },
});
