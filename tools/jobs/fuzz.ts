// `npm run fuzz -- --seed S --cases N`: runs the fuzzers of `npm test` with other or more cases.
import { parseArgs } from 'node:util';
import { root } from '../setup/paths.mjs';
import { foreground } from '../setup/run-command.mjs';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    cases: { type: 'string', default: '10000' },
  },
});
const [seed, cases] = [Number(values.seed), Number(values.cases)];
if (!Number.isInteger(seed) || !Number.isInteger(cases) || cases < 1) {
  process.stderr.write('usage: npm run fuzz -- --seed S --cases N, both whole numbers\n');
  process.exit(2);
}
process.stdout.write(
  `seed ${seed}, ${cases} cases of each kind; again with: npm run fuzz -- --seed ${seed} --cases ${cases}\n`,
);
const env = {
  ...process.env,
  FUZZ_SEED: String(seed),
  FUZZ_CASES: String(cases),
  FUZZ_REQUESTS: String(Math.max(2000, Math.ceil(cases / 5))),
};
const files = ['test/unit/fuzz', 'test/unit/simulator/fuzz.test.ts'];
process.exitCode = await foreground('vitest', ['run', '--project', 'unit', ...files], { cwd: root, env });
