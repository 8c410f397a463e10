// `npm run chaos -- --seed S --runs N`: runs random programs under random faults, and checks the result of each.
import { parseArgs } from 'node:util';
import { chaos } from '../chaos/index.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    runs: { type: 'string', default: '10' },
    from: { type: 'string', default: '0' },
    parallel: { type: 'string', default: '2' },
    verbose: { type: 'boolean', default: false },
  },
});
const [seed, runs, from, parallel] = [values.seed, values.runs, values.from, values.parallel].map(Number);
for (const [name, value] of Object.entries({ seed, runs, from, parallel })) {
  if (!Number.isSafeInteger(value) || (value ?? -1) < 0)
    throw new Error(`--${name} must be a whole number, 0 or more.`);
}
const seeds = Array.from({ length: runs ?? 0 }, (_, index) => (seed ?? 0) + (from ?? 0) + index);
const violations = await chaos(seeds, { parallel: Math.max(1, parallel ?? 1), verbose: values.verbose });
process.exitCode = violations > 0 ? 1 : 0;
