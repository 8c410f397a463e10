import { describe, expect, it } from 'vitest';
import { connectedPstnInTemplate } from '../../../policy/policies/connected-pstn-in-template';
import { customer, type Declared, violations } from './fakes';

const template = (props: Record<string, unknown>): Declared => ({
  kind: 'OnboardingTemplate',
  name: 'template',
  props,
});

describe('connected-pstn-in-template', () => {
  it('advises against a vendor in a template', async () => {
    expect(connectedPstnInTemplate().enforcementLevel).toBe('advisory');
    expect(await violations(connectedPstnInTemplate(), [template({ connectedPstnVendor: 'Vendor' })])).toEqual([
      'template: connectedPstnVendor is "Vendor". Remove it, and declare the connection at each location (calling.pstn)',
    ]);
    expect(await violations(connectedPstnInTemplate(), [template({ name: 'gold' }), customer()])).toEqual([]);
  });
});
