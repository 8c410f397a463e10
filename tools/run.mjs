// The entry point of all npm scripts: `node tools/run.mjs JOB ARGS`. It is plain JavaScript for any Node.js from 20,
// without dependencies. It installs what the job needs, then runs the job with the pinned Node.js.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { build } from './setup/build.mjs';
import { installDependencies } from './setup/dependencies.mjs';
import { pinnedNode, root } from './setup/paths.mjs';
import { pulumiFolder } from './setup/pulumi-cli.mjs';
import { foreground } from './setup/run-command.mjs';
import { explain, SetupError, say, seconds } from './setup/say.mjs';

/** The jobs that need the pulumi CLI. */
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
/** The jobs that run even if the sources don't compile, to report the problems. */
const withoutBuild = new Set(['format', 'check', 'test']);

const [job = '', ...args] = process.argv.slice(2);
const script = path.join(root, 'tools', 'jobs', `${job}.ts`);
try {
  if (!/^[a-z-]+$/.test(job) || !existsSync(script)) throw new SetupError(`unknown job: ${job}`, 'See `npm run`.');
  process.exitCode = await run();
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  explain(error);
  // Every run of the tests prints a count, also one that could not start.
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
