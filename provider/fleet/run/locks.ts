import { readFileSync } from 'node:fs';
import os from 'node:os';
import { pulumiError } from './pulumi-error';

/** The holder of a stack's lock, from Pulumi's message. */
export interface LockHolder {
  host: string;
  pid: number;
  /** When the lock was taken, in milliseconds since 1970; undefined if the message doesn't contain it. */
  since: number | undefined;
}

/** True if Pulumi's error says that the stack is locked: another run works on it, or a killed run left its lock. */
export function isLocked(error: string): boolean {
  return /is currently locked by|Another update is currently in progress/.test(error);
}

/** The lock holders in Pulumi's message. Self-managed backends name them; Pulumi Cloud doesn't. */
function lockHolders(error: string): LockHolder[] {
  return [...error.matchAll(/created by \S*@(\S+) \(pid (\d+)\)(?: at (\S+))?/g)].map(([, host = '', pid, at = '']) => {
    const since = Date.parse(at);
    return { host, pid: Number(pid), since: Number.isNaN(since) ? undefined : since };
  });
}

/**
 * Whether the lock of a stack may be removed. The lock of a process that runs on this machine is never removed. Another
 * one is removed on request, or if it was left by a process of this machine that has ended.
 *
 * @param interrupted true if a run of this machine ended while it worked on the stack, by its record
 * (interrupted-runs.ts). The name of the host alone is no proof, since containers may share it
 */
export function mayRemoveLock(
  error: string,
  { unlock, interrupted }: { unlock: boolean; interrupted: boolean },
): boolean {
  const holders = lockHolders(error);
  if (holders.some(isLiveHere)) return false;
  return unlock || (interrupted && holders.length > 0 && holders.every(({ host }) => host === os.hostname()));
}

/**
 * Runs a command that needs the lock of a stack. Where a lock refuses it that may be removed, removes the lock and runs
 * the command again; a command may need two locks.
 *
 * @param remove removes the lock that Pulumi's message is about
 * @throws Error with what to do about a lock that may not be removed
 */
export async function despiteLocks<T>(
  command: () => Promise<T>,
  permission: Parameters<typeof mayRemoveLock>[1],
  remove: (refusal: string) => Promise<unknown>,
): Promise<T> {
  for (let locks = 0; ; locks++) {
    try {
      return await command();
    } catch (error) {
      const refusal = pulumiError(error);
      if (!isLocked(refusal)) throw error;
      if (locks === 2 || !mayRemoveLock(refusal, permission)) throw new Error(lockAdvice(refusal));
      await remove(refusal);
    }
  }
}

/** True if the holder runs on this machine. A process that started after the lock was taken has reused the PID. */
function isLiveHere({ host, pid, since }: LockHolder): boolean {
  if (host !== os.hostname() || !isAlive(pid)) return false;
  const started = startOf(pid);
  // The times have a resolution of one second.
  return started === undefined || since === undefined || started <= since + 2000;
}

/** Milliseconds of a clock tick, the unit of process start times on Linux. */
const TICK = 10;

/** When a process started, in milliseconds since 1970; undefined except on Linux. */
function startOf(pid: number): number | undefined {
  try {
    // PID (NAME) STATE ...: the name may contain any character. The start time is the 22nd field.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    const ticks = Number(fields[19]);
    return Number.isNaN(ticks) ? undefined : Date.now() - os.uptime() * 1000 + ticks * TICK;
  } catch {
    return undefined;
  }
}

/** True if the process runs, also under another user. A zombie (ended, not yet reaped by its parent) doesn't count. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  try {
    // PID (NAME) STATE ...: in a container, the children of a killed process may stay as zombies.
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return true; // Not Linux.
  }
}

/** The message for a lock that is not removed: the holder and the remedy. */
export function lockAdvice(error: string): string {
  const holders = lockHolders(error);
  const live = holders.find(isLiveHere);
  if (live)
    return `process ${live.pid} of this machine is working on the stack; its lock is not removed. Wait until it ends`;
  const [holder] = holders;
  const by = holder ? ` by process ${holder.pid} of ${holder.host}` : '';
  return (
    `the stack is locked${by}: another run works on it, or one was killed. If none is running, repeat the command with ` +
    '--unlock'
  );
}
