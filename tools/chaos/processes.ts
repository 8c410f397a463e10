import { execFileSync, spawn } from 'node:child_process';

/** A command that runs in a session of its own, so that everything it started can be found, also when it is gone. */
export interface Running {
  readonly pid: number;
  /** Resolves when it has ended: exit code, or the signal that ended it, and what it printed. */
  readonly ended: Promise<Ended>;
}

/** How a command ended. */
export interface Ended {
  code: number | undefined;
  signal: string | undefined;
  output: string;
}

/** Sessions whose end isn't certain. */
const sessions = new Set<number>();
let watched = false;

/** Nothing that was started outlives this process, however it ends. */
function endWithUs(): void {
  if (watched) return;
  watched = true;
  process.on('exit', () => {
    for (const session of sessions) strike(session, 'SIGKILL', () => true);
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
}

/** Starts a command. */
export function start(command: string, args: string[], cwd: string, env: NodeJS.ProcessEnv): Running {
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    // Not "close": plugins that outlive a killed pulumi keep its pipes open.
    child.on('exit', (code, signal) => {
      setTimeout(() => resolve({ code: code ?? undefined, signal: signal ?? undefined, output }), 50);
    });
  });
  if (child.pid === undefined) throw new Error(`${command} could not be started`);
  endWithUs();
  sessions.add(child.pid);
  return { pid: child.pid, ended };
}

/** Ends everything that is left of a command. */
export function end(session: number): void {
  strike(session, 'SIGKILL', () => true);
  sessions.delete(session);
}

/** Processes of a session: plugins have process groups of their own, but stay in the session of who started them. */
function membersOf(session: number): { pid: number; command: string }[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,sess=,args='], { encoding: 'utf8' }).trim().split('\n');
  return lines.flatMap((line) => {
    const [, pid, of, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return Number(of) === session ? [{ pid: Number(pid), command: command ?? '' }] : [];
  });
}

/** Sends a signal to the processes of a session whose command line fits. @returns how many there were */
export function strike(
  session: number,
  signal: NodeJS.Signals,
  which: (command: string, pid: number) => boolean,
): number {
  const met = membersOf(session).filter(({ command, pid }) => which(command, pid));
  for (const { pid } of met) {
    try {
      process.kill(pid, signal);
    } catch {
      // Ended by itself meanwhile.
    }
  }
  return met.length;
}
