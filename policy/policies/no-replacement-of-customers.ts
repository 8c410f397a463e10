import type { ResourceValidationPolicy } from '@pulumi/policy';
import { configurationOf, type PolicyOptions } from '../configuration';
import { inputsOf } from '../inputs';

const NAME = 'no-replacement-of-customers';

/**
 * Forbids `allowReplacement` for customers. A replacement removes the mapping of the organization, or with
 * `removal: "delete"` the organization itself, and creates another one.
 *
 * Source: webex-wholesale.openapi.json, DELETE /wholesale/customers/{customerId}; PUT has no customerInfo.
 *
 * @example
 * new PolicyPack('acme', { policies: [noReplacementOfCustomers({ enforcementLevel: 'advisory' })] });
 */
export function noReplacementOfCustomers(options: PolicyOptions = {}): ResourceValidationPolicy {
  return {
    name: NAME,
    description: 'A CustomerOrg does not allow its replacement: that would remove the customer and create another.',
    enforcementLevel: options.enforcementLevel ?? 'mandatory',
    configSchema: { properties: {} },
    validateResource: (args, reportViolation) => {
      configurationOf(args, NAME);
      if (inputsOf('CustomerOrg', args)?.allowReplacement !== true) return;
      reportViolation('allowReplacement is true. Remove it, and put the value back that would replace the customer');
    },
  };
}
