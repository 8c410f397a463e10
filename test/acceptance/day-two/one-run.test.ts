import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALICE, BRANCH, JOHN, NUMBERS, personOf } from '../../samples/people';
import { type Args, CUSTOMER, DENVER, program } from '../../samples/program';
import { howToLines, withoutTimes } from '../../unit/docs/markdown';
import { createWorkspace, type Workspace } from '../harness';
import { backend, locationNamed, locationNames, nothingToDo } from '../harness/backend';

const NEW_ADDRESS = 'alice.anderson@example.com';

describe('day two, one resource at a time (--parallel 1)', () => {
  let workspace: Workspace;
  const packages = CUSTOMER.packages as string[];
  const leaver = { email: 'john.leaver@acme.com', firstName: 'John', lastName: 'Leaver', package: 'webex_suite' };
  const joiner = { ...leaver, email: 'john.joiner@acme.com', lastName: 'Joiner', extension: '51203' };
  const reception = { email: 'branch.reception@acme.com', firstName: 'Branch', lastName: 'Reception' };
  const duarte = { email: 'john.duarte@acme.com', firstName: 'John', lastName: 'Duarte' };
  const withCalling = (calling: Args, more: Args = {}) => ({
    ...more,
    headquarters: { ...(CUSTOMER.headquarters as Args), calling: { pstn: BRANCH.calling.pstn, ...calling } },
  });
  const alice = { ...ALICE, extension: '51301', phoneNumber: NUMBERS[0] };
  const before = program({
    customer: withCalling({}),
    locations: {
      branch: { ...BRANCH, calling: { ...BRANCH.calling, phoneNumbers: [NUMBERS[0]] } },
      depot: { ...DENVER, name: 'Depot' },
    },
    users: {
      alice: { ...alice, package: 'webex_calling', at: 'branch' },
      john: { ...JOHN, package: 'webex_calling', extension: '51201' },
      duarte: { ...duarte, package: 'webex_suite', extension: '51202' },
      leaver: { ...leaver, extension: '51203' },
    },
  });
  // A site opens, another one is renamed, the branch closes, alice goes to the headquarters with her number, john and
  // duarte swap, a joiner gets the extension of a leaver, and webex_calling is dropped.
  const after = [
    program({
      customer: withCalling(
        { phoneNumbers: [NUMBERS[0]] },
        { packages: packages.filter((name) => name !== 'webex_calling') },
      ),
      locations: { reno: { ...DENVER, name: 'Reno', calling: {} }, depot: { ...DENVER, name: 'Store' } },
      users: {
        reception: { ...reception, package: 'webex_suite', extension: '51301', at: 'reno' },
        john: { ...JOHN, package: 'webex_suite', extension: '51202' },
        duarte: { ...duarte, package: 'webex_suite', extension: '51201' },
        joiner,
      },
    }),
    'const locationId = customer.headquartersLocationId;',
    `new webex.User('alice', { customerId, locationId, ...${JSON.stringify({ ...alice, email: NEW_ADDRESS, package: 'webex_suite' })} });`,
  ].join('\n');

  beforeAll(async () => {
    workspace = await createWorkspace({ program: before });
    (await workspace.up()).ok();
  }, 120_000);
  afterAll(() => workspace.close());

  it('preview says what the person must do, and what waits for whom', async () => {
    await workspace.setProgram(after);
    const { stdout, stderr } = (await workspace.pulumi('preview', '--diff')).ok();
    const text = stdout + stderr;
    for (const line of howToLines('preview')) expect(text).toContain(line);
    expect(text).toMatch(/webex_calling can be removed only when no user has it\. Now .*alice\.anderson@acme\.com/);
  }, 120_000);

  it('is done in one run: a site closes, people swap, a package goes', async () => {
    const run = (await workspace.up('--parallel', '1')).ok();
    const shown = withoutTimes(run.stdout + run.stderr);
    for (const line of howToLines('up')) expect(shown).toContain(line);
    expect((await locationNames(workspace)).sort()).toEqual(['Head Office', 'Reno', 'Store']);
    const { customers } = await backend(workspace);
    const { id: home, numbers } = await locationNamed(workspace, 'Head Office');
    expect(numbers).toEqual([NUMBERS[0]]);
    const left = packages.filter((name) => name !== 'webex_calling');
    expect([...((customers[0] as unknown as Args).packages as string[])].sort()).toEqual(left.sort());
    expect(await personOf(workspace, { email: NEW_ADDRESS })).toMatchObject({
      locationId: home,
      phoneNumber: NUMBERS[0],
    });
    expect(await personOf(workspace, JOHN)).toMatchObject({ extension: '51202' });
    expect(await personOf(workspace, duarte)).toMatchObject({ extension: '51201' });
    expect(await personOf(workspace, joiner)).toMatchObject({ extension: '51203' });
    expect(await personOf(workspace, leaver)).toMatchObject({ calling: false, extension: null });
    expect(Object.keys((await workspace.up()).ok().changes)).toEqual(['unchanged']);
  }, 240_000);

  it('and is all the same after a refresh', async () => {
    (await workspace.refresh()).ok();
    await nothingToDo(workspace);
  }, 120_000);
});
