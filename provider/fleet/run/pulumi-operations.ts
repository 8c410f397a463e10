import type { Stack } from '@pulumi/pulumi/automation';
import { EngineEvents } from './engine-events';
import type { StackJob } from './jobs';
import type { RefusedResources } from './leave-out-refused';
import { pulumiError } from './pulumi-error';

/** Most attempts of an operation; each one omits the resources refused before. */
const MOST_ATTEMPTS = 20;

/** The result of one operation of Pulumi, after all its attempts. */
export interface Operation {
  events: EngineEvents;
  /** Pulumi's error, if no resource is the cause of the failure. */
  error?: string;
}

/** Options of all Pulumi operations. */
interface Options {
  exclude?: string[];
  parallel: number;
  color: 'never';
  suppressProgress: boolean;
  suppressOutputs: boolean;
  onEvent: EngineEvents['add'];
}

/**
 * Repeats an operation until no further resource is refused. Pulumi ends an operation when a resource is refused, but
 * one refused customer must not stop the others.
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
    if (attempt === MOST_ATTEMPTS)
      return { events, error: `gave up after ${MOST_ATTEMPTS} attempts, each of which refused further resources` };
  }
}

/** Omits Pulumi's error if problems of resources explain the failure. */
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

/** Previews a stack with the policy packs. */
export function preview(job: StackJob, stack: Stack, refused: RefusedResources): Promise<Operation> {
  const { policyPacks, policyPackConfigs } = job;
  return withoutRefused(job, refused, (options) =>
    stack.preview({ ...options, policyPacks, ...(policyPackConfigs.length > 0 && { policyPackConfigs }) }),
  );
}

/** Updates a stack without the resources that the preview refused. */
export function update(
  job: StackJob,
  stack: Stack,
  refused: RefusedResources,
  finished: (externalId: string, failed: boolean) => void,
): Promise<Operation> {
  return withoutRefused(job, refused, (options) => stack.up({ ...options, continueOnError: true }), finished);
}

/** Refreshes the stack's state from Webex. */
export function refresh(job: StackJob, stack: Stack): Promise<Operation> {
  return once(job, (options) => stack.refresh(options));
}

/** Deletes everything in a stack. */
export function destroy(job: StackJob, stack: Stack): Promise<Operation> {
  return once(job, (options) => stack.destroy({ ...options, continueOnError: true }));
}

/** Runs an operation without checks (refresh, destroy): no resource can be refused. */
async function once(job: StackJob, run: (options: Options) => Promise<unknown>): Promise<Operation> {
  const events = new EngineEvents(job);
  return operation(events, await failureOf(() => run(optionsFor(job, events))));
}
