import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customer, location, output, program, user } from '../../samples/declarations';
import { createWorkspace, type Workspace } from '../harness';
import { again, backend, NOTHING, operations, warnings } from './backend';

describe('a resource that gets another name in the program', () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await createWorkspace({ program: program(customer(), location(), user()) });
    (await workspace.up()).ok();
  });
  afterAll(() => workspace.close());

  const renamed: Record<string, { next: string; before: string; kept: string }> = {
    user: {
      next: program(customer(), location(), user({ name: 'alice-anderson' })),
      before: 'user alice.anderson@acme.com',
      kept: 'user alice.anderson@acme.com',
    },
    location: {
      next: program(customer(), location({ name: 'branch' }), user({ name: 'alice-anderson' })),
      before: 'location "Denver"',
      kept: 'location "Denver"',
    },
    customer: {
      next: program(
        customer({ name: 'pizza' }),
        location({ name: 'branch', args: { customerId: output('pizza', 'id') } }),
        user({ name: 'alice-anderson', args: { customerId: output('pizza', 'id') } }),
      ),
      before: 'customer "c1677a16-557a-4fb4-b48f-24adde57ec99"',
      kept: 'customer "c1677a16-557a-4fb4-b48f-24adde57ec99"',
    },
  };

  for (const [kind, { next, before, kept }] of Object.entries(renamed)) {
    it(`${kind}: the object is taken over, and nothing is deleted`, async () => {
      const { simulator } = workspace;
      const earlier = await backend(simulator);
      await workspace.setProgram(next);

      // Preview lets it pass, dependents of a customer too: their customer stays the same.
      const preview = await workspace.preview();
      expect(preview.errors).toBe('');
      expect(preview.planned.map((step) => step.split(' ')[0]).sort()).toEqual(['create', 'delete']);

      await simulator.resetRequests();
      const run = (await workspace.up()).ok();
      expect(warnings(run)).toEqual([
        `${before} exists already; it was taken over`,
        `${kept} is kept: another resource of this program has it now`,
      ]);
      expect(await operations(simulator, 'DELETE')).toEqual({});
      expect(await backend(simulator)).toEqual(earlier);

      expect(await again(workspace)).toEqual(NOTHING);
    }, 240_000);
  }

  it('with aliases nothing happens at all', async () => {
    const { simulator } = workspace;
    const alias = (name: string) => ({ options: `{ aliases: [{ name: '${name}' }] }` });
    const customerId = output('johns-pizza', 'id');
    await workspace.setProgram(
      program(
        customer({ name: 'johns-pizza', ...alias('pizza') }),
        location({ name: 'denver', args: { customerId }, ...alias('branch') }),
        user({ name: 'alice', args: { customerId }, ...alias('alice-anderson') }),
      ),
    );
    const earlier = await backend(simulator);
    expect((await workspace.preview()).ok().planned).toEqual([]);
    expect(await again(workspace)).toEqual(NOTHING);
    expect(await backend(simulator)).toEqual(earlier);
  }, 240_000);
});
