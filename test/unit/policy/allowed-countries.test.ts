import { describe, expect, it } from 'vitest';
import { allowedCountries } from '../../../policy/policies/allowed-countries';
import { customer, type Declared, judged, UNKNOWN, user, violations } from './fakes';

const program: Declared[] = [
  { kind: 'OnboardingTemplate', name: 'template', props: { country: 'US' } },
  customer({ address: { country: 'US' }, headquarters: { address: { country: 'CA' } } }),
  { kind: 'Location', name: 'branch', props: { address: { country: 'GB' } } },
  user(),
];

describe('allowed-countries', () => {
  it('does nothing until it is configured', async () => {
    expect(await violations(allowedCountries(), program)).toEqual([]);
  });

  it('names the property of every country that is not allowed', async () => {
    expect(await violations(allowedCountries(), program, { countries: ['US', 'CA', 'GB'] })).toEqual([]);
    expect(await violations(allowedCountries(), program, { countries: ['DE', 'FR'] })).toEqual([
      'template: country is US; allowed are DE, FR',
      'johns-pizza: address.country is US; allowed are DE, FR',
      'johns-pizza: headquarters.address.country is CA; allowed are DE, FR',
      'branch: address.country is GB; allowed are DE, FR',
    ]);
  });

  it('cannot judge an unknown country', async () => {
    const unknown = [customer({ address: { country: UNKNOWN } })];
    const { advice } = await judged(allowedCountries(), unknown, { configuration: { countries: ['US'] } });
    expect(advice).toEqual([expect.stringContaining("country can't be known during preview")]);
  });
});
