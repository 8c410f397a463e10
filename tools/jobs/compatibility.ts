// `npm run compatibility`: tests with other versions than those of `npm test`.
// Without options: with the oldest SDK and Node.js that the packages allow (test/compatibility).
// `-- --engine 3.274.1 [FILE ...]`: runs the acceptance tests that need no policy pack, or these files, on that engine.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../setup/paths.mjs';
import { engineFolder } from '../setup/pulumi-cli.mjs';
import { foreground } from '../setup/run-command.mjs';
import { explain, SetupError } from '../setup/say.mjs';

const { values, positionals } = parseArgs({ options: { engine: { type: 'string' } }, allowPositionals: true });
try {
  process.exitCode = values.engine === undefined ? await oldest() : await onEngine(values.engine, positionals);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  explain(error);
  process.exitCode = 1;
}

function oldest(): Promise<number> {
  return foreground('vitest', ['run', '--project', 'compatibility', ...positionals], { cwd: root });
}

/** Tests run the first `pulumi` on PATH, and fleets without policy packs. */
async function onEngine(version: string, files: string[]): Promise<number> {
  const bin = await engineFolder(version);
  const env = { ...process.env, PATH: [bin, process.env.PATH].join(path.delimiter), WITHOUT_POLICY_PACKS: 'yes' };
  const chosen = files.length > 0 ? files : withoutPolicyPack();
  process.stdout.write(`acceptance tests on pulumi ${version}: ${chosen.length} files\n`);
  return foreground('vitest', ['run', '--project', 'acceptance', ...chosen], { cwd: root, env });
}

/** To run a policy pack, later engines need a later language host, which is not a Go module. */
function withoutPolicyPack(): string[] {
  const folder = path.join('test', 'acceptance');
  const files = readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' });
  const tests = files.filter((file) => file.endsWith('.test.ts') && !file.startsWith(`policy${path.sep}`));
  return tests.map((file) => path.join(folder, file)).sort();
}
