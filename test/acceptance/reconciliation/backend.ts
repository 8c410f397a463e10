import type { Run, TestSimulator, Workspace } from '../harness';

/** The objects in the backend, with the fields that these tests use. */
export interface Backend {
  readonly customers: { id: string; externalId: string; orgId: string | null; status: string; packages: string[] }[];
  readonly subscribers: { id: string; customerId: string; email: string; packages: string[] }[];
  readonly people: { id: string; orgId: string; email: string; firstName: string; roles: string[] }[];
  readonly locations: { id: string; orgId: string; name: string; numbers: string[]; mainNumber: string | null }[];
  readonly organizations: { id: string; displayName: string; kind: string; mapped: boolean }[];
}

/** All objects in the backend. */
export async function backend(simulator: TestSimulator): Promise<Backend> {
  return (await simulator.control('GET', '/state')) as Backend;
}

/** Counted operations with a method: `operations(simulator, 'DELETE')`. */
export async function operations(simulator: TestSimulator, method: string): Promise<Record<string, number>> {
  const { byOperation } = await simulator.requests();
  return Object.fromEntries(Object.entries(byOperation).filter(([name]) => name.startsWith(`${method} `)));
}

/** Warnings of this provider in the diagnostics at the end of a run. */
export function warnings(run: Run): string[] {
  const diagnostics = run.stdout.split(/^Diagnostics:$/m)[1] ?? '';
  return [...diagnostics.matchAll(/warning: webex-wholesale: (.*)/g)].map(([, text]) => (text ?? '').trim());
}

/** Runs `up` and returns its requests and changes; both are empty if everything is as declared. */
export async function again({ simulator, up }: Workspace): Promise<{ requests: number; changed: string[] }> {
  await simulator.resetRequests();
  const { changes } = (await up()).ok();
  const { total } = await simulator.requests();
  return { requests: total, changed: Object.keys(changes).filter((kind) => kind !== 'unchanged') };
}

/** The result of {@link again} if everything is as declared. */
export const NOTHING = { requests: 0, changed: [] };
