import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { customer, location, program, user } from '../../samples/declarations';
import { createWorkspace, type Workspace } from '../harness';
import { again, backend, NOTHING, operations, warnings } from './backend';

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

describe('pulumi up --replace', () => {
  let workspace: Workspace;
  afterEach(() => workspace.close());

  it('never loses an object: without deleteBeforeReplace it is taken over, with it a user is made again', async () => {
    workspace = await createWorkspace({ program: program(customer(), user()) });
    const { simulator } = workspace;
    (await workspace.up()).ok();
    const urns = (await workspace.stackExport()).deployment.resources ?? [];
    const urn = (name: string) => urns.find((resource) => resource.urn.endsWith(`::${name}`))?.urn ?? '';
    const before = await backend(simulator);
    for (const name of ['johns-pizza', 'alice']) {
      const run = (await workspace.up('--replace', urn(name))).ok();
      expect(warnings(run)).toHaveLength(2);
      expect(warnings(run)[1]).toMatch(/is kept: another resource/);
    }
    expect(await operations(simulator, 'DELETE')).toEqual({});
    expect(await backend(simulator)).toEqual(before);
    expect(await again(workspace)).toEqual(NOTHING);

    await workspace.setProgram(program(customer(), user({ options: '{ deleteBeforeReplace: true }' })));
    (await workspace.up('--replace', urn('alice'))).ok();
    const after = await backend(simulator);
    expect(after.subscribers).toHaveLength(1);
    expect(after.subscribers[0]?.id).not.toBe(before.subscribers[0]?.id);
    expect(await again(workspace)).toEqual(NOTHING);
  }, 240_000);
});
