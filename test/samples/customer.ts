import type { Workspace } from '../acceptance/harness';
import { EXTERNAL_ID, HEADQUARTERS, PROVISIONING_ID, TWO_LINE_ADDRESS } from './cisco';

/** Inputs of a program. They aren't the provider's types, because tests also declare invalid ones. */
export type Inputs = Record<string, unknown>;

/** The headquarters of the sample customer, with changes; `undefined` omits an input. */
export function headquarters(changes: Inputs = {}): Inputs {
  return { ...HEADQUARTERS, address: TWO_LINE_ADDRESS, ...changes };
}

/** The sample customer of Cisco's document, with changes; `undefined` omits an input. */
export function johnsPizza(changes: Inputs = {}): Inputs {
  return {
    provisioningId: PROVISIONING_ID,
    externalId: EXTERNAL_ID,
    name: "John's Pizza",
    primaryEmail: 'john.anderson@acme.com',
    language: 'en',
    address: TWO_LINE_ADDRESS,
    packages: ['webex_calling', 'webex_meetings'],
    headquarters: headquarters(),
    removal: 'delete',
    ...changes,
  };
}

/** A program that declares one customer and exports its outputs. */
export function customerProgram(inputs: Inputs): string {
  return `
    const { CustomerOrg } = require('pulumi-webex-wholesale');
    const customer = new CustomerOrg('johns-pizza', ${JSON.stringify(inputs)});
    exports.id = customer.id;
    exports.orgId = customer.orgId;
    exports.status = customer.status;
    exports.packageStatus = customer.packageStatus;
    exports.headquartersLocationId = customer.headquartersLocationId;
  `;
}

/** A customer in the simulator's state, with the fields that tests use. */
export interface BackendCustomer {
  id: string;
  externalId: string;
  orgId: string;
  subPartnerOrgId: string | null;
  status: string;
  address: Inputs;
  packages: string[];
  limits: Record<string, number>;
  parameters: { meetings?: { timezone?: string } };
}

export interface BackendLocation {
  id: string;
  name: string;
  orgId: string;
  timeZone: string;
  preferredLanguage: string;
  announcementLanguage: string;
  address: Inputs;
  calling: boolean;
  pstn: string | null;
  route: { type: string; id: string } | null;
  numbers: string[];
  mainNumber: string | null;
  emergencyLocationIdentifier: string | null;
}

/** All objects in the backend. */
export interface Backend {
  organizations: {
    id: string;
    displayName: string;
    kind: string;
    mapped: boolean;
    people: number;
    trunkId: string;
    routeGroupId: string;
  }[];
  customers: BackendCustomer[];
  people: { id: string; orgId: string; email: string; roles: string[] }[];
  locations: BackendLocation[];
  templates: Inputs[];
}

export async function backend(workspace: Workspace): Promise<Backend> {
  return (await workspace.simulator.control('GET', '/state')) as Backend;
}

/** The only customer and its only location, the headquarters. Throws if there are none or more. */
export async function backendCustomer(workspace: Workspace): Promise<BackendCustomer> {
  return only((await backend(workspace)).customers);
}
export async function backendHeadquarters(workspace: Workspace): Promise<BackendLocation> {
  return only((await backend(workspace)).locations);
}

/** Organizations of customers, without the partner's own. */
export async function customerOrganizations(workspace: Workspace): Promise<Backend['organizations']> {
  return (await backend(workspace)).organizations.filter(({ kind }) => kind === 'customer');
}

/** Checks that no object of a customer is left. */
export async function nothingLeft(workspace: Workspace): Promise<boolean> {
  const { organizations, customers, people, locations } = await backend(workspace);
  const own = organizations.filter(({ kind }) => kind === 'customer');
  return own.length + customers.length + people.length + locations.length === 0;
}

/** Replaces the declared customer and runs `up`. */
export async function declare(workspace: Workspace, inputs: Inputs) {
  await workspace.setProgram(customerProgram(inputs));
  return workspace.up();
}

/** The changes and requests of a run: `{ unchanged: N }` and none where all is as declared. */
export async function noChange(workspace: Workspace): Promise<{ requests: number; up: unknown }> {
  await workspace.simulator.resetRequests();
  const up = (await workspace.up()).ok().changes;
  const { total } = await workspace.simulator.requests();
  return { requests: total, up };
}

/** A request that the simulator has answered. */
export interface Request {
  method: string;
  path: string;
  query: string;
  body?: Inputs;
}

/** The requests of a kind since the last reset, oldest first. */
export async function requestsTo(workspace: Workspace, method: RegExp, path: RegExp): Promise<Request[]> {
  const log = (await workspace.simulator.control('GET', '/requests/log')) as Request[] | { items: Request[] };
  const all = Array.isArray(log) ? log : log.items;
  return all.filter((request) => method.test(request.method) && path.test(request.path));
}

function only<T>(list: T[]): T {
  const [first, ...others] = list;
  if (first === undefined || others.length > 0) throw new Error(`expected one object, found ${list.length}`);
  return first;
}
