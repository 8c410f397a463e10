import { describe, expect, it } from 'vitest';
import { protectCustomers } from '../../../policy/policies/protect-customers';
import { customer, user, violations } from './fakes';

describe('protect-customers', () => {
  it('advises to protect a customer, and nothing else', async () => {
    expect(protectCustomers().enforcementLevel).toBe('advisory');
    expect(await violations(protectCustomers(), [customer(), user()])).toEqual([
      'johns-pizza: the customer is not protected. Give it the resource option { protect: true }',
    ]);
    expect(await violations(protectCustomers(), [{ ...customer(), protect: true }])).toEqual([]);
  });
});
