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

/** Options by which a run omits resources that the program declares. `-t` may be combined with other options: `-yt`. */
const LIMITING = /^(--(target|target-replace|exclude)(=|$)|-[A-Za-z]*t)/;

/**
 * True if the run may omit resources that the program declares (`--target`, `--exclude`), and if the command isn't
 * known. Pulumi doesn't check the resources that it omits, and sends the provider no list of them.
 */
export function isLimited(command: PulumiCommand | undefined, env: NodeJS.ProcessEnv = process.env): boolean {
  if (command === undefined) return true;
  return (
    command.args.some((arg) => LIMITING.test(arg)) || 'PULUMI_OPTION_TARGET' in env || 'PULUMI_OPTION_EXCLUDE' in env
  );
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
