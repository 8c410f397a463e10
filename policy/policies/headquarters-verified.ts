import type { ResourceValidationPolicy } from '@pulumi/policy';
import { hasCalling } from 'pulumi-webex-wholesale/packages';
import { configurationOf, type PolicyOptions } from '../configuration';
import { inputsOf } from '../inputs';

const NAME = 'headquarters-verified';

/**
 * The headquarters of a customer with calling must be verified as a supported location: the checkbox in Partner Hub,
 * `headquarters.supportedLocationVerified`.
 *
 * Source: Cisco help article ny0fr7x (provision a customer, headquarters location).
 *
 * @example
 * new PolicyPack('acme', { policies: [headquartersVerified({ enforcementLevel: 'advisory' })] });
 */
export function headquartersVerified(options: PolicyOptions = {}): ResourceValidationPolicy {
  return {
    name: NAME,
    description:
      'The headquarters of a customer with calling is verified as a supported location (Cisco help ny0fr7x).',
    enforcementLevel: options.enforcementLevel ?? 'mandatory',
    url: 'https://help.webex.com/ny0fr7x',
    configSchema: { properties: {} },
    validateResource: (args, reportViolation) => {
      configurationOf(args, NAME);
      const customer = inputsOf('CustomerOrg', args);
      const calling = customer?.packages.find(hasCalling);
      if (calling === undefined || customer?.headquarters?.supportedLocationVerified === true) return;
      reportViolation(
        `headquarters.supportedLocationVerified isn't true, but ${calling} brings Webex Calling. Verify with Cisco that the ` +
          'headquarters is in a supported location, then set it',
      );
    },
  };
}
