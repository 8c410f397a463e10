// What a process and all that it starts need: CPU time and memory. From /proc and ps; where these aren't, nothing is told.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

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
export function memoryOfTree(root: number): number {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,rss='], { encoding: 'utf8' }).trim().split('\n');
  const all = lines.map((line) => line.trim().split(/\s+/).map(Number));
  const below = (parent: number): number =>
    all.reduce((sum, [pid, of, rss]) => sum + (of === parent ? (rss ?? 0) + below(pid ?? 0) : 0), 0);
  const own = all.find(([pid]) => pid === root)?.[2] ?? 0;
  return (own + below(root)) / 1024;
}
