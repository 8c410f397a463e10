import type { ResourceValidationPolicy, StackValidationPolicy } from '@pulumi/policy';
import { configurationOf, type PolicyOptions } from '../configuration';
import { knownItems, packagesOf } from '../inputs';
import { customersOf } from '../links';
import { PackagesBefore } from '../packages-before';

const NAME = 'customer-package-removal';

/**
 * Refuses to remove a package from an organization while declared users have it, because their services would end. It
 * also reports declared users with a package that the organization never had.
 *
 * Source: webex-wholesale.openapi.json, PUT /wholesale/customers/{customerId}, packages; Cisco help article ny0fr7x.
 *
 * @example
 * new PolicyPack('acme', { policies: [customerPackageRemoval({ enforcementLevel: 'advisory' })] });
 */
export function customerPackageRemoval(options: PolicyOptions = {}): ResourceValidationPolicy & StackValidationPolicy {
  const packagesBefore = new PackagesBefore();
  return {
    name: NAME,
    description: 'A package is not taken from an organization while declared users have it (Cisco help ny0fr7x).',
    enforcementLevel: options.enforcementLevel ?? 'mandatory',
    url: 'https://help.webex.com/ny0fr7x',
    configSchema: { properties: {} },
    validateResource: (args) => {
      configurationOf(args, NAME);
      packagesBefore.note(args);
    },
    validateStack: (args, reportViolation) => {
      for (const { urn, name, inputs, users } of customersOf(args)) {
        const packages: string[] | undefined = knownItems(() => inputs.packages);
        if (packages === undefined) continue;
        const missing = new Map<string, string[]>();
        for (const { inputs: user } of users) {
          for (const used of packagesOf(user)) {
            if (!packages.includes(used)) missing.set(used, [...(missing.get(used) ?? []), user.email]);
          }
        }
        for (const [used, emails] of missing) {
          const taken = packagesBefore.of(urn).includes(used);
          const what = taken ? `${used} is taken from` : `${used} isn't a package of`;
          reportViolation(
            `${what} customer "${name}", but ${emails.length} of its users ${emails.length === 1 ? 'has' : 'have'} it: ` +
              `${listed(emails)}. Keep ${used} in packages, or give them another package first`,
            urn,
          );
        }
      }
    },
  };
}

function listed(emails: readonly string[]): string {
  const more = emails.length - 5;
  return more > 0 ? `${emails.slice(0, 5).join(', ')} and ${more} more` : emails.join(', ');
}
