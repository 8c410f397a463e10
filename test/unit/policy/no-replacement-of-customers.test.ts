import { describe, expect, it } from 'vitest';
import { noReplacementOfCustomers } from '../../../policy/policies/no-replacement-of-customers';
import { customer, user, violations } from './fakes';

describe('no-replacement-of-customers', () => {
  const ask = (props: Record<string, unknown>) => violations(noReplacementOfCustomers(), [customer(props)]);

  it('forbids allowReplacement at customers only', async () => {
    expect(await ask({ allowReplacement: true })).toHaveLength(1);
    expect(await ask({ allowReplacement: false })).toEqual([]);
    expect(await ask({})).toEqual([]);
    expect(await violations(noReplacementOfCustomers(), [user({ allowReplacement: true })])).toEqual([]);
  });
});
