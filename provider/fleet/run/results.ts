import type { CustomerResult, ResourceProblem, StackJob, StackResult } from './jobs';
import type { Operation } from './operations';
import type { Outcomes } from './outcomes';
import { keyOf, Owners } from './resources';

/** What was refused, by the key of the resource. */
type Refused = ReadonlyMap<string, readonly ResourceProblem[]>;

/** What became of a stack and its customers, from what Pulumi told of its last operation, and what was refused before. */
export function resultOf(
  job: StackJob,
  { outcomes, error }: Partial<Operation>,
  refused: Refused = new Map(),
): StackResult {
  const owners = new Owners(job.customers);
  const before = (externalId: string) =>
    [...refused].flatMap(([key, problems]) => (owners.of(key) === externalId ? problems : []));
  const customers = job.customers.map(({ externalId }) =>
    resultOfCustomer(job, externalId, outcomes, error, before(externalId)),
  );
  const troubled = [...(outcomes?.problems.keys() ?? [])].flatMap((urn) => owners.of(keyOf(urn)) ?? []);
  const others = new Set([...(outcomes?.removed ?? []), ...troubled]);
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
  refused: readonly ResourceProblem[],
): CustomerResult {
  const problems = withoutDoubles([...refused, ...(outcomes?.problemsOf(externalId) ?? [])]);
  const changes = outcomes?.changes.get(externalId) ?? {};
  const changed = Object.keys(changes).length > 0;
  const status = () => {
    if (problems.length > 0) return 'failed';
    if (outcomes === undefined || (error !== undefined && !outcomes.isFinished(externalId))) return 'not-reached';
    if (!changed) return 'unchanged';
    if (job.command === 'destroy') return 'removed';
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

function withoutDoubles(problems: readonly ResourceProblem[]): ResourceProblem[] {
  return [...new Map(problems.map((problem) => [`${problem.resource}\n${problem.message}`, problem])).values()];
}
