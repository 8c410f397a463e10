import { UNKNOWN } from '../../lifecycle';
import { WebexApiError } from '../../webex';
import { DeclarationError } from '../outcomes/errors';
import { type Declared, Program } from '../program/program';
import type { Run } from '../run/run';
import { type DeclaredUser, guardPackageChange } from './guard';

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

/**
 * The declaration of a user, as far as the rule needs it. Inputs that aren't checked yet may hold anything. A package
 * that isn't known yet may be any package, also the lowest one.
 */
function declaredUser(inputs: Declared, email: string, customerId: string): DeclaredUser {
  const { package: name, attendantConsole, roles, onBehalfOfSubPartnerOrgId: onBehalfOf } = inputs;
  return {
    email,
    customerId,
    package: isText(name) ? name : UNKNOWN,
    attendantConsole: attendantConsole === true,
    roles: Array.isArray(roles) ? roles.filter(isText) : undefined,
    onBehalfOfSubPartnerOrgId: isText(onBehalfOf) ? onBehalfOf : undefined,
  };
}

/**
 * Refuses to remove an administrator that another resource of the program declares again with a lower package: the
 * write of that resource would be refused, and the administrator would have lost everything by then. Where a resource
 * gets another person, Pulumi deletes the old one before it creates the new one.
 *
 * Costs requests only for a user that is declared again.
 *
 * @throws Error that names the user and its packages
 */
export async function guardRemoval(
  run: Run,
  id: string,
  { email, customerId, personId }: { email: string; customerId: string; personId?: string | undefined },
): Promise<void> {
  const isSame = (address: unknown) => isText(address) && address.toLowerCase() === email.toLowerCase();
  const inputs = Program.of(run).findEarly('user', (user) => isSame(user.email));
  // At another customer it will be another user. A customer that isn't known yet may be this one, under another name or
  // replaced.
  if (inputs === undefined || ![customerId, UNKNOWN, undefined].includes(inputs.customerId as string)) return;
  const declared = declaredUser(inputs, email, customerId);
  try {
    await guardPackageChange(run, id, personId, declared);
  } catch (error) {
    if (error instanceof WebexApiError && error.isNotFound) return;
    if (!(error instanceof DeclarationError)) throw error;
    const reason =
      declared.package === UNKNOWN
        ? 'with a package that is not known yet, which an administrator may lose something by. Declare the package as a text, or ' +
          'change in an earlier run what it is made of'
        : error.message;
    throw new Error(`user ${email} is not deleted, because the program declares it again: ${reason}`);
  }
}
