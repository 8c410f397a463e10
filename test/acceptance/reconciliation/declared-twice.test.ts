import { afterEach, describe, expect, it } from 'vitest';
import { createWorkspace, type Workspace } from '../harness';
import { backend } from './backend';
import { customer, location, output, program, user } from './programs';

describe('one object declared twice', () => {
  let workspace: Workspace;
  afterEach(() => workspace.close());

  it('fails at preview, for customers and users', async () => {
    workspace = await createWorkspace({
      program: program(customer(), customer({ name: 'pizza' }), user(), user({ name: 'alice-2' })),
    });
    const { errors } = (await workspace.preview()).fails();
    expect(errors).toMatch(/externalId: .*is declared twice: resource "(johns-pizza|pizza)" has it too/s);
    expect((await backend(workspace.simulator)).customers).toEqual([]);
  }, 240_000);

  it('fails for a location as soon as its customer is known, and never shares the object', async () => {
    const names = ['denver', 'branch'];
    const twice = program(customer(), ...names.map((name) => location({ name })));
    workspace = await createWorkspace({ program: program(customer()) });
    (await workspace.up()).ok();
    await workspace.setProgram(twice);
    expect((await workspace.preview()).fails().errors).toContain('"Denver" is declared twice for this customer');

    await workspace.setProgram(program(customer(), ...['alice', 'alice-2'].map((name) => user({ name }))));
    expect((await workspace.preview()).fails().errors).toMatch(/alice\.anderson@acme\.com is declared twice/);
  }, 240_000);

  it('of the same name under two parents fails when it is made', async () => {
    const parents = ['a', 'b'].map((name) => `new pulumi.ComponentResource('acme:index:${name}', '${name}')`);
    const source = [
      "const pulumi = require('@pulumi/pulumi');",
      program(
        customer(),
        ...parents.map((parent) =>
          user({ args: { customerId: output('johns-pizza', 'id') }, options: `{ parent: ${parent} }` }),
        ),
      ),
    ];
    workspace = await createWorkspace({ program: source.join('\n') });
    const run = (await workspace.up()).fails();
    expect(run.all).toContain('is declared twice: another resource of this program has this user');
    expect((await backend(workspace.simulator)).subscribers).toHaveLength(1);
  }, 240_000);
});
