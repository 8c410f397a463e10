import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customer, location, program, user } from '../../samples/declarations';
import { createWorkspace, type Workspace } from '../harness';
import { again, backend, NOTHING, operations } from './backend';

// What people do with Pulumi itself: each works, or fails with a text that says what to do.
describe('options and commands of Pulumi', () => {
  let workspace: Workspace;
  const bob = (changes: object = {}) =>
    user({
      name: 'john',
      args: {
        email: 'john.andersen@acme.com',
        firstName: 'John',
        lastName: 'Andersen',
        extension: '51302',
        ...changes,
      },
    });
  const urn = async (name: string) => {
    const { resources = [] } = (await workspace.stackExport()).deployment;
    return resources.find((resource) => resource.urn.endsWith(`::${name}`))?.urn ?? '';
  };
  beforeAll(async () => {
    workspace = await createWorkspace({ program: program(customer(), location(), user()) });
    (await workspace.up()).ok();
  });
  afterAll(() => workspace.close());

  it('ignoreChanges: a changed input stays as it was', async () => {
    const options = "{ ignoreChanges: ['firstName'] }";
    await workspace.setProgram(program(customer(), location(), user({ args: { firstName: 'Alicia' }, options })));
    expect(await again(workspace)).toEqual(NOTHING);
  }, 240_000);

  it('protect: neither a change of the program nor destroy deletes it', async () => {
    await workspace.setProgram(program(customer(), location(), user({ options: '{ protect: true }' })));
    (await workspace.up()).ok();
    await workspace.setProgram(program(customer(), location()));
    expect((await workspace.up()).fails().all).toContain('protect');
    expect((await backend(workspace.simulator)).subscribers).toHaveLength(1);
    (await workspace.pulumi('state', 'unprotect', await urn('alice'), '--yes')).ok();
  }, 240_000);

  it('up --target: only that resource is changed', async () => {
    await workspace.setProgram(program(customer(), location({ args: { timeZone: 'America/Chicago' } }), user(), bob()));
    (await workspace.up('--target', (await urn('alice')).replace('alice', 'john'))).ok();
    const { locations, subscribers } = await backend(workspace.simulator);
    expect(locations[1]).toMatchObject({ name: 'Denver', timeZone: 'America/Denver' });
    expect(subscribers).toHaveLength(2);
    (await workspace.up()).ok();
    expect((await backend(workspace.simulator)).locations[1]).toMatchObject({ timeZone: 'America/Chicago' });
  }, 240_000);

  it('state rename: the same object under another name', async () => {
    (await workspace.pulumi('state', 'rename', await urn('john'), 'john-andersen', '--yes')).ok();
    await workspace.setProgram(
      program(customer(), location({ args: { timeZone: 'America/Chicago' } }), user(), {
        ...bob(),
        name: 'john-andersen',
      }),
    );
    expect(await again(workspace)).toEqual(NOTHING);
  }, 240_000);

  it('import: refused with a text that says what to do instead', async () => {
    const options = "{ import: 'Y2lzY29zcGFyazovL3VzL1NVQlNDUklCRVIvMQ' }";
    await workspace.setProgram(program(customer(), location(), user({ name: 'alice-2', options })));
    expect((await workspace.preview()).fails().errors).toContain('adopt: true');
  }, 240_000);

  it('destroy --target: that resource only, and never a customer from under its users', async () => {
    await workspace.setProgram(
      program(customer(), location({ args: { timeZone: 'America/Chicago' } }), user(), {
        ...bob(),
        name: 'john-andersen',
      }),
    );
    (await workspace.up()).ok();
    expect((await workspace.destroy('--target', await urn('johns-pizza'))).fails().all).toContain('target-dependents');
    (await workspace.destroy('--target', await urn('john-andersen'))).ok();
    const { customers, subscribers } = await backend(workspace.simulator);
    expect([customers.length, subscribers.length]).toEqual([1, 1]);
  }, 240_000);

  it('retainOnDelete: forgotten by Pulumi, kept by Webex', async () => {
    const options = '{ retainOnDelete: true }';
    await workspace.setProgram(program(customer(), location(), user({ options })));
    (await workspace.up()).ok();
    await workspace.simulator.resetRequests();
    await workspace.setProgram(program(customer(), location()));
    (await workspace.up()).ok();
    expect(await operations(workspace.simulator, 'DELETE')).toEqual({});
    expect((await backend(workspace.simulator)).subscribers).toHaveLength(1);
    // And declared again, it is taken over.
    await workspace.setProgram(program(customer(), location(), user()));
    (await workspace.up()).ok();
    expect(await again(workspace)).toEqual(NOTHING);
    (await workspace.destroy()).ok();
    expect((await backend(workspace.simulator)).customers).toEqual([]);
  }, 240_000);
});
