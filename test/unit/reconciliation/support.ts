import { afterAll, beforeAll, vi } from 'vitest';
import { type Simulator, startSimulator } from 'webex-wholesale-simulator';
import type { Caller, Recorded } from '../../../provider/lifecycle';
import { resources } from '../../../provider/resources';
import { Run } from '../../../provider/resources/run/run';
import { ADDRESS, HEADQUARTERS, PROVISIONING_ID } from '../../samples/cisco';

// Killed runs at in-process speed: the handlers against a simulator, without pulumi. The result of a killed run is
// thrown away, and the next run is in a "new process", which has no memory of it.

export const NUMBERS = ['+12145557861', '+12145551321', '+12145556985', '+12145550012'] as const;

/** A made resource, as the stack records it under the name that {@link callerWithUsers} gives it. */
export function recordedAs(made: { id: string; state: object; inputs: { email: string } }): Recorded {
  return { urn: made.inputs.email, id: made.id, state: { ...made.state }, isKept: false };
}

/** The caller of a check in a preview, with changes. */
export function callerOf(name: string, more: Partial<Caller> = {}): Caller {
  return { urn: name, name, dryRun: true, secrets: [], ...more };
}

/** The caller of a check; the program declares these other users, too. */
export function callerWithUsers(name: string, dryRun: boolean, users: { email: string }[]): Caller {
  const upcoming = users.map((inputs) => ({
    type: 'webex-wholesale:User',
    urn: inputs.email,
    name: inputs.email,
    inputs: { ...inputs },
  }));
  return callerOf(name, { dryRun, upcoming });
}

/** The handlers as a new plugin process has them, with this configuration and what the stack recorded. */
export async function newProcess(config: Record<string, string> = {}, recorded: readonly Recorded[] = []) {
  const run = new Run();
  const warnings: string[] = [];
  run.configure(
    (key) => config[key],
    (text) => warnings.push(text),
    async () => recorded,
  );
  return {
    customerOrg: resources.customerOrg(run),
    location: resources.location(run),
    user: resources.user(run),
    onboardingTemplate: resources.onboardingTemplate(run),
    warnings,
    run,
  };
}

export type Handlers = Awaited<ReturnType<typeof newProcess>>;
/** The result of the create of such a resource. */
export type Made<Kind extends 'customerOrg' | 'location' | 'user'> = Awaited<ReturnType<Handlers[Kind]['create']>>;

/** The simulator's state, as far as these tests use it. */
export interface State {
  customers: { id: string; externalId: string; status: string; limits: Record<string, number>; orgId: string | null }[];
  organizations: { id: string; kind: string; displayName: string }[];
  locations: {
    id: string;
    name: string;
    calling: boolean;
    numbers: string[];
    mainNumber: string | null;
    pstn: string;
  }[];
  subscribers: { email: string; package: string }[];
  people: { id: string; email: string; extension: string | null; locationId: string | null; roles: string[] }[];
  templates: { provisioningId: string; name: string }[];
}

/** A simulator for the tests of a file, with its control plane. */
export function backend() {
  let simulator: Simulator;
  beforeAll(async () => {
    simulator = await startSimulator({ provisioningSeconds: 0.05 });
    vi.stubEnv('WEBEX_BASE_URL', simulator.baseUrl);
    vi.stubEnv('WEBEX_ACCESS_TOKEN', simulator.token);
    vi.stubEnv('WEBEX_TEMPLATE_API_URL', simulator.templateApiUrl);
  });
  afterAll(async () => {
    vi.unstubAllEnvs();
    await simulator.stop();
  });
  const send = async (method: string, url: string, body?: unknown) => {
    const response = await fetch(url, {
      method,
      headers: { authorization: `Bearer ${simulator.token}`, 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  };
  return {
    /** URL of the simulator. */
    url: () => simulator.url,
    /** A request outside the provider. */
    api: (method: string, path: string, body?: unknown) => send(method, `${simulator.baseUrl}${path}`, body),
    control: (method: string, path: string, body?: unknown) => send(method, `${simulator.url}/simulator${path}`, body),
    state: async () => (await send('GET', `${simulator.url}/simulator/state`)) as State,
  };
}

let count = 0;

/** Inputs of a customer that no other test has. */
export function customerInputs() {
  const number = ++count;
  return {
    provisioningId: PROVISIONING_ID,
    externalId: `external-${number}`,
    name: `John's Pizza ${number}`,
    primaryEmail: `john.anderson${number}@acme.com`,
    address: ADDRESS,
    packages: ['webex_calling' as const, 'webex_meetings' as const],
    headquarters: HEADQUARTERS,
    removal: 'delete' as const,
    timeouts: { create: 20, update: 20, delete: 20 },
  };
}

/** A calling block with these numbers. */
export function callingWith(phoneNumbers: string[]) {
  return { enabled: true, pstn: { displayName: 'Non-integrated CCP' }, phoneNumbers };
}

/** Inputs of a location of a customer. */
export function locationInputs(customerId: string, calling?: ReturnType<typeof callingWith>) {
  return {
    customerId,
    name: `Denver ${++count}`,
    timeZone: 'America/Denver',
    preferredLanguage: 'en_us',
    announcementLanguage: 'en_us',
    address: ADDRESS,
    ...(calling && { calling }),
    timeouts: { create: 20, update: 20, delete: 20 },
  };
}

/** Inputs of a user of a customer. */
export function userInputs(customerId: string, extension: string) {
  return {
    customerId,
    email: `alice.anderson${++count}@acme.com`,
    firstName: 'Alice',
    lastName: 'Anderson',
    package: 'webex_calling' as const,
    extension,
  };
}
