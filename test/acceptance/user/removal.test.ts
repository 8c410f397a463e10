import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALICE, BRANCH, JOHN, NUMBERS, personOf, subscriberOf } from '../../samples/people';
import { type Args, program } from '../../samples/program';
import { createWorkspace, type Workspace } from '../harness';
import { backend, behindItsBack, nothingToDo } from '../harness/backend';

describe('the removal of users', () => {
  let workspace: Workspace;
  const alice = { ...ALICE, package: 'webex_suite', extension: '51301', phoneNumber: NUMBERS[1], at: 'branch' };
  const john = { ...JOHN, package: 'webex_meetings', removal: 'delete' };
  const declare = (users: Record<string, Args>) => program({ locations: { branch: BRANCH }, users });
  beforeAll(async () => {
    workspace = await createWorkspace({ program: declare({ alice, john }) });
    (await workspace.up()).ok();
  });
  afterAll(() => workspace.close());

  const emails = async (kind: 'people' | 'subscribers') => (await backend(workspace))[kind].map(({ email }) => email);

  it('in Control Hub is detected, and the user is mapped again to the same person', async () => {
    const person = await personOf(workspace, ALICE);
    const subscriber = await subscriberOf(workspace, ALICE);
    await behindItsBack(workspace, 'DELETE', `/wholesale/subscribers/${subscriber.id}`);
    (await workspace.refresh()).ok();
    expect((await workspace.preview()).ok().planned).toEqual(['create User alice']);
    (await workspace.up()).ok();
    expect(await personOf(workspace, ALICE)).toEqual(person);
    expect((await subscriberOf(workspace, ALICE)).id).not.toBe(subscriber.id);
    await nothingToDo(workspace);
  }, 120_000);

  it('of the whole person is seen too', async () => {
    const person = await personOf(workspace, JOHN);
    await behindItsBack(workspace, 'DELETE', `/people/${person.id}`);
    (await workspace.refresh()).ok();
    expect((await workspace.preview()).ok().planned).toEqual(['create User john']);
    (await workspace.up()).ok();
    expect((await personOf(workspace, JOHN)).id).not.toBe(person.id);
    await nothingToDo(workspace);
  }, 120_000);

  it('unlinks by default: the person stays, without package, extension and number; `delete` takes it away', async () => {
    const { id } = await personOf(workspace, ALICE);
    await workspace.setProgram(declare({}));
    expect((await workspace.up()).ok().changes).toMatchObject({ deleted: 2 });
    expect(await emails('subscribers')).toEqual([]);
    expect(await emails('people')).not.toContain(JOHN.email);
    expect(await personOf(workspace, ALICE)).toMatchObject({ id, calling: false, extension: null, phoneNumber: null });
  }, 120_000);

  it('by unlinking is undone by declaring the user again', async () => {
    const { id } = await personOf(workspace, ALICE);
    await workspace.setProgram(declare({ alice: { ...alice, firstName: 'Alicia' } }));
    (await workspace.up()).ok();
    expect(await personOf(workspace, ALICE)).toMatchObject({
      id,
      displayName: 'Alicia Anderson',
      extension: '51301',
      phoneNumber: NUMBERS[1],
    });
    await nothingToDo(workspace);
  }, 120_000);

  it('finds the person by its recorded ID if the mapping was removed before', async () => {
    await workspace.setProgram(declare({ alice: { ...alice, firstName: 'Alicia', removal: 'delete' } }));
    (await workspace.up()).ok();
    const { id } = await subscriberOf(workspace, ALICE);
    await behindItsBack(workspace, 'DELETE', `/wholesale/subscribers/${id}`);
    await workspace.setProgram(declare({}));
    (await workspace.up()).ok();
    expect(await emails('people')).not.toContain(ALICE.email);
  }, 120_000);

  it('is no error where nothing is left to remove', async () => {
    await workspace.setProgram(declare({ john }));
    (await workspace.up()).ok();
    const { id } = await personOf(workspace, JOHN);
    await behindItsBack(workspace, 'DELETE', `/people/${id}`);
    (await workspace.destroy()).ok();
    expect((await backend(workspace)).subscribers).toEqual([]);
    expect((await workspace.stackExport()).deployment.resources ?? []).toEqual([]);
  }, 120_000);
});
