import type { Stack } from '@pulumi/pulumi/automation';
import { EngineEvents } from './engine-events';
import type { StackJob } from './jobs';
import type { RefusedResources } from './leave-out-refused';
import { pulumiError } from './pulumi-error';

/** How often an operation is started again without what was refused. Each attempt starts Pulumi. */
const MOST_ATTEMPTS = 20;

/** One operation of Pulumi, over all its attempts. */
export interface Operation {
  events: EngineEvents;
  /** The error of Pulumi where it could not go on and no resource is the cause. */
  error?: string;
}

/** Options that each operation of Pulumi has. */
interface Options {
  exclude?: string[];
  parallel: number;
  color: 'never';
  suppressProgress: boolean;
  suppressOutputs: boolean;
  onEvent: EngineEvents['add'];
}

/**
 * Runs an operation until nothing more is refused. Pulumi ends an operation when a resource is refused, and one customer
 * must not stop the others.
 */
async function withoutRefused(
  job: StackJob,
  refused: RefusedResources,
  run: (options: Options) => Promise<unknown>,
  finished?: (externalId: string, failed: boolean) => void,
): Promise<Operation> {
  for (let attempt = 1; ; attempt++) {
    const events = new EngineEvents(job, finished);
    const error = await failureOf(() => run(optionsFor(job, events, refused.excluded)));
    const news = await refused.add(events);
    if (news === 0) return operation(events, error);
    if (attempt === MOST_ATTEMPTS) return { events, error: `more than ${MOST_ATTEMPTS} times a resource was refused` };
  }
}

/** A failure is explained by its resources: those whose operation failed, and those that were refused. */
function operation(events: EngineEvents, error: Error | undefined): Operation {
  if (error === undefined || (events.general.length === 0 && events.problems.size > 0)) return { events };
  return { events, error: events.general.join('\n') || pulumiError(error) };
}

function optionsFor(job: StackJob, events: EngineEvents, exclude: string[] = []): Options {
  return {
    ...(exclude.length > 0 && { exclude }),
    parallel: job.parallelResources,
    color: 'never',
    suppressProgress: true,
    suppressOutputs: true,
    onEvent: (event) => events.add(event),
  };
}

async function failureOf(run: () => Promise<unknown>): Promise<Error | undefined> {
  try {
    await run();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Shows what a stack would change, as the policies see it. */
export function preview(job: StackJob, stack: Stack, refused: RefusedResources): Promise<Operation> {
  const { policyPacks, policyPackConfigs } = job;
  return withoutRefused(job, refused, (options) =>
    stack.preview({ ...options, policyPacks, ...(policyPackConfigs.length > 0 && { policyPackConfigs }) }),
  );
}

/** Makes a stack what its program says, as far as the preview refused nothing. */
export function update(
  job: StackJob,
  stack: Stack,
  refused: RefusedResources,
  finished: (externalId: string, failed: boolean) => void,
): Promise<Operation> {
  return withoutRefused(job, refused, (options) => stack.up({ ...options, continueOnError: true }), finished);
}

/** Reads what is in Webex into the state. */
export function refresh(job: StackJob, stack: Stack): Promise<Operation> {
  return once(job, (options) => stack.refresh(options));
}

/** Deletes everything in a stack. */
export function destroy(job: StackJob, stack: Stack): Promise<Operation> {
  return once(job, (options) => stack.destroy({ ...options, continueOnError: true }));
}

/** Runs an operation that has no checks, so that nothing can be refused and left out. */
async function once(job: StackJob, run: (options: Options) => Promise<unknown>): Promise<Operation> {
  const events = new EngineEvents(job);
  return operation(events, await failureOf(() => run(optionsFor(job, events))));
}
