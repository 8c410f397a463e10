import type { Stack } from '@pulumi/pulumi/automation';
import type { StackJob } from './jobs';
import { Outcomes } from './outcomes';
import type { Refusals } from './refusals';
import { spoken } from './spoken';

/** Times that a stack is begun again without what was refused; each time costs a start of Pulumi. */
const MOST_ATTEMPTS = 20;

/** One operation of Pulumi, over all its attempts. */
export interface Operation {
  outcomes: Outcomes;
  /** What Pulumi said where it could not go on, and no resource is to blame. */
  error?: string;
}

/** Options that each operation of Pulumi has. */
interface Options {
  exclude?: string[];
  parallel: number;
  color: 'never';
  suppressProgress: boolean;
  suppressOutputs: boolean;
  onEvent: Outcomes['add'];
}

/**
 * Runs an operation until nothing more is refused: Pulumi ends a run at the first resource that is refused before it is
 * touched, and one customer must not stop the others.
 */
async function withoutRefused(
  job: StackJob,
  refusals: Refusals,
  run: (options: Options) => Promise<unknown>,
  finished?: (externalId: string, failed: boolean) => void,
): Promise<Operation> {
  for (let attempt = 1; ; attempt++) {
    const outcomes = new Outcomes(job, finished);
    const error = await failureOf(() => run(optionsFor(job, outcomes, refusals.excluded)));
    const news = await refusals.add(outcomes);
    if (news === 0) return operation(outcomes, error);
    if (attempt === MOST_ATTEMPTS)
      return { outcomes, error: `more than ${MOST_ATTEMPTS} times a resource was refused` };
  }
}

/** A failure is explained by its resources: those whose operation failed, and those that were refused. */
function operation(outcomes: Outcomes, error: Error | undefined): Operation {
  if (error === undefined || (outcomes.general.length === 0 && outcomes.problems.size > 0)) return { outcomes };
  return { outcomes, error: outcomes.general.join('\n') || spoken(error) };
}

function optionsFor(job: StackJob, outcomes: Outcomes, exclude: string[] = []): Options {
  return {
    ...(exclude.length > 0 && { exclude }),
    parallel: job.parallelResources,
    color: 'never',
    suppressProgress: true,
    suppressOutputs: true,
    onEvent: (event) => outcomes.add(event),
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
export function preview(job: StackJob, stack: Stack, refusals: Refusals): Promise<Operation> {
  const { policyPacks, policyPackConfigs } = job;
  return withoutRefused(job, refusals, (options) =>
    stack.preview({ ...options, policyPacks, ...(policyPackConfigs.length > 0 && { policyPackConfigs }) }),
  );
}

/** Makes a stack what its program says, as far as the preview refused nothing. */
export function update(
  job: StackJob,
  stack: Stack,
  refusals: Refusals,
  finished: (externalId: string, failed: boolean) => void,
): Promise<Operation> {
  return withoutRefused(job, refusals, (options) => stack.up({ ...options, continueOnError: true }), finished);
}

/** Reads what is in Webex into the state. */
export function refresh(job: StackJob, stack: Stack): Promise<Operation> {
  return once(job, (options) => stack.refresh(options));
}

/** Deletes everything in a stack. */
export function destroy(job: StackJob, stack: Stack): Promise<Operation> {
  return once(job, (options) => stack.destroy({ ...options, continueOnError: true }));
}

/** An operation that checks nothing beforehand, so that nothing is refused and left out. */
async function once(job: StackJob, run: (options: Options) => Promise<unknown>): Promise<Operation> {
  const outcomes = new Outcomes(job);
  return operation(outcomes, await failureOf(() => run(optionsFor(job, outcomes))));
}
