import type { ResourceValidationPolicy, StackValidationPolicy } from '@pulumi/policy';
import { ADMINISTRATOR_RULE, organizationLevel } from 'pulumi-webex-wholesale/packages';
import { addressOf, administrator, isPrimary } from '../administrators';
import { configurationOf, type PolicyOptions } from '../configuration';
import { known, knownItems } from '../inputs';
import { customersOf, usersOfOthers } from '../links';
import { PackagesBefore } from '../packages-before';

const NAME = 'undeclared-administrators';

/**
 * Reports what can't be judged: the removal of a package at the organization's level while its first administrator
 * (primaryEmail) isn't declared, because Webex provisioned that user with this level; and an administrator of a
 * customer that isn't declared, because the level of the organization isn't known then.
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
    description: 'What is not declared is not judged: an administrator, or the customer of one (Cisco help ny0fr7x).',
    enforcementLevel: options.enforcementLevel ?? 'advisory',
    url: ADMINISTRATOR_RULE,
    configSchema: { properties: {} },
    validateResource: (args) => {
      configurationOf(args, NAME);
      packagesBefore.note(args);
    },
    validateStack: (args, reportViolation) => {
      for (const { urn, inputs: user } of usersOfOthers(args)) {
        const because = administrator(user, undefined, {});
        if (because === undefined) continue;
        reportViolation(
          `${addressOf(user)} ${because} of a customer that this program doesn't declare: whether its package is at the level of the ` +
            "organization can't be determined here. Compare it in Control Hub",
          urn,
        );
      }
      for (const { urn, name, inputs, users } of customersOf(args)) {
        const [packages, primary] = [knownItems(() => inputs.packages), known(() => inputs.primaryEmail)];
        if (packages === undefined || primary === undefined) continue;
        const left: readonly string[] = packages;
        const taken = organizationLevel(packagesBefore.of(urn)).filter((each) => !left.includes(each));
        if (taken.length === 0 || users.some((user) => isPrimary(user.inputs, inputs))) continue;
        reportViolation(
          `${taken.join(' and ')} is taken from customer "${name}", whose first administrator ${primary} isn't declared: whether ` +
            "administrators lose it can't be determined here. Declare them, or look in Control Hub before you apply this",
          urn,
        );
      }
    },
  };
}
