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

  it('deletedWith, as the others that can not hold: refused with what to do instead, and no stack trace', async () => {
    const options = "{ deletedWith: made['johns-pizza'] }";
    await workspace.setProgram(program(customer(), location(), user({ name: 'alice-2', options })));
    const { all } = (await workspace.pulumi('preview')).fails();
    expect(all).toMatch(/error: alice-2: the option deletedWith can't be used .*Remove it/);
    expect(all).not.toMatch(/unhandled|node_modules/);
  }, 240_000);

  it('flags: --continue-on-error, --parallel, --exclude, --refresh, --run-program, --expect-no-changes', async () => {
    const declared = [customer(), location({ args: { timeZone: 'America/Chicago' } })];
    const renamed = { ...bob(), name: 'john-andersen' };
    const carol = { email: 'carol.anderson@acme.com', firstName: 'Carol', extension: '51303' };
    const alice = user({ args: { lastName: 'Andersen' } });
    await workspace.setProgram(program(...declared, alice, renamed, user({ name: 'carol', args: carol })));
    await workspace.simulator.fault({ operation: 'PUT /people/{personId}', count: 5, status: 400 });
    const failed = (await workspace.up('--continue-on-error', '--parallel', '1')).fails();
    expect(failed.all).toContain('PUT /people');
    await workspace.simulator.clearFaults();
    expect((await backend(workspace.simulator)).subscribers).toHaveLength(3);
    (await workspace.up('--exclude', await urn('alice'), '--expect-no-changes')).ok();
    (await workspace.up('--refresh', '--run-program')).ok();
    (await workspace.refresh('--target', await urn('alice'), '--run-program', '--expect-no-changes')).ok();
    expect(await again(workspace)).toEqual(NOTHING);
    (await workspace.destroy('--target', await urn('denver'), '--target-dependents')).ok();
    (await workspace.destroy('--exclude', await urn('alice'), '--run-program')).ok();
    expect((await backend(workspace.simulator)).subscribers.map(({ email }) => email)).toEqual([
      'alice.anderson@acme.com',
    ]);
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

// Options that change no object: a saved plan with all of them holds for the update, and the next preview finds no
// change.
describe('options that work', () => {
  let workspace: Workspace;
  afterAll(() => workspace.close());

  it('in one program, through a saved plan', async () => {
    const source = (more = '') => `
      const pulumi = require('@pulumi/pulumi');
      ${program(customer({ options: "{ customTimeouts: { create: '10m' }, hideDiffs: ['name'] }" }), location())}
      const team = new pulumi.ComponentResource('acme:index:Team', 'team');
      const rename = ({ props, opts }) => ({ props: { ...props, lastName: 'Andersen' }, opts });
      const customerId = made['johns-pizza'].id;
      const alice = new webex.User('alice', ${JSON.stringify({ ...user().args, customerId: undefined })}, {
        parent: team,
        dependsOn: [made.denver],
        aliases: [{ name: 'alice', parent: pulumi.rootStackResource }],
        additionalSecretOutputs: ['personId'],
        deleteBeforeReplace: true,
        ignoreChanges: ['extension'],
        protect: false,
        replacementTrigger: 1,
        retainOnDelete: false,
        transformations: [rename],
        ${more}
      });
    `;
    const withId = (text: string) => text.replace('"email"', 'customerId, "email"');
    workspace = await createWorkspace({ program: withId(source()) });
    (await workspace.pulumi('preview', '--save-plan', 'plan.json')).ok();
    (await workspace.up('--plan', 'plan.json')).ok();
    const { resources = [] } = (await workspace.stackExport()).deployment;
    const outputsOf = (name: string) => resources.find(({ urn }) => urn.endsWith(`::${name}`))?.outputs;
    expect(outputsOf('johns-pizza')).toMatchObject({ timeouts: { create: 600 } });
    expect(outputsOf('alice')).toMatchObject({ lastName: 'Andersen', personId: { ciphertext: expect.any(String) } });
    expect(await again(workspace)).toEqual(NOTHING);

    // transforms are applied by the engine, after the class; and an object of the state can be read by its URN.
    const transforms = 'transforms: [({ props, opts }) => ({ props: { ...props, firstName: "Alicia" }, opts })]';
    await workspace.setProgram(
      `${withId(source(transforms))}
       exports.email = alice.urn.apply((urn) => new webex.User('read', {}, { urn }).email);
       exports.name = webex.User.get('got', alice.id).firstName;`,
    );
    (await workspace.up()).ok();
    expect(await workspace.outputs()).toEqual({ email: 'alice.anderson@acme.com', name: 'Alicia' });
    (await workspace.destroy('--run-program')).ok();
    expect((await backend(workspace.simulator)).customers).toEqual([]);
  }, 240_000);
});
