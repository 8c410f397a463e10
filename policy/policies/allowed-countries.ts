import type { ResourceValidationPolicy } from '@pulumi/policy';
import { configurationOf, type PolicyOptions, type Properties } from '../configuration';
import { inputsOf } from '../inputs';

const NAME = 'allowed-countries';

const properties = {
  countries: {
    type: 'array',
    items: { type: 'string', pattern: '^[A-Z]{2}$' },
    description: 'ISO 3166-1 alpha-2 codes of the countries that are served. Without it all are.',
  },
} satisfies Properties;

/** The countries in the inputs of a resource, by property path. */
type Countries = readonly (readonly [path: string, country: string | undefined])[];

/**
 * Customers, headquarters, locations and templates are in the countries that the service provider serves. Does nothing
 * until `countries` is configured.
 *
 * Source: webex-wholesale.openapi.json, POST /wholesale/customers, address.country ("ISO2 country code of the
 * customer"), which also decides the dial-in number of the meeting site.
 *
 * @example
 * new PolicyPack('acme', { policies: [allowedCountries({ enforcementLevel: 'advisory' })] });
 */
export function allowedCountries(options: PolicyOptions = {}): ResourceValidationPolicy {
  return {
    name: NAME,
    description: 'Customers and locations are in allowed countries only (wholesale API, address.country).',
    enforcementLevel: options.enforcementLevel ?? 'mandatory',
    configSchema: { properties },
    validateResource: (args, reportViolation) => {
      const { countries } = configurationOf<{ countries?: string[] }>(args, NAME, properties);
      if (countries === undefined) return;
      for (const [path, country] of countriesOf(args)) {
        if (country === undefined || countries.includes(country)) continue;
        reportViolation(`${path} is ${country}; allowed are ${countries.join(', ') || 'none'}`);
      }
    },
  };
}

function countriesOf(resource: { type: string; props: object }): Countries {
  const customer = inputsOf('CustomerOrg', resource);
  const headquarters = customer?.headquarters;
  const location = inputsOf('Location', resource);
  const template = inputsOf('OnboardingTemplate', resource);
  return [
    ['address.country', customer?.address?.country ?? location?.address?.country],
    ['headquarters.address.country', headquarters?.address?.country],
    ['country', template?.country],
  ];
}
