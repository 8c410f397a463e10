import { WebexApiError } from '../../webex';
import { DeclarationError } from '../outcomes/errors';
import type { Run } from '../run/run';
import { type DeclaredUser, guardPackageChange } from './guard';

/** The users that the program of this run declares, as far as they are known: by e-mail address. */
export class DeclaredUsers {
  private readonly byAddress = new Map<string, DeclaredUser>();

  static of(run: Run): DeclaredUsers {
    return run.memory.forRun('declared users', () => new DeclaredUsers());
  }

  /** Adds a user; inputs of another resource may hold anything, and are left out then. */
  add(inputs: { readonly [name in keyof DeclaredUser]?: unknown }): void {
    const { email, customerId, package: name, attendantConsole, roles, onBehalfOfSubPartnerOrgId: onBehalfOf } = inputs;
    if (!isText(email) || !isText(customerId) || !isText(name)) return;
    this.byAddress.set(email.toLowerCase(), {
      email,
      customerId,
      package: name,
      attendantConsole: attendantConsole === true,
      roles: Array.isArray(roles) ? roles.filter(isText) : undefined,
      onBehalfOfSubPartnerOrgId: isText(onBehalfOf) ? onBehalfOf : undefined,
    });
  }

  get(email: string): DeclaredUser | undefined {
    return this.byAddress.get(email.toLowerCase());
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
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
  const declared = DeclaredUsers.of(run).get(email);
  // At another customer it will be another user.
  if (declared === undefined || declared.customerId !== customerId) return;
  try {
    await guardPackageChange(run, id, personId, declared);
  } catch (error) {
    if (error instanceof WebexApiError && error.isNotFound) return;
    if (!(error instanceof DeclarationError)) throw error;
    throw new Error(`user ${email} is not deleted, because the program declares it again: ${error.message}`);
  }
}
