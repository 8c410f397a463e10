import type { ResourceValidationArgs } from '@pulumi/policy';
import { inputsOf } from './inputs';

/**
 * The packages of customers before the change. Only the validation of a resource receives them, and only the validation
 * of the stack receives a customer's users.
 */
export class PackagesBefore {
  private readonly packages = new Map<string, readonly string[]>();

  /** Notes the packages of a customer; ignores other resources. */
  note(args: ResourceValidationArgs): void {
    const customer = inputsOf('CustomerOrg', args);
    if (customer) this.packages.set(args.urn, customer.previous?.packages ?? []);
  }

  /** The packages of a customer before the change, by its URN; empty if they don't change. */
  of(urn: string): readonly string[] {
    return this.packages.get(urn) ?? [];
  }
}
