import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALICE, BRANCH, editPerson, NUMBERS, personOf, roleId, subscriberOf } from '../../samples/people';
import { program } from '../../samples/program';
import { createWorkspace, type Workspace } from '../harness';
import { behindItsBack, nothingToDo, repaired, seenByRefresh } from '../harness/backend';

describe('a user that is changed in Control Hub', () => {
  let workspace: Workspace;
  const alice = {
    ...ALICE,
    package: 'webex_suite',
    extension: '51301',
    phoneNumber: NUMBERS[1],
    roles: ['Read-only Administrator'],
    at: 'branch',
  };
  // No administrator: what was added behind Pulumi's back could not be taken from one again.
  const john = {
    email: 'john.andersen@acme.com',
    firstName: 'John',
    lastName: 'Andersen',
    package: 'webex_suite',
    extension: '51302',
    phoneNumber: NUMBERS[2],
    at: 'branch',
  };
  const declared = program({ locations: { branch: BRANCH }, users: { alice, john } });
  beforeAll(async () => {
    workspace = await createWorkspace({ program: declared });
    (await workspace.up()).ok();
  });
  afterAll(() => workspace.close());

  it('has other names, another extension, number and role', async () => {
    const before = await personOf(workspace, ALICE);
    await editPerson(workspace, before.id, {
      firstName: 'Alicia',
      lastName: 'Anders',
      displayName: 'Alicia Anders',
      extension: '51399',
      phoneNumbers: [{ type: 'work', value: NUMBERS[3] }],
      roles: [await roleId(workspace, 'Support Administrator')],
    });
    expect(await seenByRefresh(workspace, 'alice')).toMatchObject({
      firstName: 'Alicia',
      lastName: 'Anders',
      extension: '51399',
      phoneNumber: NUMBERS[3],
      roles: ['Support Administrator'],
    });
    await repaired(workspace, 'alice');
    expect(await personOf(workspace, ALICE)).toEqual(before);
  }, 120_000);

  it('has one role more', async () => {
    const before = await personOf(workspace, ALICE);
    const both = ['Read-only Administrator', 'Support Administrator'];
    await editPerson(workspace, before.id, { roles: await Promise.all(both.map((name) => roleId(workspace, name))) });
    expect(await seenByRefresh(workspace, 'alice')).toMatchObject({ roles: both });
    await repaired(workspace, 'alice');
    expect(await personOf(workspace, ALICE)).toEqual(before);
  }, 120_000);

  it('has another package with calling', async () => {
    const { id } = await subscriberOf(workspace, john);
    const packages = ['webex_calling', 'attendant_console'];
    await behindItsBack(workspace, 'PUT', `/wholesale/subscribers/${id}`, { packages });
    expect(await seenByRefresh(workspace, 'john')).toMatchObject({
      package: 'webex_calling',
      attendantConsole: true,
    });
    await repaired(workspace, 'john');
    expect((await subscriberOf(workspace, john)).packages).toEqual(['webex_suite']);
  }, 120_000);

  it('has lost calling, with extension and number', async () => {
    const before = await personOf(workspace, john);
    const { id } = await subscriberOf(workspace, john);
    await behindItsBack(workspace, 'PUT', `/wholesale/subscribers/${id}`, { packages: ['webex_meetings'] });
    const seen = await seenByRefresh(workspace, 'john');
    expect(seen).toMatchObject({ package: 'webex_meetings' });
    expect(Object.keys(seen)).not.toContain('phoneNumber');
    await repaired(workspace, 'john');
    expect(await personOf(workspace, john)).toEqual(before);
  }, 120_000);

  it('has been moved to another location: preview shows it, and up moves it back', async () => {
    const { id } = await subscriberOf(workspace, ALICE);
    const before = await personOf(workspace, ALICE);
    const put = (body: unknown) => behindItsBack(workspace, 'PUT', `/wholesale/subscribers/${id}`, body);
    await put({ packages: ['webex_meetings'] });
    await put({ packages: ['webex_suite'], provisioningParameters: { extension: '51301' } });
    expect((await personOf(workspace, ALICE)).locationId).not.toBe(before.locationId);
    await seenByRefresh(workspace, 'alice');
    expect((await workspace.preview()).ok().planned).toEqual(['update User alice']);
    await repaired(workspace, 'alice');
    expect(await personOf(workspace, ALICE)).toEqual(before);
  }, 120_000);

  it('is not changed if it is not declared', async () => {
    const { extension, roles, ...quiet } = alice;
    await workspace.setProgram(program({ locations: { branch: BRANCH }, users: { alice: quiet } }));
    (await workspace.up()).ok();
    const { id } = await personOf(workspace, ALICE);
    await editPerson(workspace, id, {
      extension: '51377',
      roles: [await roleId(workspace, 'Support Administrator')],
      department: 'Sales',
    });
    (await workspace.refresh()).ok();
    await nothingToDo(workspace);
    expect(await personOf(workspace, ALICE)).toMatchObject({ extension: '51377', roles: ['Support Administrator'] });
  }, 120_000);
});
