import { UNKNOWN } from '../../lifecycle';
import { WebexApiError } from '../../webex';
import { isSameText } from '../inputs/spelling';
import { DeclarationError, orGone } from '../outcomes/errors';
import { type Declared, Program } from '../program/program';
import { Activity } from '../run/activity';
import type { Run } from '../run/run';
import { type DeclaredUser, guardPackageChange } from './guard';
import { standingOf } from './roles';

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

/** A user that is to be removed, as it was recorded. */
interface RemovedUser {
  readonly email: string;
  readonly customerId: string;
  readonly personId?: string | undefined;
}

/**
 * Refuses to remove an administrator that another resource of the program declares again with a lower package: the
 * write of that resource would be refused, and the administrator would have lost everything by then. Where a resource
 * gets another person, Pulumi deletes the old one before it creates the new one, while the program still runs: an
 * administrator is then removed only once the program seems to have declared all of its users.
 *
 * Costs requests only for a user that is declared again, and one for the user of a resource that gets another person.
 *
 * @throws Error that names the user and its packages
 */
export async function guardRemoval(run: Run, id: string, recorded: RemovedUser): Promise<void> {
  const { email, personId } = recorded;
  if (await mayBeDeclaredLater(run, id, recorded)) await Activity.of(run).quiet();
  const declared = declaredAgain(run, recorded);
  if (declared === undefined) return;
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

/** What the program declares of the user, as far as this is known yet. */
function declaredAgain(run: Run, { email, customerId }: RemovedUser): DeclaredUser | undefined {
  const inputs = Program.of(run).findEarly('user', isUser(email));
  // At another customer it will be another user. A customer that isn't known yet may be this one, under another name or
  // replaced.
  if (inputs === undefined || ![customerId, UNKNOWN, undefined].includes(inputs.customerId as string)) return undefined;
  return declaredUser(inputs, email, customerId);
}

/**
 * Whether the user is an administrator, or may be one, that no resource declares so far, and whose own resource stays
 * declared: it is deleted before the program has ended.
 */
async function mayBeDeclaredLater(run: Run, id: string, { email, personId }: RemovedUser): Promise<boolean> {
  const program = Program.of(run);
  if (!run.claims.mayReplace('user') || program.findEarly('user', isUser(email))) return false;
  const own = (await run.recorded()).find((user) => user.id === id);
  if (own === undefined || !program.all('user').has(own.urn)) return false;
  const person = personId === undefined ? {} : await orGone(run.webex.people.get(personId));
  return person !== undefined && (await standingOf(run, person, undefined)) !== undefined;
}

/** Whether a declaration is that of the user with this address. */
export function isUser(email: string) {
  return ({ email: other }: Declared) => isText(other) && isSameText(other, email, 'email');
}
