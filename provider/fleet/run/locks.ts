import { readFileSync } from 'node:fs';
import os from 'node:os';

/** Who holds the lock of a stack, from Pulumi's message. */
export interface LockHolder {
  host: string;
  pid: number;
}

/** Whether Pulumi refused to work on a stack because somebody else does, or a killed run left its lock. */
export function isLocked(error: string): boolean {
  return /is currently locked by|Another update is currently in progress/.test(error);
}

/** The holders that the message names: a self-managed backend names them, Pulumi Cloud doesn't. */
export function lockHolders(error: string): LockHolder[] {
  return [...error.matchAll(/created by \S*@(\S+) \(pid (\d+)\)/g)].map(([, host = '', pid]) => ({
    host,
    pid: Number(pid),
  }));
}

/**
 * Whether the lock of a stack was left by a process of this machine that is gone.
 *
 * Only asked about stacks that a run of this machine worked on when it ended, which its record says (record.ts): the
 * name of a host alone says little, since containers may share one.
 */
export function isLeftOver(error: string): boolean {
  const holders = lockHolders(error);
  return holders.length > 0 && holders.every(({ host, pid }) => host === os.hostname() && !isAlive(pid));
}

/** Whether a process runs, whoever it belongs to. One that ended and that nobody has waited for doesn't. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  try {
    // PID (NAME) STATE ...: in a container nobody may wait for the children of a process that was killed.
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return true; // Not Linux.
  }
}

/** What to do about a lock that can't be removed without asking. */
export function lockAdvice(error: string): string {
  const [holder] = lockHolders(error);
  const who = holder ? ` by process ${holder.pid} of ${holder.host}` : '';
  return (
    `the stack is locked${who}: another run works on it, or one was killed. If none is running, repeat the command with ` +
    '--unlock'
  );
}
