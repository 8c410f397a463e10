// What a process and all that it starts need: CPU time and memory. Read from /proc; nothing is measured without it.
import { readFileSync } from 'node:fs';
import pidtree from 'pidtree';

const TICKS_A_SECOND = 100;

/** Seconds of CPU of the processes that this one started and that have ended. */
export function cpuOfChildren(): number {
  return cpu('self', [15, 16]);
}

/** Seconds of CPU of a process that runs. */
export function cpuOf(pid: number): number {
  return cpu(String(pid), [13, 14]);
}

function cpu(pid: string, fields: number[]): number {
  try {
    // The second field is a name in brackets, which may hold spaces.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/\(.*\)/s, 'name')
      .split(' ');
    return fields.reduce((sum, field) => sum + Number(stat[field]), 0) / TICKS_A_SECOND;
  } catch {
    return Number.NaN;
  }
}

/** Megabytes that a process and all below it hold now. */
export async function memoryOfTree(root: number): Promise<number> {
  const pids = await pidtree(root, { root: true }).catch(() => []);
  return pids.reduce((sum, pid) => sum + memoryOf(pid), 0);
}

function memoryOf(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0; // It ended meanwhile.
  }
}
