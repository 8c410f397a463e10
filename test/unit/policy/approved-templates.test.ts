import { describe, expect, it } from 'vitest';
import { approvedTemplates } from '../../../policy/policies/approved-templates';
import { customer, type Declared, judged, UNKNOWN, violations } from './fakes';

const template = (props: Record<string, unknown>): Declared => ({
  kind: 'OnboardingTemplate',
  name: 'template',
  props,
});

describe('approved-templates', () => {
  const ask = (program: Declared[], configuration: object) => violations(approvedTemplates(), program, configuration);
  const used = [template({ provisioningId: 'ZjVi' }), customer({ provisioningId: 'ZjVi' })];

  it('does nothing until it is configured', async () => {
    expect(await ask(used, {})).toEqual([]);
  });

  it('finds a template, and a customer, that is not in the list', async () => {
    expect(await ask(used, { provisioningIds: ['ZjVi'] })).toEqual([]);
    expect(await ask(used, { provisioningIds: ['other'] })).toEqual([
      'template: provisioningId ZjVi is no approved template: provisioningIds lists other',
      'johns-pizza: provisioningId ZjVi is no approved template: provisioningIds lists other',
    ]);
    expect(await ask(used, { provisioningIds: [] })).toHaveLength(2);
  });

  it('lets a managed template be; its customers are checked once the ID is known', async () => {
    expect(await ask([template({ name: 'gold' })], { provisioningIds: ['ZjVi'] })).toEqual([]);
    const waiting = [customer({ provisioningId: UNKNOWN })];
    const { advice } = await judged(approvedTemplates(), waiting, { configuration: { provisioningIds: ['ZjVi'] } });
    expect(advice).toEqual([expect.stringContaining("provisioningId can't be known during preview")]);
  });
});
