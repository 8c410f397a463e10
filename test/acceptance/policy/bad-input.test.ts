import { cp, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../../tools/setup/paths.mjs';
import { createWorkspace, type Workspace } from '../harness';
import { withPack } from './pack';
import { customer, type Spec, source, user } from './program';

const one: Spec = { customers: [customer('pizza')], users: [user('alice', 'pizza')] };

describe('the policy pack and bad input', () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await createWorkspace({ program: source(one), simulator: { provisioningSeconds: 0.05 } });
  });
  afterAll(() => workspace.close());

  /** A preview with this configuration of the pack. */
  async function preview(configuration: object | string) {
    const file = path.join(workspace.folder, 'policy-config.json');
    await writeFile(file, typeof configuration === 'string' ? configuration : JSON.stringify(configuration));
    return workspace.pulumi('preview', ...withPack, '--policy-pack-config', file);
  }

  it('reports an unknown configuration key, with the known ones', async () => {
    const failed = (await preview({ 'allowed-countries': { countrys: ['US'] } })).fails();
    expect(failed.stdout).toContain(
      'policy "allowed-countries" has no configuration key "countrys"; it knows enforcementLevel, countries',
    );
    expect(failed.stdout).not.toContain('    at ');
  }, 120_000);

  it.each([
    [
      'a wrong type',
      { 'allowed-countries': { countries: 'US' } },
      'countries: Invalid type. Expected: array, given: string',
    ],
    [
      'a wrong value',
      { 'allowed-countries': { countries: ['usa'] } },
      "countries.0: Does not match pattern '^[A-Z]{2}$'",
    ],
    ['a wrong level', { 'package-limits': 'off' }, '"off" is not a valid enforcement level'],
    ['no JSON', '{ "package-limits": ', 'unexpected end of JSON input'],
  ])(
    'refuses %s in the configuration',
    async (_, configuration, text) => {
      const failed = (await preview(configuration)).fails();
      expect(failed.all).toContain(text);
      expect(failed.all).not.toContain('    at ');
    },
    120_000,
  );

  it('checks what it can while IDs are unknown: a first preview has no advice about what it could not check', async () => {
    const passed = (await preview({ 'protect-customers': 'disabled' })).ok();
    expect(passed.stdout).not.toContain("can't run policy");
    expect(passed.stdout).toContain('+ 3 to create');
  }, 120_000);

  it('advises which policy could not check an unknown value', async () => {
    await workspace.setProgram(`
const webex = require('pulumi-webex-wholesale');
const pulumi = require('@pulumi/pulumi');
const spec = ${JSON.stringify(customer('pizza').args)};
const first = new webex.CustomerOrg('first', { ...spec, externalId: 'first' });
new webex.CustomerOrg('second', { ...spec, packages: first.orgId.apply(() => ['webex_suite']) });`);
    const passed = (await preview({})).ok();
    const about = passed.stdout.match(/\[advisory\] {2}headquarters-verified {2}\(.*: second\)\n +.*/g) ?? [];
    expect(about).toHaveLength(1);
    expect(about[0]).toContain("packages can't be known during preview");
  }, 120_000);

  it('ignores a program without our resources', async () => {
    await workspace.setProgram('exports.nothing = 1;');
    const passed = (await preview({})).ok();
    expect(passed.stdout).toMatch(/Policies:\n +✅ webex-wholesale-policy@v0\.1\.0/);
  }, 120_000);

  it('reports a hundred violations, each once, two lines a violation and one heading', async () => {
    const hundred = Array.from({ length: 100 }, (_, index) =>
      user(`admin${index}`, 'pizza', { package: 'webex_calling', roles: ['Full Administrator'] }),
    );
    await workspace.setProgram(source({ ...one, users: hundred }));
    const failed = (await preview({ 'protect-customers': 'disabled' })).fails();
    const [, policies = ''] = failed.stdout.split('Policies:');
    const found = policies.match(/\[mandatory\] {2}admin-package-level {2}\(.*: admin\d+\)/g) ?? [];
    expect(new Set(found).size).toBe(100);
    expect(found).toHaveLength(100);
    expect((policies.split('Diagnostics:')[0] ?? '').trim().split('\n')).toHaveLength(1 + 3 * 100);
    expect(await workspace.simulator.requests()).toMatchObject({ writes: 0 });
  }, 120_000);

  it('raises the package of administrators if configured', async () => {
    const low = user('admin', 'pizza', { package: 'webex_calling', roles: ['Full Administrator'] });
    await workspace.setProgram(source({ ...one, users: [low] }));
    const remediated = (await preview({ 'admin-package-level': 'remediate' })).ok();
    expect(remediated.stdout).toContain('[remediate]  admin-package-level  (1 resource)');
    const again = (await preview({})).fails();
    expect(again.stdout).toContain('Set package to webex_suite');
  }, 120_000);

  it('works as the installed package, and as functions in a pack of a company', async () => {
    await workspace.setProgram(source({ ...one, users: [user('admin', 'pizza', { package: 'webex_calling' })] }));
    const installed = path.join(workspace.folder, 'node_modules', 'webex-wholesale-policy');
    await workspace.command('npm', ['pack', path.join(root, 'policy'), '--silent']);
    await mkdir(installed, { recursive: true });
    (
      await workspace.command('tar', [
        'xzf',
        'webex-wholesale-policy-0.1.0.tgz',
        '--strip-components=1',
        '-C',
        installed,
      ])
    ).ok();
    const own = path.join(workspace.folder, 'company-pack');
    await mkdir(own);
    await cp(path.join(installed, 'PulumiPolicy.yaml'), path.join(own, 'PulumiPolicy.yaml'));
    await writeFile(
      path.join(own, 'package.json'),
      JSON.stringify({ name: 'company-pack', version: '1.0.0', main: 'pack.js' }),
    );
    await writeFile(
      path.join(own, 'pack.js'),
      `const { PolicyPack } = require('@pulumi/policy');
const { protectCustomers } = require('webex-wholesale-policy');
new PolicyPack('company-pack', { policies: [protectCustomers({ enforcementLevel: 'mandatory' })] });`,
    );
    const failed = (
      await workspace.pulumi('preview', '--policy-pack', installed, '--policy-pack', 'company-pack')
    ).fails();
    expect(failed.stdout).toContain('webex-wholesale-policy@v0.1.0 (local: ');
    expect(failed.stdout).toMatch(/company-pack@v1\.0\.0 .*\n +- \[mandatory\] {2}protect-customers/);
  }, 120_000);
});
