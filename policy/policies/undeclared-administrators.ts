import type { ResourceValidationPolicy, StackValidationPolicy } from '@pulumi/policy';
import { ADMINISTRATOR_RULE, organizationLevel } from 'pulumi-webex-wholesale/packages';
import { isPrimary } from '../administrators';
import { configurationOf, type PolicyOptions } from '../configuration';
import { known, knownItems } from '../inputs';
import { customersOf } from '../links';
import { PackagesBefore } from '../packages-before';

const NAME = 'undeclared-administrators';

/**
 * Reports the removal of a package at the organization's level while its first administrator (primaryEmail) isn't
 * declared: Webex provisioned that user with this level, and a policy can't check users that aren't declared.
 *
 * Source: Cisco help article ny0fr7x, "Administrators should be provisioned with the same level of package as the
 * customer organization was created with".
 *
 * @example
 * new PolicyPack('acme', { policies: [undeclaredAdministrators({ enforcementLevel: 'advisory' })] });
 */
export function undeclaredAdministrators(
  options: PolicyOptions = {},
): ResourceValidationPolicy & StackValidationPolicy {
  const packagesBefore = new PackagesBefore();
  return {
    name: NAME,
    description:
      'What an organization loses is not looked up for administrators that are not declared (Cisco help ny0fr7x).',
    enforcementLevel: options.enforcementLevel ?? 'advisory',
    url: ADMINISTRATOR_RULE,
    configSchema: { properties: {} },
    validateResource: (args) => {
      configurationOf(args, NAME);
      packagesBefore.note(args);
    },
    validateStack: (args, reportViolation) => {
      for (const { urn, name, inputs, users } of customersOf(args)) {
        const [packages, primary] = [knownItems(() => inputs.packages), known(() => inputs.primaryEmail)];
        if (packages === undefined || primary === undefined) continue;
        const left: readonly string[] = packages;
        const taken = organizationLevel(packagesBefore.of(urn)).filter((each) => !left.includes(each));
        if (taken.length === 0 || users.some((user) => isPrimary(user.inputs, inputs))) continue;
        reportViolation(
          `${taken.join(' and ')} is taken from customer "${name}", whose first administrator ${primary} isn't declared: whether ` +
            'administrators lose it can not be told here. Declare them, or look in Control Hub before you apply this',
          urn,
        );
      }
    },
  };
}
