// What every npm script of this repository calls: `node tools/run.mjs JOB ARGS`. Plain JavaScript for the Node.js
// that is there (20 or newer), without dependencies: it sets up what the job needs, then runs the job with the pinned
// Node.js.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { build } from './setup/build.mjs';
import { installDependencies } from './setup/dependencies.mjs';
import { pinnedNode, root } from './setup/paths.mjs';
import { pulumiFolder } from './setup/pulumi-cli.mjs';
import { foreground } from './setup/run-command.mjs';
import { explain, SetupError, say, seconds } from './setup/say.mjs';

/** The jobs that run pulumi; the others need no CLI. */
const withPulumi = new Set([
  'start',
  'destroy',
  'pulumi',
  'test',
  'chaos',
  'bench',
  'bench-fleet',
  'fleet',
  'compatibility',
  'bench-policy',
]);
/** The jobs that must run, and say what is wrong, even where the sources don't compile. */
const withoutBuild = new Set(['format', 'check', 'test']);

const [job = '', ...args] = process.argv.slice(2);
const script = path.join(root, 'tools', 'jobs', `${job}.ts`);
try {
  if (!/^[a-z-]+$/.test(job) || !existsSync(script)) throw new SetupError(`unknown job: ${job}`, 'See `npm run`.');
  process.exitCode = await run();
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  explain(error);
  // The test count is promised for every run of the tests, also for one that never began.
  if (job === 'test') process.stdout.write('\n0 passed, 1 failed\n');
  process.exitCode = 1;
}

async function run() {
  const begun = Date.now();
  await installDependencies();
  if (!withoutBuild.has(job)) await build();
  const first = [path.dirname(pinnedNode)];
  if (withPulumi.has(job)) first.push(await pulumiFolder());
  const parts = [
    'dependencies',
    ...(withoutBuild.has(job) ? [] : ['build']),
    ...(first[1] ? [`pulumi CLI in ${first[1]}`] : []),
  ];
  say(`ready in ${seconds(Date.now() - begun)}: ${parts.join(', ')}`);
  const env = { ...process.env, PATH: [...first, process.env.PATH].join(path.delimiter) };
  return foreground(pinnedNode, [script, ...args], { cwd: root, env });
}
