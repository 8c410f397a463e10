import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { LocalWorkspace, type PulumiCommand, Stack } from '@pulumi/pulumi/automation';
import { NAMESPACE } from '../../resources/run/settings';
import type { StackJob } from './jobs';
import { programOf } from './program';
import { pulumi } from './pulumi-cli';

/** Working folder of the programs, from which `pulumi-webex-wholesale` and Pulumi's SDK are resolved. */
const PACKAGE_FOLDER = path.resolve(__dirname, '..', '..', '..');

/**
 * The workspace options of a fleet's project. Writes Pulumi.yaml into `folder`, atomically and only if it is missing or
 * different: the Automation API would write it for each stack, while pulumi reads it for another stack.
 */
export function projectOf(project: string, folder: string): { workDir: string } {
  const file = path.join(folder, 'Pulumi.yaml');
  // JSON is YAML.
  const contents = JSON.stringify({ name: project, runtime: 'nodejs', main: PACKAGE_FOLDER });
  if (!existsSync(file) || readFileSync(file, 'utf8') !== contents) {
    const temporary = `${file}.${process.pid}`;
    writeFileSync(temporary, contents);
    renameSync(temporary, file);
  }
  return { workDir: folder };
}

/**
 * Opens a stack, or creates it if it doesn't exist.
 * @param env environment variables for Pulumi and the plugin
 * @param leavesOut true for the resources that the program omits
 */
export async function openStack(
  job: StackJob,
  command: PulumiCommand,
  env: Record<string, string>,
  leavesOut: (key: string) => boolean,
): Promise<Stack> {
  const workspace = await LocalWorkspace.create({
    ...projectOf(job.project, job.folder),
    program: programOf(job, leavesOut),
    pulumiCommand: command,
    envVars: env,
  });
  const stack = await (job.exists ? Stack.select(job.stack, workspace) : Stack.create(job.stack, workspace));
  await configure(stack, job.config);
  return stack;
}

/**
 * Creates a stack that doesn't exist although a lock for it does. `pulumi cancel`, which removes locks in all backends,
 * needs an existing stack. So the stack is created under another name and renamed, which ignores the lock.
 */
export async function unlockNewStack(
  { project, folder, stack }: Pick<StackJob, 'project' | 'folder' | 'stack'>,
  env: Record<string, string>,
): Promise<void> {
  const workspace = await LocalWorkspace.create({ ...projectOf(project, folder), envVars: env });
  const temporary = `${stack}-unlocked`;
  await Stack.createOrSelect(temporary, workspace);
  await pulumi(workspace, ['stack', 'rename', stack, '--stack', temporary]);
  await pulumi(workspace, ['cancel', '--yes', '--stack', stack]);
}

/** Writes the stack's configuration and keeps Pulumi's own entries (such as the encryption salt). */
async function configure(stack: Stack, config: Record<string, string>): Promise<void> {
  const { workspace, name } = stack;
  const before = await workspace.stackSettings(name).catch(() => undefined);
  const entries = Object.entries(config).map(([key, value]) => [`${NAMESPACE}:${key}`, value]);
  if (before === undefined && entries.length === 0) return;
  await workspace.saveStackSettings(name, { ...before, config: Object.fromEntries(entries) });
}
