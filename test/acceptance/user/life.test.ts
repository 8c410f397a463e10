import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALICE, BRANCH, editPerson, JOHN, NUMBERS, personOf, subscriberOf } from '../../samples/people';
import { type Args, program } from '../../samples/program';
import { createWorkspace, type Workspace } from '../harness';
import { backend, locationNamed, nothingToDo, updates } from '../harness/backend';

describe('the life of users', () => {
  let workspace: Workspace;
  const declare = (users: Record<string, Args>) => program({ locations: { branch: BRANCH }, users });
  const reception = { email: 'branch.reception@acme.com', firstName: 'Branch', lastName: 'Reception' };
  const duarte = { email: 'john.duarte@acme.com', firstName: 'John', lastName: 'Duarte' };
  const users = {
    meetings: { ...ALICE, package: 'webex_meetings' },
    headquarters: { ...JOHN, package: 'webex_calling', extension: '51200' },
    number: { ...duarte, package: 'webex_voice', phoneNumber: NUMBERS[0], at: 'branch' },
    both: {
      ...reception,
      package: 'webex_suite',
      attendantConsole: true,
      extension: '51301',
      phoneNumber: NUMBERS[1],
      roles: ['Read-only Administrator'],
      at: 'branch',
    },
  };
  beforeAll(async () => {
    workspace = await createWorkspace({ program: declare(users) });
  });
  afterAll(() => workspace.close());

  it('begins with a package of each kind, at the headquarters where no location is named', async () => {
    expect((await workspace.preview()).ok().planned).toHaveLength(7);
    (await workspace.up()).ok();
    const branch = await locationNamed(workspace, 'Denver');
    const headquarters = await locationNamed(workspace, 'Head Office');
    expect(await personOf(workspace, ALICE)).toMatchObject({
      displayName: 'Alice Anderson',
      calling: false,
      extension: null,
      phoneNumber: null,
      roles: [],
    });
    expect(await personOf(workspace, JOHN)).toMatchObject({ locationId: headquarters.id, extension: '51200' });
    expect(await personOf(workspace, duarte)).toMatchObject({
      locationId: branch.id,
      extension: null,
      phoneNumber: NUMBERS[0],
    });
    expect(await personOf(workspace, reception)).toMatchObject({
      locationId: branch.id,
      extension: '51301',
      phoneNumber: NUMBERS[1],
      roles: ['Read-only Administrator'],
    });
    const { subscribers } = await backend(workspace);
    expect(Object.fromEntries(subscribers.map(({ email, packages }) => [email, packages]))).toEqual({
      [ALICE.email]: ['webex_meetings'],
      [JOHN.email]: ['webex_calling'],
      [duarte.email]: ['webex_voice'],
      [reception.email]: ['webex_suite', 'attendant_console'],
    });
  }, 120_000);

  it('run again, needs no request', () => nothingToDo(workspace), 120_000);

  it('goes on with other names, extensions, numbers and roles, in place', async () => {
    const before = await subscriberOf(workspace, reception);
    const meetings = { ...users.meetings, firstName: 'Alicia', roles: ['Support Administrator'] };
    const headquarters = { ...users.headquarters, extension: '51201' };
    const number = { ...users.number, phoneNumber: NUMBERS[2], extension: '51302' };
    const both = {
      ...users.both,
      lastName: 'Desk',
      phoneNumber: undefined,
      roles: ['Support Administrator', 'Read-only Administrator'],
    };
    await updates(workspace, declare({ meetings, headquarters, number, both }), Object.keys(users));
    expect(await personOf(workspace, ALICE)).toMatchObject({
      displayName: 'Alicia Anderson',
      firstName: 'Alicia',
      roles: ['Support Administrator'],
    });
    expect(await personOf(workspace, JOHN)).toMatchObject({ extension: '51201' });
    expect(await personOf(workspace, duarte)).toMatchObject({ extension: '51302', phoneNumber: NUMBERS[2] });
    const { roles, ...person } = await personOf(workspace, reception);
    expect(person).toMatchObject({ displayName: 'Branch Desk', extension: '51301', phoneNumber: null });
    expect([...roles].sort()).toEqual(['Read-only Administrator', 'Support Administrator']);
    expect(await subscriberOf(workspace, reception)).toEqual(before);

    const none = { ...both, roles: [] };
    const numberOnly = { ...number, extension: undefined };
    await updates(workspace, declare({ meetings, headquarters, number: numberOnly, both: none }), ['number', 'both']);
    expect((await personOf(workspace, reception)).roles).toEqual([]);
    expect(await personOf(workspace, duarte)).toMatchObject({ extension: null, phoneNumber: NUMBERS[2] });

    // Roles that are no longer declared aren't managed: they stay as they are.
    const unmanaged = { ...meetings, roles: undefined };
    await updates(workspace, declare({ meetings: unmanaged, headquarters, number: numberOnly, both: none }), [
      'meetings',
    ]);
    expect((await personOf(workspace, ALICE)).roles).toEqual(['Support Administrator']);
    await nothingToDo(workspace);
  }, 240_000);

  it('keeps what is not ours of a person through an update', async () => {
    const { id } = await personOf(workspace, JOHN);
    await editPerson(workspace, id, { department: 'Sales', title: 'GM', roles: [] });
    await workspace.setProgram(
      declare({ headquarters: { ...users.headquarters, firstName: 'Jon', extension: '51201' } }),
    );
    (await workspace.up()).ok();
    const { body } = await workspace.simulator.api('GET', `/people/${id}?callingData=true`);
    expect(body).toMatchObject({ firstName: 'Jon', extension: '51201', department: 'Sales', title: 'GM' });
    await nothingToDo(workspace);
  }, 120_000);

  it('is unlinked when it is no longer declared, which frees extension and number', async () => {
    await workspace.setProgram(declare({}));
    (await workspace.up()).ok();
    const { subscribers, people } = await backend(workspace);
    expect(subscribers).toEqual([]);
    expect(people.map(({ extension, phoneNumber }) => extension ?? phoneNumber)).toEqual(people.map(() => null));
  }, 120_000);
});
