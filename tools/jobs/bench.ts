// `npm run bench`: compares three variants with the same writes, on one machine with one simulator: a direct script,
// the provider, and Pulumi with handlers that do nothing ("floor"). Arguments: --sizes 100,300,1000 (resources),
// --variants direct,provider,floor.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type Simulator, startSimulator } from 'webex-wholesale-simulator';
import { measured, type Usage } from '../bench/measured.ts';
import { EACH, type Variant, writeProject } from '../bench/projects.ts';
import { control, requestCount } from '../lib/requests.ts';
import { root } from '../setup/paths.mjs';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '100,300' },
    variants: { type: 'string', default: 'direct,floor,provider' },
  },
});
const sizes = values.sizes.split(',').map(Number);
const variants = values.variants.split(',');
/** Pulumi's default; the direct script uses it, too. */
const PARALLEL = String(4 * os.availableParallelism());

const PHASES = ['create', 'no-op', 'refresh', 'destroy'] as const;
type Phase = (typeof PHASES)[number];
const COMMANDS: Record<Phase, string> = { create: 'up', 'no-op': 'up', refresh: 'refresh', destroy: 'destroy' };

interface Row extends Usage {
  requests: number;
  /** Bytes of compact JSON of the state, for each resource; after creation only, not for the direct script. */
  stateBytes: number;
}

async function runPulumi(variant: Variant, resources: number, folder: string, simulator: Simulator) {
  const env = { ...writeProject(folder, variant, resources, simulator), PULUMI_PARALLEL: PARALLEL };
  const pulumi = (...args: string[]) => measured('pulumi', [...args, '--non-interactive'], { cwd: folder, env });
  await pulumi('stack', 'init', 'bench');
  return phases(simulator, async (phase) => {
    const usage = await pulumi(COMMANDS[phase], '--yes', '--skip-preview');
    const stateBytes = phase === 'create' ? bytesOf((await pulumi('stack', 'export')).stdout) : Number.NaN;
    return { ...usage, stateBytes };
  });
}

function runDirect(resources: number, folder: string, simulator: Simulator) {
  const { baseUrl: WEBEX_BASE_URL, token: WEBEX_ACCESS_TOKEN } = simulator;
  const env = { ...process.env, WEBEX_BASE_URL, WEBEX_ACCESS_TOKEN, PULUMI_PARALLEL: PARALLEL };
  const script = path.join(root, 'tools', 'bench', 'direct.ts');
  return phases(simulator, async (phase) => {
    const args = [script, phase, String(resources / EACH), path.join(folder, 'ids.json')];
    return { ...(await measured(process.execPath, args, { cwd: root, env })), stateBytes: Number.NaN };
  });
}

async function phases(simulator: Simulator, run: (phase: Phase) => Promise<Omit<Row, 'requests'>>) {
  const rows = {} as Record<Phase, Row>;
  for (const phase of PHASES) {
    await control(simulator, 'DELETE', '/requests');
    const usage = await run(phase);
    rows[phase] = { ...usage, requests: (await requestCount(simulator)).total };
  }
  return rows;
}

function bytesOf(exported: string): number {
  const { deployment } = JSON.parse(exported) as { deployment: { resources: { type: string }[] } };
  const ours = deployment.resources.filter(({ type }) => type.includes('webex-wholesale'));
  return Buffer.byteLength(JSON.stringify(ours)) / ours.length;
}

const cell = (value: number, digits = 0) => (Number.isFinite(value) ? value.toFixed(digits) : '');

function print(resources: number, results: Record<string, Record<Phase, Row>>): void {
  for (const phase of PHASES) {
    for (const [variant, rows] of Object.entries(results)) {
      const { seconds, cpuSeconds, requests, pluginMegabytes, stateBytes } = rows[phase];
      const floor = variant === 'provider' ? results.floor?.[phase] : undefined;
      const ratio = floor
        ? `${(seconds / floor.seconds).toFixed(2)} (${(cpuSeconds / floor.cpuSeconds).toFixed(2)})`
        : '';
      const megabytes = pluginMegabytes > 0 ? cell(pluginMegabytes) : '';
      process.stdout.write(
        `| ${resources} | ${phase} | ${variant} | ${cell(seconds, 1)} | ${cell(cpuSeconds, 1)} | ${ratio} | ${requests} | ${megabytes} | ${cell(stateBytes)} |\n`,
      );
    }
  }
}

const state = path.join(root, '.state');
mkdirSync(state, { recursive: true });
const folder = mkdtempSync(path.join(state, 'bench-'));
process.stdout.write(`${os.availableParallelism()} cores, ${PARALLEL} at the same time, ${os.cpus()[0]?.model}\n\n`);
process.stdout.write(
  '| Resources | Operation | | Wall s | CPU s | Of the floor: wall (CPU) | Requests | Plugin MB | State bytes |\n',
);
process.stdout.write('|---:|---|---|---:|---:|---:|---:|---:|---:|\n');
try {
  for (const resources of sizes) {
    const results: Record<string, Record<Phase, Row>> = {};
    for (const variant of variants) {
      const own = path.join(folder, `${variant}-${resources}`);
      mkdirSync(own);
      const simulator = await startSimulator({ provisioningSeconds: 0.05, database: ':memory:' });
      try {
        const run = variant === 'direct' ? runDirect : runPulumi.bind(undefined, variant as Variant);
        results[variant] = await run(resources, own, simulator);
      } finally {
        await simulator.stop();
      }
    }
    print(resources, results);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
