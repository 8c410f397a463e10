import { afterEach, describe, expect, it } from 'vitest';
import { customer, type Declaration, location, output, program, user } from '../../samples/declarations';
import { createWorkspace, type Workspace } from '../harness';
import { backend } from './backend';

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

  it('under two parents with the same name: a new resource is prechecked, and one person twice is refused', async () => {
    const child = (parent: string, args = {}) => {
      const component = `new pulumi.ComponentResource('acme:index:${parent}', '${parent}')`;
      return user({ args: { customerId: output('johns-pizza', 'id'), ...args }, options: `{ parent: ${component} }` });
    };
    const source = (...children: Declaration[]) =>
      `const pulumi = require('@pulumi/pulumi');\n${program(customer(), ...children)}`;
    workspace = await createWorkspace({ program: source(child('Sales')) });
    (await workspace.up()).ok();
    await workspace.setProgram(source(child('Sales'), child('Support')));
    expect((await workspace.preview()).fails().errors).toMatch(
      /alice\.anderson@acme\.com is declared twice: resource "alice" \(urn:\S+acme:index:(Sales|Support)\$\S+::alice\)/,
    );
    const john = { email: 'john.andersen@acme.com', firstName: 'John' };
    await workspace.setProgram(source(child('Sales'), child('Support', john)));
    expect((await workspace.preview()).fails().errors).toMatch(
      /extension: extension 51301 is that of alice\.anderson@acme\.com, which this program declares with it/,
    );
    expect((await backend(workspace.simulator)).subscribers).toHaveLength(1);
  }, 240_000);
});
