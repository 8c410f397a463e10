import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADMINISTRATOR, ALICE, personOf, subscriberOf } from '../../samples/people';
import { type Args, program } from '../../samples/program';
import { createWorkspace, type Workspace } from '../harness';
import { backend, nothingToDo, updates } from '../harness/backend';

describe('the package of a full administrator', () => {
  let workspace: Workspace;
  const full = { ...ADMINISTRATOR, package: 'webex_suite', extension: '51200', roles: ['Full Administrator'] };
  const user = { ...ALICE, package: 'webex_suite', extension: '51301' };
  const declare = (administrator: Args, alice: Args = user) => program({ users: { administrator, alice } });
  beforeAll(async () => {
    workspace = await createWorkspace({ program: declare(full) });
    (await workspace.up()).ok();
  });
  afterAll(() => workspace.close());

  /** Preview and `up` refuse it with this property, and nothing was written. */
  const refused = async (source: string) => {
    const before = await backend(workspace);
    await workspace.setProgram(source);
    const preview = (await workspace.preview()).fails();
    expect(preview.errors).toMatch(/package.*Full Administrator/s);
    (await workspace.up()).fails();
    expect(await backend(workspace)).toEqual(before);
  };

  it('belongs to the person that the organization began with', async () => {
    expect(await personOf(workspace, ADMINISTRATOR)).toMatchObject({
      extension: '51200',
      roles: ['Full Administrator'],
    });
    expect((await subscriberOf(workspace, ADMINISTRATOR)).packages).toEqual(['webex_suite']);
    await nothingToDo(workspace);
  }, 120_000);

  it("can't be lowered, not even together with the role", async () => {
    await refused(declare({ ...full, package: 'webex_calling' }));
    await refused(declare({ ...full, package: 'webex_calling', roles: [] }));
  }, 120_000);

  it("can't be lowered by becoming one in the same update", async () => {
    await refused(declare(full, { ...user, package: 'webex_calling', roles: ['Full Administrator'] }));
  }, 120_000);

  it("can't be lowered under another name in the program", async () => {
    const { administrator: _, ...others } = { administrator: full, alice: user };
    await refused(program({ users: { ...others, renamed: { ...full, package: 'webex_calling', adopt: true } } }));
  }, 120_000);

  it("can't be lowered if the program declares no roles", async () => {
    const { roles: _, ...quiet } = full;
    await workspace.setProgram(declare(quiet));
    (await workspace.up()).ok();
    expect((await personOf(workspace, ADMINISTRATOR)).roles).toEqual(['Full Administrator']);
    await refused(declare({ ...quiet, package: 'webex_calling' }));
    await workspace.setProgram(declare(full));
    (await workspace.up()).ok();
  }, 120_000);

  it('can be lowered without the role, also after losing it', async () => {
    await updates(workspace, declare(full, { ...user, package: 'webex_calling' }), ['alice']);
    await updates(workspace, declare({ ...full, roles: [] }, { ...user, package: 'webex_calling' }), ['administrator']);
    await updates(workspace, declare({ ...full, roles: [], package: 'webex_calling' }), ['administrator', 'alice']);
    expect((await subscriberOf(workspace, ADMINISTRATOR)).packages).toEqual(['webex_calling']);
  }, 120_000);
});

describe('the user before a change, as passed to policies', () => {
  let workspace: Workspace;
  const alice = { ...ALICE, package: 'webex_calling', extension: '51301', roles: ['Support Administrator'] };
  const declare = (changes: Args) => program({ users: { alice: { ...alice, ...changes } } });
  beforeAll(async () => {
    workspace = await createWorkspace({ program: declare({}) });
    (await workspace.up()).ok();
  });
  afterAll(() => workspace.close());

  const previous = async (changes: Args) => {
    await workspace.setProgram(declare(changes));
    return (await workspace.preview()).ok().step('alice').inputs.previous;
  };
  const recorded = async () => {
    const { resources = [] } = (await workspace.stackExport()).deployment;
    return resources.find(({ urn }) => urn.endsWith('::alice'));
  };

  it('is its package and roles, where one of them changes, and nothing elsewhere', async () => {
    const before = { package: 'webex_calling', roles: ['Support Administrator'] };
    expect(await previous({ package: 'webex_suite' })).toEqual(before);
    expect(await previous({ roles: ['Read-only Administrator'] })).toEqual(before);
    expect(await previous({ firstName: 'Alicia', extension: '51302' })).toBeUndefined();
  }, 120_000);

  it('is no part of what is recorded', async () => {
    await updates(workspace, declare({ package: 'webex_suite', roles: [] }), ['alice']);
    expect(Object.keys((await recorded())?.outputs ?? {})).not.toContain('previous');
    await nothingToDo(workspace);
    const { inputs = {}, outputs = {} } = (await recorded()) ?? {};
    expect(inputs.package).toBe('webex_suite');
    expect([...Object.keys(inputs), ...Object.keys(outputs)]).not.toContain('previous');
  }, 120_000);
});
