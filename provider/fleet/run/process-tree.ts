import pidtree from 'pidtree';

/** Kills a process and its descendants. Pulumi's plugins have process groups of their own. */
export async function killTree(root: number): Promise<void> {
  const pids = await pidtree(root, { root: true }).catch(() => [root]);
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // The process has already ended.
    }
  }
}
