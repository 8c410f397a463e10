import type { PolicyConfigSchema, ResourceValidationArgs } from '@pulumi/policy';
import { administratorBy, isAdministratorRole } from 'pulumi-webex-wholesale/packages';
import { type CustomerOrgInputs, inputsOf, known, knownItems, type UserInputs } from './inputs';

/** Configuration of the policies about administrators. */
export interface AdministratorConfiguration {
  /** Names of the roles that make a user an administrator. Default: every role with "Administrator" in its name. */
  administratorRoles?: string[];
  /** E-mail addresses of users that are administrators, independent of their declared roles. */
  administratorEmails?: string[];
}

/** JSON schema of {@link AdministratorConfiguration}. */
export const administratorProperties = {
  administratorRoles: {
    type: 'array',
    items: { type: 'string', minLength: 1 },
    minItems: 1,
    description: 'Names of the roles that make an administrator. Default: every role with "Administrator" in its name.',
  },
  administratorEmails: {
    type: 'array',
    items: { type: 'string', minLength: 3 },
    description: 'E-mail addresses of administrators whose roles the program does not declare.',
  },
} satisfies PolicyConfigSchema['properties'];

/** A customer that a policy knows. */
export interface KnownCustomer {
  readonly name: string;
  readonly inputs: CustomerOrgInputs;
}

/**
 * The reason why a user is an administrator, for a message: a role, before the change or after it; the configuration;
 * or that it is the customer's first administrator, which Webex creates from primaryEmail. Undefined without a reason.
 */
export function administrator(
  user: UserInputs,
  customer: KnownCustomer | undefined,
  { administratorRoles, administratorEmails = [] }: AdministratorConfiguration,
  rolesBefore?: readonly string[],
): string | undefined {
  const isAdministrator = administratorRoles
    ? (role: string) => administratorRoles.includes(role)
    : isAdministratorRole;
  const byRole = administratorBy(rolesBefore, rolesOf(user), isAdministrator);
  if (byRole !== undefined) return byRole;
  const email = known(() => user.email);
  if (administratorEmails.some((other) => isSameAddress(email, other)))
    return 'is an administrator (administratorEmails)';
  if (customer === undefined || !isPrimary(user, customer.inputs)) return undefined;
  return `is the first administrator (primaryEmail) of customer "${customer.name}"`;
}

/** The user's e-mail address, for messages. */
export function addressOf(user: UserInputs): string {
  return known(() => user.email) ?? 'a user whose e-mail address is not known yet';
}

/** The declared roles of a user that are known. */
export function rolesOf(user: UserInputs): string[] | undefined {
  return knownItems(() => user.roles);
}

/** Whether this user is the customer's first administrator. */
export function isPrimary(user: UserInputs, customer: CustomerOrgInputs): boolean {
  return isSameAddress(
    known(() => user.email),
    known(() => customer.primaryEmail),
  );
}

function isSameAddress(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && one.toLowerCase() === other?.toLowerCase();
}

/**
 * The customers that a run has declared so far. The check of a user before its write needs them, because a policy for a
 * single resource does not receive the dependencies of its customerId.
 */
export class CustomersSoFar {
  private readonly declared = new Map<string, KnownCustomer>();

  /** Notes a customer. Pulumi registers it before the users that depend on it. */
  note(args: ResourceValidationArgs): void {
    const inputs = inputsOf('CustomerOrg', args);
    if (inputs) this.declared.set(args.urn, { name: args.name, inputs });
  }

  /**
   * The customers that a user may belong to: the customer that the provider adds to the inputs, or the user's parent;
   * else those with this user as first administrator; else all.
   */
  of(args: ResourceValidationArgs, user: UserInputs): KnownCustomer[] {
    const own = this.declared.get(known(() => user.customer) ?? '') ?? this.declared.get(args.opts.parent ?? '');
    if (own) return [own];
    const all = [...this.declared.values()];
    const primary = all.filter(({ inputs }) => isPrimary(user, inputs));
    return primary.length > 0 ? primary : all;
  }
}
