import type { ResourceValidationPolicy } from '@pulumi/policy';
import { configurationOf, type PolicyOptions } from '../configuration';
import { inputsOf } from '../inputs';

const NAME = 'protect-customers';

/**
 * Advises to protect customers: with `removal: "delete"`, removing a resource from a program by mistake deletes a
 * company's phone system.
 *
 * Source: webex-admin.openapi.json, DELETE /organizations/{orgId}; Pulumi's resource option `protect`.
 *
 * @example
 * new PolicyPack('acme', { policies: [protectCustomers({ enforcementLevel: 'advisory' })] });
 */
export function protectCustomers(options: PolicyOptions = {}): ResourceValidationPolicy {
  return {
    name: NAME,
    description: 'A CustomerOrg has the resource option protect, so that no mistake in a program removes a customer.',
    enforcementLevel: options.enforcementLevel ?? 'advisory',
    url: 'https://www.pulumi.com/docs/iac/concepts/options/protect/',
    configSchema: { properties: {} },
    validateResource: (args, reportViolation) => {
      configurationOf(args, NAME);
      if (inputsOf('CustomerOrg', args) === undefined || args.opts.protect) return;
      reportViolation('the customer is not protected. Give it the resource option { protect: true }');
    },
  };
}
