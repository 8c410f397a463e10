import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Two cores are enough for everyone; acceptance tests start several processes each.
    maxWorkers: 2,
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
