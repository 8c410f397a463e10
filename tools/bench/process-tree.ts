// CPU time and memory of a process and its descendants, read from /proc (Linux only).
import { readFileSync } from 'node:fs';
import pidtree from 'pidtree';

const TICKS_A_SECOND = 100;

/** CPU seconds of this process's children that have ended. */
export function cpuOfChildren(): number {
  return cpu('self', [15, 16]);
}

/** CPU seconds of a running process. */
export function cpuOf(pid: number): number {
  return cpu(String(pid), [13, 14]);
}

function cpu(pid: string, fields: number[]): number {
  try {
    // The second field is a name in parentheses, which may contain spaces.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/\(.*\)/s, 'name')
      .split(' ');
    return fields.reduce((sum, field) => sum + Number(stat[field]), 0) / TICKS_A_SECOND;
  } catch {
    return Number.NaN;
  }
}

/** Megabytes of memory of a process and its descendants. */
export async function memoryOfTree(root: number): Promise<number> {
  const pids = await pidtree(root, { root: true }).catch(() => []);
  return pids.reduce((sum, pid) => sum + memoryOf(pid), 0);
}

function memoryOf(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0; // The process has ended.
  }
}
