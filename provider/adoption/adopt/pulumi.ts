import { spawn } from 'node:child_process';
import path from 'node:path';
import { ADOPTION_VARIABLE } from '../../dynamic/keys';

/** How a pulumi command ended. */
export interface Ended {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** Where pulumi commands run: a program's folder, and a stack of it (the selected one where none is named). */
export interface Project {
  folder: string;
  stack?: string;
  /** On top of this process's environment. */
  env?: Record<string, string>;
  /** Ends the command under way as Ctrl-C does, so that Pulumi releases its lock; no other one is begun. */
  stop?: AbortSignal;
}

/** Raised where {@link Project.stop} ended a command. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** Loads the hook for imports into the processes of a command. */
const HOOK = path.join(__dirname, '..', 'import-hook.js');

/**
 * Runs a pulumi command in a project's folder.
 * @param adoption value of {@link ADOPTION_VARIABLE}: the hook is loaded then
 * @throws Error where there is no pulumi
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
      // A terminal sends Ctrl-C to the whole group, and Pulumi would take it twice.
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

/** Environment that loads the hook for imports, besides what Node.js is told already. */
export function withHook(adoption: string): Record<string, string> {
  const quoted = `"${HOOK.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
  const options = [process.env.NODE_OPTIONS, `--require ${quoted}`].filter(Boolean).join(' ');
  return { NODE_OPTIONS: options, [ADOPTION_VARIABLE]: adoption };
}
