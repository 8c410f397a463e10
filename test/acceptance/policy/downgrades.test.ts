import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkspace, type Workspace } from '../harness';
import { base, behindTheBack, type Downgrade, downgrades, flags, lowered } from './downgrades';
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

  const titled = (title: string) => downgrades.find((each) => each.title === title) as Downgrade;
  const words = ({ loses }: Downgrade) =>
    `loses ${loses}. Webex doesn't support the downgrade of an administrator's package`;

  /** The errors of the provider in a preview without the pack. */
  async function errorsOf(...all: Downgrade[]): Promise<string[]> {
    await workspace.setProgram(source(lowered(...all)));
    await workspace.simulator.resetRequests();
    const { diagnostics } = (await workspace.preview()).fails();
    expect(await workspace.simulator.requests()).toMatchObject({ writes: 0 });
    return diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message);
  }

  // Pulumi ends a preview at the first error, so that the pack sees one of them in each: the ways to know the past, and
  // what Pulumi makes of a change. How packages and roles compare, its unit tests show.
  const seenByPack = [
    'a lower package',
    'role taken away',
    'role given',
    'renamed without an alias',
    'renamed with an alias, role taken away',
    'moved into a component',
    'another spelling of the address',
    'replaced by the command line',
    'replaced by an immutable input',
    'add-on dropped, role taken away, renamed',
    'the first administrator, without a declared role',
    'role and package known to Webex only',
    'customer renamed',
  ];
  const alone = [
    'renamed with an alias',
    'renamed without an alias, role not declared',
    'renamed, role given',
    'role known to Webex only',
  ];
  const rest = downgrades.filter(({ title }) => ![...seenByPack, ...alone].includes(title));

  it('is stopped in preview by the provider alone: updates that it sees together', async () => {
    const together = [...rest, titled('customer renamed')];
    expect(together).toHaveLength(9);
    const errors = await errorsOf(...together);
    for (const downgrade of together) {
      const own = errors.filter((message) => message.includes(`User resource '${downgrade.after.resource}'`));
      expect(own, downgrade.title).toEqual([expect.stringContaining(words(downgrade))]);
    }
  }, 120_000);

  it.each(alone)(
    'is stopped in preview by the provider alone: %s',
    async (title) => {
      const downgrade = titled(title);
      const errors = (await errorsOf(downgrade)).join('\n');
      expect(errors).toContain(`User resource '${downgrade.after.resource}'`);
      expect(errors).toContain(words(downgrade));
    },
    120_000,
  );

  it.each(seenByPack)(
    'is stopped in preview by the pack and by the provider, each for itself, in the same words: %s',
    async (title) => {
      const downgrade = titled(title);
      const { resource } = downgrade.after;
      await workspace.setProgram(source(lowered(downgrade)));
      await workspace.simulator.resetRequests();
      const replaced = title === 'replaced by the command line' ? flags : [];
      const stopped = (await workspace.pulumi('preview', ...withPack, ...replaced)).fails();
      const [policies = '', diagnostics = ''] = (stopped.stdout.split('Policies:')[1] ?? '').split('Diagnostics:');
      expect(policies).toMatch(new RegExp(`\\[mandatory\\] +admin-package-downgrade +\\(.*: ${resource}\\)`));
      expect(policies).toContain(words(downgrade));
      expect(diagnostics).toContain(`User resource '${resource}'`);
      expect(diagnostics).toContain(words(downgrade));
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
