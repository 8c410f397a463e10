import type { ResourceValidationPolicy } from '@pulumi/policy';
import { configurationOf, type PolicyOptions } from '../configuration';
import { inputsOf } from '../inputs';

const NAME = 'connected-pstn-in-template';

/**
 * Advises against a connected PSTN vendor in an onboarding template: every new location would get it. The connection
 * belongs to each location (`calling.pstn`).
 *
 * Source: Cisco help article nf9ghpq (onboarding templates).
 *
 * @example
 * new PolicyPack('acme', { policies: [connectedPstnInTemplate({ enforcementLevel: 'advisory' })] });
 */
export function connectedPstnInTemplate(options: PolicyOptions = {}): ResourceValidationPolicy {
  return {
    name: NAME,
    description: 'An onboarding template names no connected PSTN vendor: Cisco does not recommend it (help nf9ghpq).',
    enforcementLevel: options.enforcementLevel ?? 'advisory',
    url: 'https://help.webex.com/nf9ghpq',
    configSchema: { properties: {} },
    validateResource: (args, reportViolation) => {
      configurationOf(args, NAME);
      const vendor = inputsOf('OnboardingTemplate', args)?.connectedPstnVendor;
      if (vendor === undefined) return;
      reportViolation(
        `connectedPstnVendor is "${vendor}". Remove it, and declare the connection at each location (calling.pstn)`,
      );
    },
  };
}
