import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALICE, BRANCH, JOHN, NUMBERS, personOf, subscriberOf } from '../../samples/people';
import { type Args, program } from '../../samples/program';
import { createWorkspace, type Workspace } from '../harness';
import { locationNamed, nothingToDo, updates } from '../harness/backend';

describe("a user's package", () => {
  let workspace: Workspace;
  const declare = (alice: Args, more: Record<string, Args> = {}) =>
    program({ locations: { branch: BRANCH }, users: { alice: { ...ALICE, ...alice }, ...more } });
  const line = { extension: '51301', phoneNumber: NUMBERS[1], at: 'branch' };
  beforeAll(async () => {
    workspace = await createWorkspace({ program: declare({ package: 'webex_meetings' }) });
    (await workspace.up()).ok();
  });
  afterAll(() => workspace.close());

  it('changes from meetings to calling, with extension, number and location', async () => {
    const { id } = await subscriberOf(workspace, ALICE);
    await updates(workspace, declare({ package: 'webex_calling', ...line }), ['alice']);
    expect(await subscriberOf(workspace, ALICE)).toMatchObject({ id, packages: ['webex_calling'] });
    expect(await personOf(workspace, ALICE)).toMatchObject({
      calling: true,
      extension: '51301',
      phoneNumber: NUMBERS[1],
      locationId: (await locationNamed(workspace, 'Denver')).id,
    });
    await nothingToDo(workspace);
  }, 120_000);

  it('changes from calling to suite together with the name, and the line stays', async () => {
    await updates(workspace, declare({ package: 'webex_suite', ...line, lastName: 'Anders' }), ['alice']);
    expect(await subscriberOf(workspace, ALICE)).toMatchObject({ packages: ['webex_suite'] });
    expect(await personOf(workspace, ALICE)).toMatchObject({
      displayName: 'Alice Anders',
      extension: '51301',
      phoneNumber: NUMBERS[1],
    });
    await nothingToDo(workspace);
  }, 120_000);

  it('gets the attendant console, and loses it', async () => {
    const suite = { package: 'webex_suite', ...line };
    await updates(workspace, declare({ ...suite, attendantConsole: true }), ['alice']);
    expect((await subscriberOf(workspace, ALICE)).packages).toEqual(['webex_suite', 'attendant_console']);
    await updates(workspace, declare({ ...suite, attendantConsole: false }), ['alice']);
    expect((await subscriberOf(workspace, ALICE)).packages).toEqual(['webex_suite']);
    (await workspace.refresh()).ok();
    await nothingToDo(workspace);
  }, 240_000);

  it('changes back to meetings, and frees extension and number', async () => {
    await workspace.setProgram(declare({ package: 'webex_suite', ...line }));
    (await workspace.up()).ok();
    await updates(workspace, declare({ package: 'webex_meetings' }), ['alice']);
    expect(await personOf(workspace, ALICE)).toMatchObject({ calling: false, extension: null, phoneNumber: null });
    await workspace.setProgram(
      declare({ package: 'webex_meetings' }, { john: { ...JOHN, package: 'webex_calling', ...line } }),
    );
    (await workspace.up()).ok();
    expect(await personOf(workspace, JOHN)).toMatchObject({ extension: '51301', phoneNumber: NUMBERS[1] });
    (await workspace.refresh()).ok();
    await nothingToDo(workspace);
  }, 240_000);
});
