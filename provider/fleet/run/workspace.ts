import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { LocalWorkspace, type PulumiCommand, Stack } from '@pulumi/pulumi/automation';
import { NAMESPACE } from '../../resources/run/settings';
import type { StackJob } from './jobs';
import { programOf } from './program';
import { pulumi } from './pulumi-cli';

/** Folder in which programs run: `pulumi-webex-wholesale` and Pulumi's SDK are resolved from it. */
const PACKAGE_FOLDER = path.resolve(__dirname, '..', '..', '..');

/**
 * The project of a fleet, for a workspace. Writes its Pulumi.yaml into `folder`, in one step and only if it is missing:
 * the Automation API would write it for each stack, while pulumi reads it for another one.
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
 * Opens a stack, and creates it where it isn't there.
 * @param env for Pulumi and the provider's process
 * @param leavesOut the resources that the program leaves out
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
 * Makes a stack whose name is locked although the stack does not exist. `pulumi cancel`, which removes locks in every
 * backend, needs an existing stack. So the stack is made under another name and renamed, which ignores the lock.
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

/** Writes the stack's configuration, and keeps what Pulumi itself wrote there. */
async function configure(stack: Stack, config: Record<string, string>): Promise<void> {
  const { workspace, name } = stack;
  const before = await workspace.stackSettings(name).catch(() => undefined);
  const entries = Object.entries(config).map(([key, value]) => [`${NAMESPACE}:${key}`, value]);
  if (before === undefined && entries.length === 0) return;
  await workspace.saveStackSettings(name, { ...before, config: Object.fromEntries(entries) });
}
