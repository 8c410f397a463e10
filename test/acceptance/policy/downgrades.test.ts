import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkspace, type Workspace } from '../harness';
import { base, behindTheBack, downgrades } from './downgrades';
import { withPack } from './pack';
import { changed, source, user, withArgs } from './program';

const LOW = { package: 'webex_calling' };

describe("a change that takes something from an administrator's package", () => {
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = await createWorkspace({ program: source(base), simulator: { provisioningSeconds: 0.05 } });
    (await workspace.up(...withPack)).ok();
    await changeBehindTheBack(workspace);
  }, 120_000);
  afterAll(() => workspace.close());

  it.each(downgrades)(
    'is stopped in preview: $title',
    async ({ spec, resource, loses, flags = [] }) => {
      await workspace.setProgram(source(spec));
      await workspace.simulator.resetRequests();
      const stopped = (await workspace.pulumi('preview', ...withPack, ...flags)).fails();
      const [policies = '', diagnostics = ''] = (stopped.stdout.split('Policies:')[1] ?? '').split('Diagnostics:');
      // The pack and the provider, each for itself, and in the same words.
      expect(policies).toMatch(new RegExp(`\\[mandatory\\] +admin-package-downgrade +\\(.*: ${resource}\\)`));
      expect(policies).toContain(`loses ${loses}. Webex doesn't support the downgrade of an administrator's package`);
      expect(diagnostics).toContain(`User resource '${resource}'`);
      expect(diagnostics).toContain(
        `loses ${loses}. Webex doesn't support the downgrade of an administrator's package`,
      );
      expect(await workspace.simulator.requests()).toMatchObject({ writes: 0 });
    },
    120_000,
  );

  // The errors of the provider above don't depend on the pack; these show it for one of each way to know the past.
  const alone = ['role taken away', 'renamed without an alias', 'role known to Webex only', 'customer renamed'];
  it.each(downgrades.filter(({ title }) => alone.includes(title)))(
    'is stopped in preview by the provider alone: $title',
    async ({ spec, resource, loses }) => {
      await workspace.setProgram(source(spec));
      await workspace.simulator.resetRequests();
      const stopped = (await workspace.preview()).fails();
      expect(stopped.errors).toContain(`User resource '${resource}'`);
      expect(stopped.errors).toContain(`loses ${loses}. Webex doesn't support the downgrade`);
      expect(await workspace.simulator.requests()).toMatchObject({ writes: 0 });
    },
    120_000,
  );

  it('is refused in an update without a preview where Webex does not list the role of the administrator', async () => {
    await workspace.setProgram(source(changed(base, 'promoted', (before) => withArgs(before, LOW))));
    await workspace.simulator.resetRequests();
    workspace.simulator.falsify = ({ url }) => (url.pathname === '/v1/roles' ? '{"items":[]}' : undefined);
    const stopped = (await workspace.up()).fails();
    workspace.simulator.falsify = undefined;
    expect(stopped.stdout).toMatch(/promoted@example\.com: GET \/roles does not list the role/);
    expect(await workspace.simulator.requests()).toMatchObject({ writes: 0 });
  }, 120_000);

  it('unlinks no administrator in an update without a preview, whom the program declares later, after an await', async () => {
    // The resource becomes that of a user of another customer: Pulumi deletes and creates it while this customer is
    // updated.
    const moved = changed(base, 'admin', (before) => ({
      ...withArgs(before, { ...LOW, email: 'joiner@example.com', roles: undefined, allowReplacement: true }),
      customer: 'sideways',
    }));
    const customers = base.customers.map((entry) =>
      entry.resource === 'pizza' ? { ...entry, args: { ...entry.args, packageLimits: { webex_suite: 40 } } } : entry,
    );
    const again = user('again', 'pizza', { ...LOW, email: 'admin@example.com' });
    await workspace.setProgram(`${source({ customers, users: moved.users })}
(async () => {
  await new Promise((go) => setTimeout(go, 1000));
  new webex.User('again', { customerId: customers.pizza.id, ...${JSON.stringify(again.args)} });
})();`);
    await workspace.simulator.resetRequests();
    const stopped = (await workspace.up()).fails();
    expect(stopped.stdout).toMatch(
      /admin@example\.com is not deleted, because the program declares it again.*loses meetings/,
    );
    const { byOperation } = await workspace.simulator.requests();
    expect(byOperation).not.toHaveProperty('DELETE /wholesale/subscribers/{subscriberId}');
    expect(byOperation).toHaveProperty('PUT /wholesale/customers/{customerId}');
  }, 120_000);
});

/** What a colleague did in Control Hub: roles, and a higher package, that the program doesn't know. */
async function changeBehindTheBack({ simulator }: Workspace): Promise<void> {
  const roles = await simulator.api('GET', '/roles');
  const full = (roles.body as { items: { id: string; name: string }[] }).items.find(
    ({ name }) => name === 'Full Administrator',
  );
  for (const { email, package: name } of behindTheBack) {
    const found = await simulator.api('GET', `/wholesale/subscribers?email=${encodeURIComponent(email)}`);
    const [subscriber] = (found.body as { items: { id: string; personId: string }[] }).items;
    await simulator.api('PUT', `/wholesale/subscribers/${subscriber?.id}`, { packages: [name] });
    const path = `/people/${subscriber?.personId}?callingData=true`;
    const person = (await simulator.api('GET', path)).body as Record<string, unknown>;
    const { emails, displayName, firstName, lastName, extension, locationId } = person;
    const next = { emails, displayName, firstName, lastName, extension, locationId, roles: [full?.id] };
    const answer = await simulator.api('PUT', path, next);
    expect(answer.status).toBe(200);
  }
}
