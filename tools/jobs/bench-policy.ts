// `npm run bench:policy`: measures the time that the policy pack adds to a preview of 300 resources, as a ratio.
// Arguments: resources, rounds.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Simulator, startSimulator } from 'webex-wholesale-simulator';
import { customerInputs } from '../bench/samples.ts';
import { root } from '../setup/paths.mjs';
import { capture } from '../setup/run-command.mjs';

const [resources = 300, rounds = 5] = process.argv.slice(2).map(Number);
const CUSTOMER = { ...customerInputs(1), packages: ['webex_suite', 'webex_calling'] };

/** One customer with its users; every tenth is an administrator. */
const PROGRAM = `
const webex = require('pulumi-webex-wholesale');
const customer = new webex.CustomerOrg('customer', ${JSON.stringify(CUSTOMER)}, { protect: true });
for (let i = 1; i < ${resources}; i++) {
  new webex.User('user' + i, {
    customerId: customer.id, email: 'user' + i + '@example.com', firstName: 'John', lastName: 'Anderson',
    package: i % 10 ? 'webex_calling' : 'webex_suite', extension: String(10000 + i),
    roles: i % 10 ? undefined : ['Full Administrator'],
  });
}`;

const state = path.join(root, '.state');
mkdirSync(state, { recursive: true });
const folder = mkdtempSync(path.join(state, 'bench-policy-'));
const simulator = await startSimulator({ provisioningSeconds: 0.05 });
try {
  writeProject();
  const env = environment(simulator);
  await pulumi(env, 'stack', 'init', 'bench');
  process.stdout.write(`preview of ${resources} resources, median of ${rounds} rounds in turn\n`);
  await compare('first preview', env);
  await pulumi(env, 'up', '--yes', '--skip-preview');
  await compare('preview without changes', env);
} finally {
  await simulator.stop();
  rmSync(folder, { recursive: true, force: true });
}

function writeProject(): void {
  mkdirSync(path.join(folder, 'backend'));
  writeFileSync(path.join(folder, 'index.js'), PROGRAM);
  writeFileSync(path.join(folder, 'package.json'), '{"name":"bench","main":"index.js"}');
  const runtime = 'runtime: { name: nodejs, options: { typescript: false } }';
  writeFileSync(path.join(folder, 'Pulumi.yaml'), `name: bench\n${runtime}\nmain: index.js\n`);
}

function environment({ baseUrl, token }: Simulator): NodeJS.ProcessEnv {
  return {
    ...process.env,
    WEBEX_BASE_URL: baseUrl,
    WEBEX_ACCESS_TOKEN: token,
    PULUMI_HOME: path.join(state, 'bench-pulumi-home'),
    PULUMI_BACKEND_URL: `file://${path.join(folder, 'backend')}`,
    PULUMI_CONFIG_PASSPHRASE: 'protects-nothing',
    PULUMI_STACK: 'bench',
    PULUMI_SKIP_UPDATE_CHECK: 'true',
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
  };
}

/** Alternates the two variants, so that other load of the machine affects both. */
async function compare(title: string, env: NodeJS.ProcessEnv): Promise<void> {
  const [without, withPack]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    without.push(await pulumi(env, 'preview'));
    withPack.push(await pulumi(env, 'preview', '--policy-pack', path.join(root, 'policy')));
  }
  const [plain, watched] = [median(without), median(withPack)];
  const ratio = (watched / plain).toFixed(2);
  process.stdout.write(
    `${title}: ${plain.toFixed(1)} s without, ${watched.toFixed(1)} s with the pack, ratio ${ratio}\n`,
  );
}

async function pulumi(env: NodeJS.ProcessEnv, ...args: string[]): Promise<number> {
  const start = performance.now();
  const { exitCode, output } = await capture('pulumi', [...args, '--non-interactive'], { cwd: folder, env });
  if (exitCode !== 0) throw new Error(`pulumi ${args.join(' ')}: exit code ${exitCode}\n${output}`);
  return (performance.now() - start) / 1000;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
