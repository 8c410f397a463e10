import type { EngineEvents } from './engine-events';
import type { CustomerResult, ResourceProblem, StackJob, StackResult } from './jobs';
import type { Operation } from './pulumi-operations';
import { keyOf, Owners } from './resources';

/** Refused resources: their problems by resource key. */
type Refused = ReadonlyMap<string, readonly ResourceProblem[]>;

/** Makes the results of a stack and its customers from Pulumi's last operation and the resources refused before. */
export function resultOf(
  job: StackJob,
  { events, error }: Partial<Operation>,
  refused: Refused = new Map(),
): StackResult {
  const owners = new Owners(job.customers);
  const before = (externalId: string) =>
    [...refused].flatMap(([key, problems]) => (owners.of(key) === externalId ? problems : []));
  const customers = job.customers.map(({ externalId }) =>
    resultOfCustomer(job, externalId, events, error, before(externalId)),
  );
  const troubled = [...(events?.problems.keys() ?? [])].flatMap((urn) => owners.of(keyOf(urn)) ?? []);
  const others = new Set([...(events?.removed.keys() ?? []), ...troubled]);
  for (const { externalId } of job.customers) others.delete(externalId);
  for (const externalId of others) customers.push(resultOfRemoved(job, externalId, events));
  return {
    stack: job.stack,
    status: error === undefined ? 'done' : 'failed',
    customers,
    ...(error !== undefined && { error }),
    warnings: [...new Set(events?.warnings ?? [])],
    seconds: { preview: 0, update: 0 },
    ...(job.templates && { templates: events?.resources.get(undefined) ?? [] }),
    resources: job.customers.reduce((sum, { locations, users }) => sum + 1 + locations.length + users.length, 0),
  };
}

function resultOfCustomer(
  job: StackJob,
  externalId: string,
  events: EngineEvents | undefined,
  error: string | undefined,
  refused: readonly ResourceProblem[],
): CustomerResult {
  const problems = withoutDoubles([...refused, ...(events?.problemsOf(externalId) ?? [])]);
  const changes = events?.changes.get(externalId) ?? {};
  const changed = Object.keys(changes).length > 0;
  const status = () => {
    if (problems.length > 0) return 'failed';
    if (events === undefined || (error !== undefined && !events.isFinished(externalId))) return 'not-reached';
    if (!changed) return 'unchanged';
    if (job.command === 'destroy') return 'removed';
    return isPreview(job) ? 'planned' : 'changed';
  };
  return { externalId, status: status(), changes, resources: events?.resources.get(externalId) ?? [], problems };
}

function resultOfRemoved(job: StackJob, externalId: string, events: EngineEvents | undefined): CustomerResult {
  const problems = events?.problemsOf(externalId) ?? [];
  const done = isPreview(job) ? 'planned' : 'removed';
  return {
    externalId,
    status: problems.length > 0 ? 'failed' : done,
    changes: events?.changes.get(externalId) ?? {},
    resources: events?.resources.get(externalId) ?? [],
    problems,
  };
}

function withoutDoubles(problems: readonly ResourceProblem[]): ResourceProblem[] {
  return [...new Map(problems.map((problem) => [`${problem.resource}\n${problem.message}`, problem])).values()];
}

/** True for the commands that end with a preview: they change nothing in Webex. */
function isPreview({ command }: StackJob): boolean {
  return command === 'preview' || command === 'adopt';
}
