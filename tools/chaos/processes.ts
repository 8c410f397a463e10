import { execFileSync, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

/** A command and its descendants. */
export interface Running {
  readonly pid: number;
  /**
   * A mark in the environment of the command that its descendants inherit. It identifies them after the command's end:
   * plugins have process groups of their own, and process and session IDs are reused within minutes.
   */
  readonly mark: string;
  /** Resolves when the command has ended. */
  readonly ended: Promise<Ended>;
}

/** The end of a command: an exit code or a signal. */
export interface Ended {
  code: number | undefined;
  signal: string | undefined;
  /** The output. */
  output: string;
}

/** Marks of commands that may have left processes. */
const marks = new Set<string>();
let watched = false;

/** Kills all started processes when this process ends, unless it is killed itself. */
function endWithUs(): void {
  if (watched) return;
  watched = true;
  process.on('exit', () => {
    for (const mark of marks) strike(mark, 'SIGKILL', () => true);
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
}

/** Starts a command. */
export function start(command: string, args: string[], cwd: string, env: NodeJS.ProcessEnv): Running {
  const mark = `CHAOS_COMMAND=${randomUUID()}`;
  const child = spawn(command, args, {
    cwd,
    env: { ...env, CHAOS_COMMAND: mark.split('=')[1] },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    // Not "close": plugins of a killed pulumi keep its pipes open.
    child.on('exit', (code, signal) => {
      setTimeout(() => resolve({ code: code ?? undefined, signal: signal ?? undefined, output }), 50);
    });
  });
  if (child.pid === undefined) throw new Error(`${command} could not be started`);
  endWithUs();
  marks.add(mark);
  return { pid: child.pid, mark, ended };
}

/** Kills the remaining processes of a command. */
export function end(mark: string): void {
  strike(mark, 'SIGKILL', () => true);
  marks.delete(mark);
}

/** Sends a signal to the processes of a command with a matching command line. @returns their number */
export function strike(mark: string, signal: NodeJS.Signals, which: (command: string, pid: number) => boolean): number {
  const met = membersOf(mark).filter(({ command, pid }) => which(command, pid));
  for (const { pid } of met) {
    try {
      process.kill(pid, signal);
    } catch {
      // It has already ended.
    }
  }
  return met.length;
}

interface Member {
  pid: number;
  command: string;
}

function membersOf(mark: string): Member[] {
  if (process.platform === 'linux') return readdirSync('/proc').flatMap((name) => memberAt(name, mark));
  const lines = execFileSync('ps', ['-A', '-E', '-ww', '-o', 'pid=,args='], { encoding: 'utf8' }).split('\n');
  return lines
    .filter((line) => line.includes(mark))
    .map((line) => ({ pid: Number.parseInt(line, 10), command: line.trim().replace(/^\d+\s+/, '') }));
}

function memberAt(name: string, mark: string): Member[] {
  if (!/^\d+$/.test(name)) return [];
  try {
    if (!readFileSync(`/proc/${name}/environ`, 'utf8').split('\0').includes(mark)) return [];
    return [{ pid: Number(name), command: readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ') }];
  } catch {
    // The process belongs to another user, or has ended.
    return [];
  }
}
