import pidtree from 'pidtree';

/** Ends a process and all that it started: pulumi's plugins have process groups of their own. */
export async function killTree(root: number): Promise<void> {
  const pids = await pidtree(root, { root: true }).catch(() => [root]);
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended meanwhile.
    }
  }
}
