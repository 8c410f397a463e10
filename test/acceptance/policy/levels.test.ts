import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkspace, type Workspace } from '../harness';
import { withPack } from './pack';
import { customer, type Spec, source, user } from './program';

const packages = ['webex_suite', 'webex_calling', 'webex_voice'];
const base: Spec = {
  // At the second one, webex_calling is the level.
  customers: [customer('pizza', { packages }), customer('small', { packages: packages.slice(1) })],
  users: [user('plain', 'pizza', { package: 'webex_calling' })],
};
const low = { package: 'webex_calling' };
const roles = ['Full Administrator'];

describe('what the pack sees for itself, without the provider telling it what was before', () => {
  let workspace: Workspace;
  let configuration: string[];
  beforeAll(async () => {
    workspace = await createWorkspace({ program: source(base), simulator: { provisioningSeconds: 0.05 } });
    (await workspace.up()).ok();
    const file = path.join(workspace.folder, 'policy-config.json');
    await writeFile(file, JSON.stringify({ 'admin-package-level': { administratorEmails: ['Boss@Example.com'] } }));
    configuration = [...withPack, '--policy-pack-config', file];
  }, 120_000);
  afterAll(() => workspace.close());

  it.each([
    ['an administrator by role', { roles }, 'becomes an administrator|is an administrator \\(Full Administrator\\)'],
    [
      'the first administrator, in another spelling, without a role',
      { email: 'OWNER.pizza@example.com' },
      'primaryEmail',
    ],
    ['an administrator by configuration', { email: 'boss@example.com', package: 'webex_voice' }, 'administratorEmails'],
  ])(
    '%s below the level is stopped before the write, without a preview',
    async (_, args, because) => {
      await workspace.setProgram(
        source({ ...base, users: [...base.users, user('new', 'pizza', { ...low, ...args })] }),
      );
      await workspace.simulator.resetRequests();
      const stopped = (await workspace.up(...configuration)).fails();
      expect(stopped.stdout).toMatch(/\[mandatory\] {2}admin-package-level {2}\(.*: new\)/);
      expect(stopped.stdout).toMatch(new RegExp(because));
      expect(await workspace.simulator.requests()).toMatchObject({ writes: 0 });
    },
    120_000,
  );

  it('advises in preview where it can not judge: an unknown package, and an administrator that is not declared', async () => {
    const spec = { customers: [customer('pizza', { packages: ['webex_calling'] })], users: base.users };
    const unknown = user('new', 'pizza', { roles }).args;
    await workspace.setProgram(`${source(spec)}
const other = new webex.CustomerOrg('other', { ...spec.customers[0].args, externalId: 'other', primaryEmail: 'owner.other@example.com' });
const args = ${JSON.stringify(unknown)};
new webex.User('new', { ...args, customerId: customers.pizza.id, package: other.orgId.apply(() => 'webex_calling') });`);
    const passed = (await workspace.pulumi('preview', ...configuration)).ok();
    const advice = (policy: string, resource: string) =>
      passed.stdout.match(
        new RegExp(`\\[advisory\\] {2}${policy} {2}\\(.*: ${resource}\\)\\n(.*\\n)*?.*(can't be known|isn't declared)`),
      );
    expect(advice('admin-package-level', 'new')).not.toBeNull();
    expect(advice('undeclared-administrators', 'pizza')).not.toBeNull();
  }, 120_000);
});
