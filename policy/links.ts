import type { PolicyResource, StackValidationArgs } from '@pulumi/policy';
import { type CustomerOrgInputs, inputsOf, known, type UserInputs } from './inputs';

/** A declared user. */
export interface DeclaredUser {
  readonly urn: string;
  readonly inputs: UserInputs;
}

/** A declared customer with its declared users. */
export interface DeclaredCustomer {
  readonly urn: string;
  readonly name: string;
  readonly inputs: CustomerOrgInputs;
  readonly users: readonly DeclaredUser[];
}

/**
 * The customers of a stack with their users. The links come from the dependencies of `customerId`, which Pulumi passes
 * also while the IDs are unknown. A user with a plain text as `customerId` belongs to the customer that other users
 * with the same text are linked to; if there are none, its customer isn't in this stack.
 */
export function customersOf({ resources }: StackValidationArgs): DeclaredCustomer[] {
  const customers = resources.flatMap((resource) => {
    const inputs = inputsOf('CustomerOrg', resource);
    return inputs ? [{ urn: resource.urn, name: resource.name, inputs, users: [] as DeclaredUser[] }] : [];
  });
  const byUrn = new Map(customers.map((customer) => [customer.urn, customer]));
  const byId = new Map<string, string>();
  for (const resource of resources) {
    const linked = linkOf(resource);
    const id = linked && customerIdOf(resource);
    if (id !== undefined) byId.set(id, linked as string);
  }
  for (const resource of resources) {
    const inputs = inputsOf('User', resource);
    const urn = inputs && (linkOf(resource) ?? byId.get(customerIdOf(resource) ?? ''));
    if (inputs && urn) byUrn.get(urn)?.users.push({ urn: resource.urn, inputs });
  }
  return customers;
}

/** The users of a stack whose customer is not in it. */
export function usersOfOthers(args: StackValidationArgs): DeclaredUser[] {
  const linked = new Set(customersOf(args).flatMap(({ users }) => users.map(({ urn }) => urn)));
  return args.resources.flatMap((resource) => {
    const inputs = linked.has(resource.urn) ? undefined : inputsOf('User', resource);
    return inputs ? [{ urn: resource.urn, inputs }] : [];
  });
}

function linkOf(resource: PolicyResource): string | undefined {
  const links = (resource.propertyDependencies.customerId ?? []).filter((other) => inputsOf('CustomerOrg', other));
  return links.length === 1 ? links[0]?.urn : undefined;
}

function customerIdOf(resource: PolicyResource): string | undefined {
  const inputs = inputsOf('User', resource) ?? inputsOf('Location', resource);
  return inputs && known(() => inputs.customerId);
}
