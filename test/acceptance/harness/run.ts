import { execFileSync, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

/** The end of a command. Tests call `ok()` or `fails()` for the expected end. */
export class Run {
  constructor(
    /** The command, for messages. */
    readonly command: string,
    readonly exitCode: number,
    readonly stdout: string,
    readonly stderr: string,
    /** stdout and stderr in the order of arrival. */
    readonly all: string,
    readonly durationMs: number,
  ) {}

  /** Throws, with all output, unless the command succeeded. */
  ok(): this {
    if (this.exitCode !== 0) throw new Error(`${this.command}: exit code ${this.exitCode}\n${this.all}`);
    return this;
  }

  /** Throws, with all output, unless the command failed. */
  fails(): this {
    if (this.exitCode === 0) throw new Error(`${this.command}: ended well, but had to fail\n${this.all}`);
    return this;
  }

  /**
   * The changes in pulumi's output: `{ created: 3, unchanged: 1 }`, from the lines under "Resources:".
   * Kinds: created, updated, deleted, replaced, unchanged; in a preview `create` for "to create" and so on.
   */
  get changes(): Record<string, number> {
    const found: Record<string, number> = {};
    const section = this.stdout.split(/^Resources:.*$/m)[1] ?? '';
    for (const [, count, kind] of section.matchAll(/^\s+(?:[-+~><=]+ )?(\d+) (?:to )?([a-z]+)/gm)) {
      if (kind !== undefined) found[kind] = Number(count);
    }
    return found;
  }
}

export interface CommandOptions {
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** Timeout after which the command is killed, with exit code 124. */
  timeoutSeconds: number;
  /** Called repeatedly; when it returns true, the command and its descendants are killed with SIGKILL. */
  killWhen?: () => Promise<boolean>;
  /** Called repeatedly; when it returns true, Ctrl-C is pressed twice. */
  interruptWhen?: () => Promise<boolean>;
}

/** Runs a command and waits for its end. */
export function runCommand(command: string, args: string[], options: CommandOptions): Promise<Run> {
  return new Promise((resolve, reject) => {
    const start = Date.now();
    const { cwd, env } = options;
    // A process group of its own, so that a timeout also kills the plugins that pulumi started.
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    let stdout = '';
    let stderr = '';
    let all = '';
    let timedOut = false;
    let ended = false;
    const timer = setTimeout(() => {
      timedOut = true;
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    }, options.timeoutSeconds * 1000);
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      all += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      all += text;
    });
    child.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    if (options.killWhen && child.pid !== undefined) void killWhen(child.pid, options.killWhen, () => ended);
    if (options.interruptWhen && child.pid !== undefined)
      void interruptWhen(child.pid, options.interruptWhen, () => ended);
    child.on('close', (code) => {
      ended = true;
      clearTimeout(timer);
      const exitCode = timedOut ? 124 : (code ?? 1);
      resolve(new Run([command, ...args].join(' '), exitCode, stdout, stderr, all, Date.now() - start));
    });
  });
}

/** Polls the condition. Plugins have process groups of their own, so each process is killed separately. */
async function killWhen(pid: number, condition: () => Promise<boolean>, over: () => boolean): Promise<void> {
  while (!over()) {
    if (await condition()) {
      for (const process_ of [pid, ...descendants(pid)]) {
        try {
          process.kill(process_, 'SIGKILL');
        } catch {
          // It has already ended.
        }
      }
      return;
    }
    await sleep(20);
  }
}

/** A terminal sends SIGINT to the whole foreground group; the second one comes a moment later. */
async function interruptWhen(pid: number, condition: () => Promise<boolean>, over: () => boolean): Promise<void> {
  while (!over() && !(await condition())) await sleep(20);
  for (let times = 0; times < 2 && !over(); times++) {
    process.kill(-pid, 'SIGINT');
    await sleep(500);
  }
}

function descendants(pid: number): number[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  const all = lines.map((line) => line.trim().split(/\s+/).map(Number));
  const below = (parent: number): number[] =>
    all.flatMap(([child, of]) => (of === parent && child !== undefined ? [child, ...below(child)] : []));
  return below(pid);
}
