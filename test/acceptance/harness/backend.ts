import { expect } from 'vitest';
import type { Answer, Run, Workspace } from '.';

/** A location in the simulator's control plane. */
export interface BackendLocation {
  id: string;
  orgId: string;
  name: string;
  timeZone: string;
  preferredLanguage: string;
  announcementLanguage: string;
  address: Record<string, string>;
  latitude: string | null;
  longitude: string | null;
  notes: string | null;
  calling: boolean;
  pstn: string | null;
  route: { type: string; id: string } | null;
  numbers: string[];
  mainNumber: string | null;
}

/** A person in the simulator's control plane. */
export interface BackendPerson {
  id: string;
  email: string;
  displayName: string;
  firstName: string | null;
  lastName: string | null;
  roles: string[];
  calling: boolean;
  locationId: string | null;
  extension: string | null;
  phoneNumber: string | null;
}

/** The objects in the simulator. */
export interface Backend {
  organizations: { id: string; displayName: string; kind: string; trunkId: string; routeGroupId: string }[];
  customers: { id: string; orgId: string; externalId: string }[];
  subscribers: { id: string; email: string; personId: string; packages: string[]; status: string }[];
  people: BackendPerson[];
  locations: BackendLocation[];
}

/** All objects. */
export async function backend({ simulator }: Workspace): Promise<Backend> {
  return (await simulator.control('GET', '/state')) as Backend;
}

/** The one location of this name. */
export async function locationNamed(workspace: Workspace, name: string): Promise<BackendLocation> {
  const found = (await backend(workspace)).locations.filter((location) => location.name === name);
  expect(found, `locations named ${name}`).toHaveLength(1);
  return found[0] as BackendLocation;
}

/** Names of all locations; `Head Office` is the customer's own. */
export async function locationNames(workspace: Workspace): Promise<string[]> {
  return (await backend(workspace)).locations.map(({ name }) => name);
}

/** Changes an object outside Pulumi. Throws if the API refuses. */
export async function behindItsBack(
  { simulator }: Workspace,
  method: string,
  path: string,
  body?: unknown,
): Promise<Answer> {
  const answer = await simulator.api(method, path, body);
  if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer;
}

/** Runs the same program again: it changes nothing and sends no request to Webex but these. */
export async function nothingToDo(workspace: Workspace, requests: Record<string, number> = {}): Promise<void> {
  await workspace.simulator.resetRequests();
  expect(Object.keys((await workspace.up()).ok().changes)).toEqual(['unchanged']);
  expect((await workspace.simulator.requests()).byOperation).toEqual(requests);
}

/** Runs a changed program: exactly these resources are updated in place. */
export async function updates(workspace: Workspace, source: string, names: string[]): Promise<Run> {
  await workspace.setProgram(source);
  return updatesOnly(workspace, names);
}

async function updatesOnly(workspace: Workspace, names: string[]): Promise<Run> {
  const run = (await workspace.up()).ok();
  const { unchanged: _, ...changes } = run.changes;
  expect(changes, run.all).toEqual({ updated: names.length });
  const updated = [...run.stdout.matchAll(/(\S+) updated \(/g)].map(([, name]) => name);
  expect(updated.filter((name) => names.includes(name ?? '')).sort()).toEqual([...names].sort());
  return run;
}

/** Refreshes. @returns the outputs that are recorded then */
export async function seenByRefresh(workspace: Workspace, name: string): Promise<Record<string, unknown>> {
  (await workspace.refresh()).ok();
  const { resources = [] } = (await workspace.stackExport()).deployment;
  return resources.find(({ urn }) => urn.endsWith(`::${name}`))?.outputs ?? {};
}

/**
 * Runs `up`, which repairs the drift of {@link seenByRefresh}: an update of this resource only. A refresh afterwards
 * finds no change.
 */
export async function repaired(workspace: Workspace, name: string): Promise<void> {
  await updatesOnly(workspace, [name]);
  const { planned } = (await workspace.preview('--refresh')).ok();
  expect(planned.filter((step) => !step.startsWith('refresh '))).toEqual([]);
}
