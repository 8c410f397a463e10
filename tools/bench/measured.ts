// CPU seconds of a command with its children, and the peak memory of a plugin. Read from /proc (Linux); NaN elsewhere.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Usage {
  seconds: number;
  cpuSeconds: number;
  /** Peak memory of the largest plugin process with dynamic resources. */
  pluginMegabytes: number;
}

const SAMPLE_MS = 100;
/** USER_HZ: 100 on every Linux that Node.js runs on. */
const TICKS = 100;
const PLUGIN = /dynamic-provider/;

/** Runs a command and waits for it. @throws Error with its output if it fails */
export async function measured(command: string, args: string[], options: Options): Promise<Usage & { stdout: string }> {
  const start = performance.now();
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  let ended = false;
  const exit = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  }).finally(() => {
    ended = true;
  });
  const seen = new Sampler();
  while (!ended) {
    if (child.pid !== undefined) seen.sample(child.pid);
    await Promise.race([sleep(SAMPLE_MS), exit]);
  }
  const code = await exit;
  if (code !== 0) throw new Error(`${command} ${args.join(' ')}: exit code ${code}\n${output}`);
  return { seconds: (performance.now() - start) / 1000, ...seen.usage, stdout };
}

interface Options {
  cwd: string;
  env: NodeJS.ProcessEnv;
}

/** Samples the processes periodically and keeps the last sample of each. */
class Sampler {
  readonly #ticks = new Map<number, number>();
  #pluginKilobytes = 0;

  sample(root: number): void {
    if (!existsSync('/proc/self/stat')) return;
    for (const pid of tree(root)) {
      const stat = read(`/proc/${pid}/stat`);
      // The name is in parentheses and may contain spaces; user and system time are fields 14 and 15.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const ticks = Number(fields[11]) + Number(fields[12]);
      if (Number.isFinite(ticks)) this.#ticks.set(pid, Math.max(ticks, this.#ticks.get(pid) ?? 0));
      if (!PLUGIN.test(read(`/proc/${pid}/cmdline`))) continue;
      const peak = Number(/^VmHWM:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0);
      this.#pluginKilobytes = Math.max(this.#pluginKilobytes, peak);
    }
  }

  get usage(): Pick<Usage, 'cpuSeconds' | 'pluginMegabytes'> {
    const ticks = [...this.#ticks.values()].reduce((sum, value) => sum + value, 0);
    const known = this.#ticks.size > 0;
    return {
      cpuSeconds: known ? ticks / TICKS : Number.NaN,
      pluginMegabytes: known ? this.#pluginKilobytes / 1024 : Number.NaN,
    };
  }
}

/** A process and its descendants. */
function tree(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = read(`/proc/${name}/stat`);
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const below = (pid: number): number[] => [pid, ...(children.get(pid) ?? []).flatMap(below)];
  return below(root);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
