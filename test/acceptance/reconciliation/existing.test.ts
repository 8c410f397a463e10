import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXTERNAL_ID } from '../../samples/cisco';
import { customer, location, program, user } from '../../samples/declarations';
import { howToLines } from '../../unit/docs/markdown';
import { createWorkspace, type Workspace } from '../harness';
import { again, backend, NOTHING, operations, warnings } from './backend';

// Objects that were created outside Pulumi, or removed from the state of an earlier stack.
describe('objects that exist and differ from what is declared', () => {
  let workspace: Workspace;
  const otherHeadOffice = { ...(customer().args.address as object), addressLine1: '123 Some St.' };
  const differing = (args: object = {}) =>
    program(
      customer({ args: { packages: ['webex_calling', 'webex_meetings', 'webex_suite'], ...args } }),
      location({ args: { timeZone: 'America/Chicago', ...args } }),
      user({ args: { firstName: 'Alicia', extension: '51309', ...args } }),
    );
  beforeAll(async () => {
    workspace = await createWorkspace({ program: program(customer(), location(), user()) });
    (await workspace.up()).ok();
    await forget(workspace);
  });
  afterAll(() => workspace.close());

  it('are taken over where they are as declared', async () => {
    const before = await backend(workspace.simulator);
    const preview = (await workspace.preview()).ok();
    expect(preview.diagnostics.map(({ message }) => message).join()).toContain(
      `customer "${EXTERNAL_ID}" exists already; pulumi up will take it over`,
    );
    expect(warnings((await workspace.up()).ok())).toHaveLength(3);
    expect(await backend(workspace.simulator)).toEqual(before);
    expect(await again(workspace)).toEqual(NOTHING);
  }, 240_000);

  it('are not taken over where they differ: the errors list the differences and name adopt', async () => {
    const { simulator } = workspace;
    const before = await backend(simulator);
    const forgotten = await forget(workspace);
    await workspace.setProgram(program(customer({ args: { address: otherHeadOffice } })));
    // docs/how-to.md, the wrong object was taken over
    for (const line of howToLines('forgotten')) expect(forgotten).toContain(line);
    const conflict = [
      `a customer with externalId "${EXTERNAL_ID}" exists and differs from what is declared: `,
      'address.addressLine1 is "771 Alder Drive", declared is "123 Some St."',
      'adopt: true',
    ];
    const preview = (await workspace.preview()).fails();
    for (const text of conflict) expect(preview.errors).toContain(text);
    const run = (await workspace.up()).fails();
    for (const text of conflict) expect(run.all).toContain(text);

    // Location and user of a customer that is as declared.
    await workspace.setProgram(
      program(
        customer(),
        location({ args: { timeZone: 'America/Chicago' } }),
        user({ args: { firstName: 'Alicia', extension: '51309' } }),
      ),
    );
    const parts = (await workspace.up()).fails();
    expect(parts.all).toContain('timeZone is "America/Denver", declared is "America/Chicago"');
    expect(parts.all).toContain(
      'firstName is "Alice", declared is "Alicia"; extension is "51301", declared is "51309"',
    );
    expect(parts.all.match(/adopt: true/g)?.length).toBeGreaterThanOrEqual(2);
    expect(await operations(simulator, 'DELETE')).toEqual({});
    expect(await backend(simulator)).toEqual(before);
  }, 240_000);

  it('are taken over and changed with adopt: true, in place', async () => {
    const { simulator } = workspace;
    const before = await backend(simulator);
    await forget(workspace);
    await workspace.setProgram(differing({ adopt: true }));
    (await workspace.preview()).ok();
    (await workspace.up()).ok();
    const after = await backend(simulator);
    const ids = ({ customers, locations, subscribers, people }: typeof after) =>
      [customers, locations, subscribers, people].map((list) => list.map(({ id }) => id));
    expect(ids(after)).toEqual(ids(before));
    expect(after.customers[0]?.packages).toContain('webex_suite');
    expect(after.locations[1]).toMatchObject({ name: 'Denver', timeZone: 'America/Chicago' });
    expect(after.people.find(({ firstName }) => firstName === 'Alicia')).toMatchObject({ extension: '51309' });
    expect(await again(workspace)).toEqual(NOTHING);
  }, 240_000);
});

/** Takes everything out of the state and leaves the backend as it is. Returns what the commands print. */
async function forget(workspace: Workspace): Promise<string> {
  let printed = '';
  const { resources = [] } = (await workspace.stackExport()).deployment;
  for (const { urn, type } of [...resources].reverse()) {
    if (type.includes('dynamic')) printed += (await workspace.pulumi('state', 'delete', urn, '--yes')).ok().all;
  }
  return printed;
}
