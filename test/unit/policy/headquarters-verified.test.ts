import { describe, expect, it } from 'vitest';
import { headquartersVerified } from '../../../policy/policies/headquarters-verified';
import { customer, judged, UNKNOWN, violations } from './fakes';

describe('headquarters-verified', () => {
  const ask = (props: Record<string, unknown>) => violations(headquartersVerified(), [customer(props)]);

  it.each([
    ['no headquarters', {}],
    ['not verified', { headquarters: { supportedLocationVerified: false } }],
    ['nothing said', { headquarters: { name: 'Head Office' } }],
  ])('stops: %s', async (_, props) => {
    expect(await ask(props)).toEqual([
      expect.stringContaining("supportedLocationVerified isn't true, but webex_suite"),
    ]);
  });

  it('lets a verified one pass, and a customer without calling', async () => {
    expect(await ask({ headquarters: { supportedLocationVerified: true } })).toEqual([]);
    expect(await ask({ packages: ['webex_meetings'] })).toEqual([]);
  });

  it('advises, through Pulumi, while the value is unknown', async () => {
    const { advice } = await judged(headquartersVerified(), [customer({ packages: UNKNOWN })]);
    expect(advice).toEqual([expect.stringContaining("packages can't be known during preview")]);
  });
});
