import { ADDRESS, HEADQUARTERS, PROVISIONING_ID } from '../../samples/cisco';

/** A customer of a program under test. Omitted fields are those of {@link customer}. */
export interface CustomerSpec {
  /** Name of the resource. */
  resource: string;
  args: Record<string, unknown>;
  /** Resource options. */
  options?: Record<string, unknown>;
}

/** A user of a program under test. */
export interface UserSpec {
  /** Name of the resource. */
  resource: string;
  /** Resource name of its customer. */
  customer: string;
  args: Record<string, unknown>;
  options?: Record<string, unknown>;
  /** The user's parent is a component of this name. */
  component?: string;
}

/** A program: customers and users. */
export interface Spec {
  customers: CustomerSpec[];
  users: UserSpec[];
}

/** A customer with Cisco's sample address, and calling at its headquarters. */
export function customer(resource: string, args: Record<string, unknown> = {}): CustomerSpec {
  return {
    resource,
    args: {
      provisioningId: PROVISIONING_ID,
      externalId: resource,
      name: "John's Pizza",
      primaryEmail: `owner.${resource}@example.com`,
      language: 'en',
      address: ADDRESS,
      packages: ['webex_suite', 'webex_calling'],
      headquarters: HEADQUARTERS,
      ...args,
    },
  };
}

let extensions = 51000;

/** A user with webex_suite and a unique extension; `undefined` removes an argument. */
export function user(resource: string, customerName: string, args: Record<string, unknown> = {}): UserSpec {
  extensions += 1;
  const usual = { firstName: 'John', lastName: 'Anderson', package: 'webex_suite', extension: String(extensions) };
  return { resource, customer: customerName, args: { email: `${resource}@example.com`, ...usual, ...args } };
}

/** The source of a program that declares these. */
export function source(spec: Spec): string {
  return `
const pulumi = require('@pulumi/pulumi');
const webex = require('pulumi-webex-wholesale');
const spec = ${JSON.stringify(spec)};
const customers = {};
for (const { resource, args, options } of spec.customers) customers[resource] = new webex.CustomerOrg(resource, args, options);
for (const { resource, customer, args, options, component } of spec.users) {
  const parent = component && new pulumi.ComponentResource('acme:index:Staff', component);
  new webex.User(resource, { customerId: customers[customer].id, ...args }, { ...options, ...(parent && { parent }) });
}`;
}

/** A spec in which `change` replaces the user with this resource name. */
export function changed(spec: Spec, resource: string, change: (before: UserSpec) => UserSpec | UserSpec[]): Spec {
  const { users } = spec;
  if (!users.some((user) => user.resource === resource)) throw new Error(`no user ${resource}`);
  return { ...spec, users: users.flatMap((user) => (user.resource === resource ? change(user) : user)) };
}

/** The same user with other arguments; `undefined` removes one. */
export function withArgs(before: UserSpec, args: Record<string, unknown>): UserSpec {
  return { ...before, args: { ...before.args, ...args } };
}
