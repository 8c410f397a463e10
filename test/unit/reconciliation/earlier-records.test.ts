import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { toResourceProvider } from '../../../provider/dynamic/provider';
import { backend, newProcess } from './support';

interface EarlierRecord {
  kind: 'onboardingTemplate' | 'customerOrg' | 'location' | 'user';
  /** As the program declares it. */
  declared: Record<string, unknown>;
  inputs: Record<string, unknown>;
  id: string;
  outputs: Record<string, unknown>;
}

/**
 * What an earlier provider recorded of these declarations: `partnerOrgId` is an ID, `locationIsDeclared` is always
 * there, and an administrator has no `customer`.
 */
const records = JSON.parse(readFileSync(path.join(__dirname, 'earlier-records.json'), 'utf8')) as Record<
  string,
  EarlierRecord
>;

describe('a stack that an earlier provider wrote is unchanged, without a request', () => {
  const { control } = backend();

  it.each(Object.entries(records))('%s', async (name, { kind, declared, inputs, id, outputs }) => {
    const { [kind]: lifecycle } = await newProcess();
    const handlers = toResourceProvider(lifecycle as Parameters<typeof toResourceProvider>[0]);
    const references = {
      customerId: ['urn:pulumi:dev::acme::pulumi-nodejs:dynamic/webex-wholesale:CustomerOrg::acme'],
    };
    const caller = JSON.stringify({ urn: name, name, dryRun: true, ...(kind === 'user' && { references }) });
    await control('DELETE', '/requests');

    const checked = await handlers.check?.(inputs, { ...declared, __provider: 'code', __caller: caller });
    expect(checked?.failures).toEqual([]);
    // Only for policies: diff doesn't see a change in it.
    const { customer: _forPolicies, ...news } = { ...checked?.inputs };
    expect(news).toEqual(inputs);
    expect(await handlers.diff?.(id, outputs, checked?.inputs)).toMatchObject({ changes: false });
    expect(await control('GET', '/requests')).toMatchObject({ total: 0 });
  });
});
