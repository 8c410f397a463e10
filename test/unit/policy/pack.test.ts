import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { allPolicies } from '../../../policy/index';
import { root } from '../../../tools/setup/paths.mjs';
import { customer, user, violations } from './fakes';

const policies = allPolicies().map((policy) => ({ name: policy.name, policy }));

describe('the pack', () => {
  it('has every policy of its folder, once', () => {
    const files = readdirSync(path.join(root, 'policy', 'policies')).map((file) => file.replace(/\.ts$/, ''));
    expect(policies.map(({ name }) => name).sort()).toEqual(files.sort());
  });

  it.each(policies)('$name has a description with its source', ({ policy }) => {
    expect(policy.description.length).toBeGreaterThan(30);
    expect(policy.enforcementLevel).toMatch(/^(mandatory|advisory)$/);
    expect(policy.configSchema).toBeDefined();
  });

  it.each(policies)('$name is in the table of docs/policy.md, with its level and configuration', ({ name, policy }) => {
    const page = readFileSync(path.join(root, 'docs', 'policy.md'), 'utf8');
    const [, level, configuration] =
      new RegExp(`^\\| \`${name}\` \\| (\\w+) \\| [^|]+ \\|([^|]*)\\|`, 'm').exec(page) ?? [];
    expect(level).toBe(policy.enforcementLevel);
    expect(configuration?.match(/\w+/g) ?? []).toEqual(Object.keys(policy.configSchema?.properties ?? {}));
  });

  it.each(policies)('$name refuses a configuration key that it does not know', async ({ name, policy }) => {
    const asked = violations(policy, [{ kind: 'pulumi:pulumi:Stack', name: 'stack', props: {} }], { countrys: ['US'] });
    await expect(asked).rejects.toThrow(
      `policy "${name}" has no configuration key "countrys"; it knows enforcementLevel`,
    );
  });

  it.each(policies)('$name ignores a program without our resources', async ({ policy }) => {
    const program = [
      { kind: 'pulumi:pulumi:Stack', name: 'stack', props: {} },
      { kind: 'random:index:User', name: 'user', props: { package: 'webex_voice', roles: ['Full Administrator'] } },
    ];
    expect(await violations(policy, program)).toEqual([]);
  });

  it('gives each pack policies of its own, which know nothing of another', async () => {
    const lowered = user({
      email: 'john.anderson@acme.com',
      package: 'webex_calling',
      previous: { package: 'webex_suite' },
    });
    const [first, second] = [allPolicies()[0], allPolicies()[0]];
    if (first === undefined || second === undefined) throw new Error('no policies');
    expect(await violations(first, [customer(), lowered])).toHaveLength(1);
    const { previous: _, ...now } = lowered.props;
    expect(await violations(second, [customer(), { ...lowered, props: now }])).toEqual([]);
  });
});
