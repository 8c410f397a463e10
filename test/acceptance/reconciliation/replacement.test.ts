import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { customer, location, program, user } from '../../samples/declarations';
import { createWorkspace, type Workspace } from '../harness';
import { again, backend, NOTHING, operations } from './backend';

const OTHER_NAME = { name: "John's Pizza and Pasta" };
const allowed = { allowReplacement: true };

describe('a change that needs another customer organization', () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await createWorkspace({ program: program(customer(), location(), user()) });
    (await workspace.up()).ok();
  });
  afterAll(() => workspace.close());

  it('is refused at preview without allowReplacement', async () => {
    await workspace.setProgram(program(customer({ args: OTHER_NAME }), location(), user()));
    const { errors } = (await workspace.preview()).fails();
    expect(errors).toContain('can\'t be changed from "John\'s Pizza" to "John\'s Pizza and Pasta"');
    expect(errors).toContain('allowReplacement: true');
  }, 240_000);

  it('is refused, before anything is deleted, while a user or location of it may not be replaced', async () => {
    const { simulator } = workspace;
    const before = await backend(simulator);
    await workspace.setProgram(program(customer({ args: { ...OTHER_NAME, ...allowed } }), location(), user()));
    const reason =
      /(location "Denver"|user alice\.anderson@acme\.com) would have to be deleted and created anew with its/;
    expect((await workspace.preview()).fails().errors).toMatch(reason);
    expect((await workspace.up()).fails().all).toMatch(reason);
    expect(await backend(simulator)).toEqual(before);
  }, 240_000);

  it('is refused too where they allow it only now: what was recorded counts', async () => {
    const { simulator } = workspace;
    const before = await backend(simulator);
    await workspace.setProgram(
      program(customer({ args: { ...OTHER_NAME, ...allowed } }), location({ args: allowed }), user({ args: allowed })),
    );
    expect((await workspace.preview()).fails().errors).toContain(
      'Declare that, run pulumi up, and change the customer',
    );
    expect((await workspace.up()).fails().all).toContain('Declare that, run pulumi up, and change the customer');
    expect(await backend(simulator)).toEqual(before);
  }, 240_000);

  it('replaces all of it, dependents first, where every resource was declared so', async () => {
    const { simulator } = workspace;
    const parts = [location({ args: allowed }), user({ args: allowed })];
    await workspace.setProgram(program(customer({ args: allowed }), ...parts));
    (await workspace.up()).ok();
    const before = await backend(simulator);

    await workspace.setProgram(program(customer({ args: { ...OTHER_NAME, ...allowed } }), ...parts));
    const preview = (await workspace.preview()).ok();
    expect(new Set(preview.planned.filter((step) => step.startsWith('replace')))).toEqual(
      new Set(['CustomerOrg johns-pizza', 'Location denver', 'User alice'].map((what) => `replace ${what}`)),
    );
    await simulator.resetRequests();
    (await workspace.up()).ok();

    const log = (await simulator.control('GET', '/requests/log')) as { method: string; path: string }[];
    const deleted = log.filter(({ method }) => method === 'DELETE').map(({ path }) => path.split('/').at(-2));
    expect(deleted.indexOf('customers')).toBeGreaterThan(deleted.indexOf('subscribers'));
    expect(deleted.indexOf('customers')).toBeGreaterThan(deleted.indexOf('locations'));
    expect(deleted.at(-1)).toBe('organizations');

    const after = await backend(simulator);
    const organization = after.organizations.find(({ displayName }) => displayName === OTHER_NAME.name);
    expect(after.organizations.map(({ displayName }) => displayName)).not.toContain("John's Pizza");
    expect(after.customers.map(({ orgId }) => orgId)).toEqual([organization?.id]);
    expect(after.locations.map(({ orgId, name }) => ({ orgId, name }))).toEqual([
      { orgId: organization?.id, name: 'Head Office' },
      { orgId: organization?.id, name: 'Denver' },
    ]);
    expect(after.subscribers.map(({ customerId }) => customerId)).toEqual([after.customers[0]?.id]);
    expect(after.customers[0]?.id).not.toBe(before.customers[0]?.id);
    expect(await again(workspace)).toEqual(NOTHING);
    (await workspace.destroy()).ok();
    expect((await backend(simulator)).customers).toEqual([]);
  }, 240_000);
});

describe('a replacement that Pulumi forces', () => {
  let workspace: Workspace;
  afterEach(() => workspace.close());

  it('is refused before anything is deleted, or replaces the object where allowReplacement says so', async () => {
    workspace = await createWorkspace({ program: program(customer(), location(), user()) });
    const { simulator } = workspace;
    (await workspace.up()).ok();
    const urns = (await workspace.stackExport()).deployment.resources ?? [];
    const urn = (name: string) => urns.find((resource) => resource.urn.endsWith(`::${name}`))?.urn ?? '';
    const before = await backend(simulator);

    const preview = await workspace.pulumi('preview', '--replace', urn('alice'));
    expect(preview.ok().all).toContain('is refused without allowReplacement: true');
    const dependents = (await workspace.up('--replace', urn('johns-pizza'))).fails();
    expect(dependents.all).toMatch(/(alice|Denver).* would have to be deleted and created anew with its customer/);
    expect((await workspace.up('--replace', urn('denver'))).fails().all).toMatch(/"Denver" is not deleted, .*untaint/);
    (await workspace.pulumi('state', 'taint', urn('alice'), '--yes')).ok();
    expect((await workspace.up()).fails().all).toMatch(/user alice\S+ is not deleted, .*allowReplacement: true/);
    expect(await backend(simulator)).toEqual(before);
    expect(await operations(simulator, 'DELETE')).toEqual({});

    // Tainted still. A trigger is refused at preview already.
    await workspace.setProgram(program(customer(), location(), user({ args: allowed })));
    (await workspace.up()).ok();
    const after = await backend(simulator);
    expect(after.subscribers.map(({ email }) => email)).toEqual(before.subscribers.map(({ email }) => email));
    expect(after.subscribers[0]?.id).not.toBe(before.subscribers[0]?.id);
    const triggered = (trigger: number) => location({ options: `{ replacementTrigger: ${trigger} }` });
    const last = user({ args: allowed, options: '{ replaceWith: [made.denver] }' });
    await workspace.setProgram(program(customer(), triggered(1), last));
    (await workspace.up()).ok();
    await workspace.setProgram(program(customer(), triggered(2), last));
    expect((await workspace.preview()).fails().errors).toMatch(/allowReplacement: must be true, .*replacementTrigger/);
    await workspace.setProgram(program(customer(), location({ args: allowed }), last));
    (await workspace.up('--replace', urn('denver'))).ok();
    const replaced = await backend(simulator);
    expect(replaced.locations[1]?.id).not.toBe(before.locations[1]?.id);
    expect(replaced.subscribers[0]?.id).not.toBe(after.subscribers[0]?.id);
    expect(await again(workspace)).toEqual(NOTHING);
  }, 240_000);
});
