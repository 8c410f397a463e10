import type { StackValidationPolicy } from '@pulumi/policy';
import { exceededLimits, exceededReason, LIMITED_PACKAGES } from 'pulumi-webex-wholesale/packages';
import { configurationOf, type PolicyOptions } from '../configuration';
import { known, packagesOf } from '../inputs';
import { customersOf } from '../links';

const NAME = 'package-limits';

/**
 * The declared users of a stack must fit into the declared package limits. Otherwise Webex refuses the first user above
 * a limit, in the middle of an update.
 *
 * Source: Cisco help article ny0fr7x: "package and add-on quantities that control the maximum number of packages that
 * can be assigned"; webex-wholesale.openapi.json, provisioningParameters.packages.limits.
 *
 * @example
 * new PolicyPack('acme', { policies: [packageLimits({ enforcementLevel: 'advisory' })] });
 */
export function packageLimits(options: PolicyOptions = {}): StackValidationPolicy {
  return {
    name: NAME,
    description: 'The declared users are within the package limits of their organization (Cisco help ny0fr7x).',
    enforcementLevel: options.enforcementLevel ?? 'mandatory',
    url: 'https://help.webex.com/ny0fr7x',
    configSchema: { properties: {} },
    validateStack: (args, reportViolation) => {
      configurationOf(args, NAME);
      for (const { urn, name, inputs, users } of customersOf(args)) {
        const used = users.map((user) => packagesOf(user.inputs));
        const limits = Object.fromEntries(
          LIMITED_PACKAGES.map((limited) => [limited, known(() => inputs.packageLimits?.[limited])]),
        );
        for (const exceeded of exceededLimits(limits, used)) {
          reportViolation(exceededReason(exceeded, `customer "${name}"`), urn);
        }
      }
    },
  };
}
