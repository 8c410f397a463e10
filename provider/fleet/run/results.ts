import type { CustomerResult, ResourceProblem, StackJob, StackResult } from './jobs';
import type { Operation } from './operations';
import type { Outcomes } from './outcomes';

/** What became of a stack and its customers, from what Pulumi told of its last operation, and what was refused before. */
export function resultOf(
  job: StackJob,
  { outcomes, error }: Partial<Operation>,
  refused: ReadonlyMap<string, Outcomes> = new Map(),
): StackResult {
  const customers = job.customers.map(({ externalId }) => resultOfCustomer(job, externalId, outcomes, error, refused));
  const others = new Set([...(outcomes?.removed ?? []), ...ownersOf(outcomes)]);
  for (const { externalId } of job.customers) others.delete(externalId);
  for (const externalId of others) customers.push(resultOfRemoved(job, externalId, outcomes));
  return {
    stack: job.stack,
    status: error === undefined ? 'done' : 'failed',
    customers,
    ...(error !== undefined && { error }),
    warnings: [...new Set(outcomes?.warnings ?? [])],
    seconds: { preview: 0, update: 0 },
    resources: job.customers.reduce((sum, { locations, users }) => sum + 1 + locations.length + users.length, 0),
  };
}

function resultOfCustomer(
  job: StackJob,
  externalId: string,
  outcomes: Outcomes | undefined,
  error: string | undefined,
  refused: ReadonlyMap<string, Outcomes>,
): CustomerResult {
  const problems = problemsOf(externalId, outcomes, refused);
  const changes = outcomes?.changes.get(externalId) ?? {};
  const changed = Object.keys(changes).length > 0;
  const status = () => {
    if (problems.length > 0) return 'failed';
    if (outcomes === undefined || (error !== undefined && !outcomes.isFinished(externalId))) return 'not-reached';
    if (!changed) return 'unchanged';
    return job.command === 'preview' ? 'planned' : 'changed';
  };
  return { externalId, status: status(), changes, problems };
}

function resultOfRemoved(job: StackJob, externalId: string, outcomes: Outcomes | undefined): CustomerResult {
  const problems = outcomes?.problemsOf(externalId) ?? [];
  const done = job.command === 'preview' ? 'planned' : 'removed';
  return {
    externalId,
    status: problems.length > 0 ? 'failed' : done,
    changes: outcomes?.changes.get(externalId) ?? {},
    problems,
  };
}

/** Problems of the last operation, and those for which resources were left out of it. */
function problemsOf(
  externalId: string,
  outcomes: Outcomes | undefined,
  refused: ReadonlyMap<string, Outcomes>,
): ResourceProblem[] {
  const before = [...refused].flatMap(([urn, told]) =>
    told.ownerOf(urn) === externalId ? (told.problems.get(urn) ?? []) : [],
  );
  const all = [...before, ...(outcomes?.problemsOf(externalId) ?? [])];
  const byText = new Map(all.map((problem) => [`${problem.resource}\n${problem.message}`, problem]));
  return [...byText.values()];
}

function ownersOf(outcomes: Outcomes | undefined): string[] {
  if (outcomes === undefined) return [];
  return [...outcomes.problems.keys()].flatMap((urn) => outcomes.ownerOf(urn) ?? []);
}
