import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';

/** The command of Pulumi that started this plugin: `pulumi up --stack dev`. */
export interface PulumiCommand {
  readonly executable: string;
  readonly args: readonly string[];
  /** Its working folder, which may differ from the plugin's; undefined if the system doesn't show it. */
  readonly folder?: string | undefined;
}

interface Process {
  readonly parent: number;
  readonly command: readonly string[];
  readonly executable?: string | undefined;
  readonly folder?: string | undefined;
}

/** Between a plugin and its engine there is the shell of the plugin's script. */
const MOST_ANCESTORS = 4;

/** The executable of the CLI, also under another name (`.pulumi-wrapped`, `pulumi-3.220`), but no plugin. */
const PULUMI = /^\.?pulumi(?!-resource|-language|-analyzer)/;

/** Finds the command among the ancestors of this process. @returns undefined if there is none, and on Windows */
export function pulumiCommand(start = process.ppid, look = processOf): PulumiCommand | undefined {
  let pid = start;
  for (let above = 0; above < MOST_ANCESTORS; above++) {
    const found = look(pid);
    if (found === undefined) return undefined;
    const [name = '', ...args] = found.command;
    if (PULUMI.test(path.basename(name))) return { executable: found.executable ?? name, args, folder: found.folder };
    pid = found.parent;
  }
  return undefined;
}

/** Options that limit a run in a way that this process can't follow. Short ones may be combined with others: `-yt`. */
const LIMITING = /^(--(target|target-replace|exclude-dependents)(=|$)|-[A-Za-z]*[tx])/;

/**
 * The URNs that the run leaves out (`--exclude`). Pulumi neither checks nor changes these, although the program
 * declares them.
 * @returns undefined if it isn't known what the run leaves out: because of `--target`, of a pattern, or of dependents,
 *   and if the command isn't known
 */
export function leftOutBy(
  command: PulumiCommand | undefined,
  env: NodeJS.ProcessEnv = process.env,
): ReadonlySet<string> | undefined {
  if (command === undefined || 'PULUMI_OPTION_TARGET' in env || 'PULUMI_OPTION_EXCLUDE' in env) return undefined;
  const { args } = command;
  const excluded = args.flatMap((arg, index) => {
    if (arg === '--exclude') return [args[index + 1] ?? '*'];
    return arg.startsWith('--exclude=') ? [arg.slice('--exclude='.length)] : [];
  });
  const isKnown = !args.some((arg) => LIMITING.test(arg)) && excluded.every((urn) => /^urn:[^*,]+$/.test(urn));
  return isKnown ? new Set(excluded) : undefined;
}

function processOf(pid: number): Process | undefined {
  try {
    return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
  } catch {
    return undefined;
  }
}

function fromProc(pid: number): Process {
  const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').slice(0, -1);
  // `PID (NAME) STATE PARENT ...`; the name may contain any character.
  const [, parent = '0'] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(/\) \S /);
  return {
    parent: Number.parseInt(parent, 10),
    command,
    executable: readlinkSync(`/proc/${pid}/exe`),
    folder: readlinkSync(`/proc/${pid}/cwd`),
  };
}

function fromPs(pid: number): Process {
  const line = execFileSync('ps', ['-o', 'ppid=,args=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  const [parent = '0', ...command] = line.split(/\s+/);
  return { parent: Number(parent), command };
}
