import { spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ADOPTION_VARIABLE } from '../../dynamic/keys';

/** The result of a pulumi command. */
export interface Ended {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** Where pulumi commands run: a program's folder, and one of its stacks (default: the selected one). */
export interface Project {
  folder: string;
  stack?: string;
  /** Environment variables in addition to those of this process. */
  env?: Record<string, string>;
  /** Interrupts the running command as Ctrl-C does, so that Pulumi releases its lock, and starts no other one. */
  stop?: AbortSignal;
}

/** Thrown if {@link Project.stop} interrupted a command. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** Loads the hook for imports into the processes of a command. */
const HOOK = path.join(__dirname, '..', 'import-hook.js');

/**
 * Runs a pulumi command in a project's folder.
 * @param adoption value of {@link ADOPTION_VARIABLE}; with it, the command loads the hook for imports
 * @throws Error if there is no pulumi on the PATH
 * @throws Interrupted
 */
export async function pulumi(
  { folder, stack, env, stop }: Project,
  args: readonly string[],
  adoption?: string,
): Promise<Ended> {
  const interrupted = () =>
    new Interrupted('interrupted: what is recorded stays. Run the same command again: it goes on');
  if (stop?.aborted) throw interrupted();
  const all = [...args, '--non-interactive', '--color=never', ...(stack === undefined ? [] : ['--stack', stack])];
  const output = mkdtempSync(path.join(os.tmpdir(), 'webex-pulumi-'));
  const [stdout = '', stderr = ''] = ['stdout', 'stderr'].map((name) => path.join(output, name));
  // Into files: with a pipe, a kill of this process would also end pulumi, maybe while it writes the state.
  const files = [openSync(stdout, 'wx'), openSync(stderr, 'wx')];
  try {
    const code = await new Promise<number>((resolve, reject) => {
      const child = spawn('pulumi', all, {
        cwd: folder,
        env: {
          ...process.env,
          ...env,
          PULUMI_SKIP_UPDATE_CHECK: 'true',
          ...(adoption !== undefined && withHook(adoption)),
        },
        stdio: ['ignore', ...files],
        // A terminal sends Ctrl-C to the whole process group, so that Pulumi would get it twice.
        detached: stop !== undefined,
      });
      const interrupt = () => void child.kill('SIGINT');
      stop?.addEventListener('abort', interrupt, { once: true });
      child.once('error', (error: NodeJS.ErrnoException) =>
        reject(error.code === 'ENOENT' ? new Error('there is no pulumi on the PATH') : error),
      );
      child.once('close', (exitCode) => {
        stop?.removeEventListener('abort', interrupt);
        if (stop?.aborted) reject(interrupted());
        else resolve(exitCode ?? 1);
      });
    });
    return { exitCode: code, stdout: readFileSync(stdout, 'utf8'), stderr: readFileSync(stderr, 'utf8') };
  } finally {
    for (const file of files) closeSync(file);
    rmSync(output, { recursive: true, force: true });
  }
}

/** Environment variables that load the hook for imports. Existing options of Node.js are kept. */
function withHook(adoption: string): Record<string, string> {
  const quoted = `"${HOOK.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
  const options = [process.env.NODE_OPTIONS, `--require ${quoted}`].filter(Boolean).join(' ');
  return { NODE_OPTIONS: options, [ADOPTION_VARIABLE]: adoption };
}
