// `npm run bench:fleet -- --customers 1000 --users 4`: measures a fleet of that size as a whole: `up`, `up` again and
// `destroy`, against a simulator on the same machine. Prints a table.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { cpuOf, cpuOfChildren, memoryOfTree } from '../bench/process-tree.ts';
import { benchRoster } from '../bench/roster.ts';
import { root } from '../setup/paths.mjs';

const { values } = parseArgs({
  options: {
    customers: { type: 'string', default: '100' },
    users: { type: 'string', default: '4' },
    locations: { type: 'string', default: '1' },
    stacks: { type: 'string' },
    parallel: { type: 'string' },
    checkpoints: { type: 'string' },
    phases: { type: 'string', default: 'up,no-op,destroy' },
    /** Requests a minute that the simulator permits. */
    rate: { type: 'string' },
    'provisioning-seconds': { type: 'string', default: '0.2' },
    'no-policies': { type: 'boolean' },
    verbose: { type: 'boolean' },
  },
});
const size = {
  customers: Number(values.customers),
  users: Number(values.users),
  locations: Number(values.locations),
  ...(values.stacks !== undefined && { stacks: Number(values.stacks) }),
};
const resources = size.customers * (1 + size.users + size.locations);
const COMMANDS: Record<string, string[]> = {
  preview: ['preview'],
  up: ['up'],
  'no-op': ['up'],
  refresh: ['refresh'],
  destroy: ['destroy', '--yes'],
};

/** The fields of a report that are shown. */
interface Report {
  totals: { requests: number; byStatus: Record<string, number> };
  stacks: { seconds: { preview: number; update: number } }[];
}

interface Simulator {
  child: ChildProcess;
  url: string;
}

async function startSimulator(folder: string): Promise<Simulator> {
  const program = path.join(root, 'simulator', 'bin', 'webex-wholesale-simulator.js');
  const options = ['--port', '0', '--database', path.join(folder, 'simulator.db')];
  const timing = ['--provisioning-seconds', values['provisioning-seconds']];
  const child = spawn(process.execPath, [program, 'serve', ...options, ...timing], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /^listening on (\S+)/.exec(line)?.[1];
    if (url === undefined) continue;
    if (values.rate !== undefined) {
      const body = JSON.stringify({ requestsPerMinute: Number(values.rate) });
      const headers = { authorization: 'Bearer simulator-token', 'content-type': 'application/json' };
      await fetch(`${url}/simulator/rateLimit`, { method: 'PUT', headers, body });
    }
    return { child, url };
  }
  throw new Error('the simulator did not start');
}

async function phase(name: string, folder: string, simulator: Simulator): Promise<Record<string, string>> {
  const report = path.join(folder, 'report.json');
  const program = path.join(root, 'provider', 'bin', 'webex-wholesale.js');
  const more = [
    ...(values.parallel === undefined ? [] : ['--parallel', values.parallel]),
    ...(values.checkpoints === undefined ? [] : ['--checkpoints', values.checkpoints]),
    ...(values['no-policies'] ? ['--no-policies'] : ['--policy-pack', path.join(root, 'policy')]),
    ...['--max-removals', '1000000', '--report', report],
  ];
  const args = [program, 'fleet', ...(COMMANDS[name] ?? [name]), path.join(folder, 'roster.json'), ...more];
  const before = { cpu: cpuOfChildren(), simulator: cpuOf(simulator.child.pid ?? 0), time: performance.now() };
  const stdio = values.verbose ? 'inherit' : 'ignore';
  const child = spawn(process.execPath, args, {
    env: environment(folder, simulator),
    stdio: ['ignore', stdio, 'inherit'],
  });
  let peak = 0;
  const sampling = setInterval(() => {
    void memoryOfTree(child.pid ?? 0).then((now) => {
      peak = Math.max(peak, now);
    });
  }, 1000);
  const [code] = (await once(child, 'exit')) as [number | null];
  clearInterval(sampling);
  if (code !== 0) throw new Error(`${name} ended with exit code ${code}`);
  const wall = (performance.now() - before.time) / 1000;
  const cpu = cpuOfChildren() - before.cpu;
  const simulatorCpu = cpuOf(simulator.child.pid ?? 0) - before.simulator;
  const { totals, stacks } = JSON.parse(readFileSync(report, 'utf8')) as Report;
  const sum = (part: 'preview' | 'update') => stacks.reduce((total, { seconds }) => total + seconds[part], 0);
  return {
    phase: name,
    'wall s': wall.toFixed(1),
    'ms/resource': ((wall * 1000) / resources).toFixed(1),
    'CPU s': cpu.toFixed(1),
    'of simulator': simulatorCpu.toFixed(1),
    'CPU ms/resource': (((cpu + simulatorCpu) * 1000) / resources).toFixed(1),
    'in previews s': sum('preview').toFixed(0),
    'in updates s': sum('update').toFixed(0),
    requests: String(totals.requests),
    'peak MB': peak.toFixed(0),
    result: Object.entries(totals.byStatus)
      .map(([status, count]) => `${count} ${status}`)
      .join(', '),
  };
}

function environment(folder: string, { url }: Simulator): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(PULUMI|WEBEX)_/.test(name));
  return {
    ...Object.fromEntries(inherited),
    WEBEX_BASE_URL: `${url}/v1`,
    WEBEX_ACCESS_TOKEN: 'simulator-token',
    PULUMI_BACKEND_URL: `file://${path.join(folder, 'backend')}`,
    PULUMI_HOME: path.join(folder, 'home'),
    PULUMI_CONFIG_PASSPHRASE: 'protects-nothing',
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
    XDG_CACHE_HOME: path.join(folder, 'cache'),
    NODE_COMPILE_CACHE: path.join(root, '.state', 'node-compile-cache'),
  };
}

const state = path.join(root, '.state');
mkdirSync(state, { recursive: true });
const folder = mkdtempSync(path.join(state, 'bench-fleet-'));
mkdirSync(path.join(folder, 'backend'));
writeFileSync(path.join(folder, 'roster.json'), JSON.stringify(benchRoster(size), undefined, 1));
const simulator = await startSimulator(folder);
try {
  const { customers, users, locations } = size;
  process.stdout.write(
    `${customers} customers with ${locations} locations and ${users} users each: ${resources} resources; ` +
      `${os.availableParallelism()} cores, Node.js ${process.version}\n\n`,
  );
  let heading = true;
  for (const name of values.phases.split(',')) {
    const row = await phase(name, folder, simulator);
    if (heading) {
      process.stdout.write(`| ${Object.keys(row).join(' | ')} |\n`);
      process.stdout.write(
        `|${Object.keys(row)
          .map(() => ' --- |')
          .join('')}\n`,
      );
    }
    heading = false;
    process.stdout.write(`| ${Object.values(row).join(' | ')} |\n`);
  }
} finally {
  simulator.child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
}
