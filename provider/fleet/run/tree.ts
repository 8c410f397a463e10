import { execFileSync } from 'node:child_process';

/** Ends a process and all that it started: pulumi's plugins have process groups of their own. */
export function killTree(root: number): void {
  for (const pid of [root, ...descendants(root)]) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended by itself meanwhile.
    }
  }
}

function descendants(root: number): number[] {
  let lines: string[];
  try {
    lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  } catch {
    return []; // No ps (Windows): plugins end when they find pulumi gone.
  }
  const all = lines.map((line) => line.trim().split(/\s+/).map(Number));
  const below = (parent: number): number[] =>
    all.flatMap(([pid, of]) => (of === parent && pid !== undefined ? [pid, ...below(pid)] : []));
  return below(root);
}
