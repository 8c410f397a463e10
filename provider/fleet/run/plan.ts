import { LocalWorkspace, Stack } from '@pulumi/pulumi/automation';
import { UNKNOWN } from '../../lifecycle';
import type { Roster } from '../roster/load';
import { backendEnvironment, explained } from './backend';
import type { RunSettings, StackJob } from './jobs';
import type { CompleteOptions } from './options';
import { pulumiError } from './pulumi-error';
import { type ExistingStacks, stackIndexOf, stackName, TEMPLATES_STACK } from './stacks';
import { projectOf } from './workspace';

/** The stacks that a run works on. */
export interface Plan {
  /** The job of the templates' stack, which runs first; undefined if this run does not work on it. */
  templates?: StackJob;
  /** The jobs of this shard's stacks of customers. */
  jobs: StackJob[];
}

/**
 * Names of the fleet's stacks in the backend.
 * @throws Error if the pulumi CLI is missing or can't reach its backend
 */
export async function existingStacks({ name }: Roster, folder: string): Promise<string[]> {
  const workspace = await LocalWorkspace.create({ ...projectOf(name, folder), envVars: backendEnvironment() });
  try {
    return (await workspace.listStacks()).map((stack) => stack.name);
  } catch (error) {
    throw new Error(`pulumi can't list the stacks of ${name}: ${explained(pulumiError(error))}`);
  }
}

/** Makes the jobs of a run, for each stack that has customers or exists in the backend. */
export function planOf(
  roster: Roster,
  options: CompleteOptions,
  { names }: ExistingStacks,
  count: number,
  interrupted: ReadonlySet<string>,
): Plan {
  const { index, count: shards } = options.shard;
  const settings = settingsOf(roster, options);
  const job = (stack: string): StackJob => ({
    ...settings,
    stack,
    exists: names.has(stack),
    interrupted: interrupted.has(stack),
    provisioningIds: {},
    customers: [],
  });
  const jobs = Array.from({ length: count }, (_, at) => job(stackName(at + 1, count)));
  for (const customer of roster.customers) jobs[stackIndexOf(customer.externalId, count) - 1]?.customers.push(customer);
  const templates = { ...job(TEMPLATES_STACK), templates: [...roster.templates] };
  const exists = ({ exists }: StackJob) => exists;
  const wanted = needsProgram(options) ? (each: StackJob) => exists(each) || each.customers.length > 0 : exists;
  return {
    ...(index === 1 && (needsProgram(options) || templates.exists) && { templates }),
    jobs: jobs.filter((each, at) => at % shards === index - 1 && wanted(each)),
  };
}

function needsProgram({ command }: CompleteOptions): boolean {
  return command === 'preview' || command === 'up' || command === 'adopt';
}

function settingsOf(roster: Roster, options: CompleteOptions): RunSettings {
  return {
    command: options.command,
    project: roster.name,
    folder: options.folder,
    config: roster.settings,
    policyPacks: options.policyPacks,
    policyPackConfigs: options.policyPackConfigs,
    parallelResources: options.parallelResources,
    checkpoints: options.checkpoints,
    unlock: options.unlock,
  };
}

/**
 * Provisioning IDs of all templates by name: from the roster, or for managed templates from the outputs of their stack.
 * @throws Error if a managed template doesn't exist yet
 */
export function provisioningIds({ templates }: Roster, outputs: Record<string, string>, isPreview: boolean) {
  const ids: Record<string, string> = {};
  for (const [name, { provisioningId }] of templates) {
    const id = provisioningId ?? outputs[name] ?? (isPreview ? UNKNOWN : undefined);
    if (id === undefined) {
      throw new Error(
        `template "${name}" isn't there yet: the first shard makes the templates. Let it run first, once (--shard 1/N)`,
      );
    }
    ids[name] = id;
  }
  return ids;
}

/** Provisioning IDs that an earlier run recorded; for runs that do not work on the templates' stack. */
export async function recordedIds(
  { name }: Roster,
  folder: string,
  { names }: ExistingStacks,
): Promise<Record<string, string>> {
  if (!names.has(TEMPLATES_STACK)) return {};
  const stack = await Stack.select(
    TEMPLATES_STACK,
    await LocalWorkspace.create({ ...projectOf(name, folder), envVars: backendEnvironment() }),
  );
  const outputs = await stack.outputs();
  return Object.fromEntries(Object.entries(outputs).map(([key, { value }]) => [key, String(value)]));
}
