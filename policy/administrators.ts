import { isAdministratorRole } from 'pulumi-webex-wholesale/packages';
import type { Properties } from './configuration';
import { type CustomerOrgInputs, known, knownItems, type UserInputs } from './inputs';

/** Configuration of the policies about administrators. */
export interface AdministratorConfiguration {
  /** Names of the roles that make an administrator. Without it every role with "Administrator" in its name. */
  administratorRoles?: string[];
}

/** JSON schema of {@link AdministratorConfiguration}. */
export const administratorProperties = {
  administratorRoles: {
    type: 'array',
    items: { type: 'string', minLength: 1 },
    minItems: 1,
    description: 'Names of the roles that make an administrator. Default: every role with "Administrator" in its name.',
  },
} satisfies Properties;

/** Says of a role, by name, whether it makes an administrator. */
export function administratorRole({ administratorRoles }: AdministratorConfiguration): (role: string) => boolean {
  return administratorRoles ? (role) => administratorRoles.includes(role) : isAdministratorRole;
}

/** The declared roles of a user, as far as they are known. */
export function rolesOf(user: UserInputs): string[] | undefined {
  return knownItems(() => user.roles);
}

/** Whether this user is the customer's first administrator, whom Webex makes from primaryEmail. */
export function isPrimary(user: UserInputs, customer: CustomerOrgInputs): boolean {
  const [email, primary] = [known(() => user.email), known(() => customer.primaryEmail)];
  return email !== undefined && email.toLowerCase() === primary?.toLowerCase();
}
