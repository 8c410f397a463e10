import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import type { Recorded } from '../lifecycle';
import { engineAddress } from './engine-watch';
import { leftOutBy, type PulumiCommand, pulumiCommand } from './pulumi-command';

/** The parts of the output of `pulumi stack export` that are used here. */
interface Export {
  readonly deployment?: { readonly resources?: readonly ExportedResource[] };
}

interface ExportedResource {
  readonly urn: string;
  readonly id?: string;
  readonly outputs?: Record<string, unknown>;
  readonly delete?: boolean;
  readonly external?: boolean;
  readonly protect?: boolean;
  readonly retainOnDelete?: boolean;
}

const MOST_BYTES = 1024 ** 3;
const SECONDS = 60;

/**
 * Reads the resources in the state of the running command's stack, as `pulumi stack export` prints them. Pulumi sends
 * a provider neither the resources that a run will delete nor those that it will update later. Secrets stay encrypted.
 *
 * @returns an empty list if it isn't known which resources the run leaves out, because a resource that isn't checked
 *   may then stay as it is; and if the command isn't known or the export fails
 */
export async function recordedResources(command = pulumiCommand()): Promise<Recorded[]> {
  const leftOut = leftOutBy(command);
  if (command === undefined || leftOut === undefined) return [];
  try {
    const { stdout } = await promisify(execFile)(...exporting(command));
    return recordedIn(stdout, leftOut);
  } catch {
    return [];
  }
}

/** Like {@link recordedResources}, for the option `import`, which the SDK reads at once; also in a limited run. */
export function recordedNow(command = pulumiCommand()): Recorded[] {
  if (command === undefined) return [];
  try {
    const [executable, args, options] = exporting(command);
    // By default, the error of a failed export would go to the program's stderr, which Pulumi shows.
    return recordedIn(execFileSync(executable, args, { ...options, stdio: ['ignore', 'pipe', 'ignore'] }).toString());
  } catch {
    return [];
  }
}

function exporting(command: PulumiCommand) {
  const args = ['stack', 'export', ...stackOf(command)];
  const options = { maxBuffer: MOST_BYTES, timeout: SECONDS * 1000, cwd: command.folder };
  return [command.executable, args, options] as const;
}

let known: { readonly leftOut: ReadonlySet<string> | undefined } | undefined;

/**
 * The URNs that this run leaves out, although the program may declare them; undefined if they aren't known. Empty where
 * this process is no plugin.
 */
export function leftOut(): ReadonlySet<string> | undefined {
  known ??= { leftOut: engineAddress() === undefined ? new Set() : leftOutBy(pulumiCommand()) };
  return known.leftOut;
}

/** The option `--stack` of the command with its value; empty if the command has none. */
function stackOf({ args }: PulumiCommand): string[] {
  const index = args.findIndex((arg) => /^(-s|--stack)(=|$)/.test(arg));
  const option = args[index];
  if (option === undefined) return [];
  return option.includes('=') ? [option] : args.slice(index, index + 2);
}

function recordedIn(stdout: string, leftOut: ReadonlySet<string> = new Set()): Recorded[] {
  const { deployment } = JSON.parse(stdout) as Export;
  return (deployment?.resources ?? []).flatMap(({ urn, id, outputs = {}, ...flags }) => {
    if (id === undefined || flags.delete || flags.external) return [];
    const isKept = flags.protect === true || flags.retainOnDelete === true || leftOut.has(urn);
    return [{ urn, id, state: outputs, isKept }];
  });
}
