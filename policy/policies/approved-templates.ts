import type { ResourceValidationPolicy } from '@pulumi/policy';
import { configurationOf, type PolicyOptions, type Properties } from '../configuration';
import { inputsOf } from '../inputs';

const NAME = 'approved-templates';

const properties = {
  provisioningIds: {
    type: 'array',
    items: { type: 'string', minLength: 1 },
    description: 'Provisioning IDs of the templates that customers may be created with. Without it all are.',
  },
} satisfies Properties;

/**
 * Customers are created with approved onboarding templates only: a template decides subscription, sign-in and region.
 * Does nothing until `provisioningIds` is configured.
 *
 * Source: webex-wholesale.openapi.json, POST /wholesale/customers, provisioningId; Cisco help article nf9ghpq.
 *
 * @example
 * new PolicyPack('acme', { policies: [approvedTemplates({ enforcementLevel: 'advisory' })] });
 */
export function approvedTemplates(options: PolicyOptions = {}): ResourceValidationPolicy {
  return {
    name: NAME,
    description: 'Only approved onboarding templates are used (Cisco help nf9ghpq).',
    enforcementLevel: options.enforcementLevel ?? 'mandatory',
    url: 'https://help.webex.com/nf9ghpq',
    configSchema: { properties },
    validateResource: (args, reportViolation) => {
      const { provisioningIds } = configurationOf<{ provisioningIds?: string[] }>(args, NAME, properties);
      const resource = inputsOf('CustomerOrg', args) ?? inputsOf('OnboardingTemplate', args);
      if (provisioningIds === undefined || resource === undefined) return;
      const { provisioningId } = resource;
      // The ID of a declared template may not be known yet: its customers are checked once it is.
      if (provisioningId === undefined || provisioningIds.includes(provisioningId)) return;
      reportViolation(
        `provisioningId ${provisioningId} is no approved template: provisioningIds lists ${provisioningIds.join(', ') || 'none'}`,
      );
    },
  };
}
