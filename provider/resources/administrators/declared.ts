import { WebexApiError } from '../../webex';
import { DeclarationError } from '../outcomes/errors';
import { type Declared, Program } from '../program/program';
import type { Run } from '../run/run';
import { type DeclaredUser, guardPackageChange } from './guard';

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/** What a program declares of a user; inputs that aren't checked yet may hold anything. */
function declaredUser(inputs: Declared = {}): DeclaredUser | undefined {
  const { email, customerId, package: name, attendantConsole, roles, onBehalfOfSubPartnerOrgId: onBehalfOf } = inputs;
  if (!isText(email) || !isText(customerId) || !isText(name)) return undefined;
  return {
    email,
    customerId,
    package: name,
    attendantConsole: attendantConsole === true,
    roles: Array.isArray(roles) ? roles.filter(isText) : undefined,
    onBehalfOfSubPartnerOrgId: isText(onBehalfOf) ? onBehalfOf : undefined,
  };
}

/** A user as it was recorded. */
interface Recorded {
  readonly email: string;
  readonly customerId: string;
  readonly personId?: string | undefined;
}

/**
 * Refuses to remove a user whom another resource of the program declares again, lower, where the person is an
 * administrator: the write of that resource is refused later, and the administrator would have lost everything by then.
 * A resource that becomes another person is deleted first, since Pulumi deletes before it replaces.
 *
 * Costs requests only for a person who is declared again.
 *
 * @throws Error that says who is lowered
 */
export async function guardRemoval(run: Run, id: string, { email, customerId, personId }: Recorded): Promise<void> {
  // At another customer it will be another user.
  const declared = declaredUser(
    Program.of(run).find(
      'user',
      (user) =>
        isText(user.email) && user.email.toLowerCase() === email.toLowerCase() && user.customerId === customerId,
    ),
  );
  if (declared === undefined) return;
  try {
    await guardPackageChange(run, id, personId, declared);
  } catch (error) {
    if (error instanceof WebexApiError && error.isNotFound) return;
    if (!(error instanceof DeclarationError)) throw error;
    throw new Error(`user ${email} is not deleted, because the program declares it again: ${error.message}`);
  }
}
