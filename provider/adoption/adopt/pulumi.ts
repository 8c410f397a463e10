import { spawn } from 'node:child_process';
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
  return new Promise((resolve, reject) => {
    const child = spawn('pulumi', all, {
      cwd: folder,
      env: {
        ...process.env,
        ...env,
        PULUMI_SKIP_UPDATE_CHECK: 'true',
        ...(adoption !== undefined && withHook(adoption)),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A terminal sends Ctrl-C to the whole process group, so that Pulumi would get it twice.
      detached: stop !== undefined,
    });
    const interrupt = () => void child.kill('SIGINT');
    stop?.addEventListener('abort', interrupt, { once: true });
    const ended: Ended = { exitCode: 1, stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      ended.stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      ended.stderr += text;
    });
    child.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'ENOENT' ? new Error('there is no pulumi on the PATH') : error),
    );
    child.once('close', (code) => {
      stop?.removeEventListener('abort', interrupt);
      if (stop?.aborted) reject(interrupted());
      else resolve({ ...ended, exitCode: code ?? 1 });
    });
  });
}

/** Environment variables that load the hook for imports. Existing options of Node.js are kept. */
export function withHook(adoption: string): Record<string, string> {
  const quoted = `"${HOOK.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
  const options = [process.env.NODE_OPTIONS, `--require ${quoted}`].filter(Boolean).join(' ');
  return { NODE_OPTIONS: options, [ADOPTION_VARIABLE]: adoption };
}
