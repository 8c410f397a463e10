import { afterEach, describe, expect, it } from 'vitest';
import { type Args, DENVER, phoneNumbers, program } from '../../samples/program';
import { createWorkspace, type Run, type Workspace } from '../harness';
import { locationNamed, locationNames, nothingToDo } from '../harness/backend';

describe('a location that Webex refuses', () => {
  let workspace: Workspace;
  afterEach(() => workspace.close());

  const start = async (branch: Args) => {
    workspace = await createWorkspace({ program: program({ locations: { branch } }) });
    return (await workspace.up()).fails();
  };
  const nothingIsLeft = async (run: Run) => {
    expect(run.all).toContain('nothing is left behind');
    expect(await locationNames(workspace)).toEqual(['Head Office']);
    const { resources = [] } = (await workspace.stackExport()).deployment;
    expect(resources.map(({ urn }) => urn.split('::').at(-1))).not.toContain('branch');
  };

  it.each(['Integrated CCP', 'Cisco Calling Plans'])(
    'has no numbers on the integrated connection %s, and nothing is left of it',
    async (displayName) => {
      const calling = { pstn: { displayName }, phoneNumbers: phoneNumbers(1) };
      if (displayName === 'Cisco Calling Plans') {
        // Cisco's own connection is known by its name, so preview can refuse it.
        workspace = await createWorkspace({ program: program({ locations: { branch: { ...DENVER, calling } } }) });
        const preview = (await workspace.preview()).fails();
        expect(preview.errors).toMatch(/calling\.phoneNumbers.*integrated/s);
        expect((await workspace.simulator.requests()).writes).toBe(0);
        return;
      }
      const run = await start({ ...DENVER, calling });
      expect(run.all).toMatch(/calling\.phoneNumbers.*integrated/s);
      await nothingIsLeft(run);

      // Without numbers it comes up. Adding some later is refused, and at preview once a refresh found the
      // connection's type.
      await workspace.setProgram(program({ locations: { branch: { ...DENVER, calling: { pstn: { displayName } } } } }));
      (await workspace.up()).ok();
      await workspace.setProgram(program({ locations: { branch: { ...DENVER, calling } } }));
      await workspace.simulator.resetRequests();
      expect((await workspace.up()).fails().all).toMatch(/calling\.phoneNumbers.*integrated/s);
      expect((await workspace.simulator.requests()).writes).toBe(0);
      (await workspace.refresh()).ok();
      expect((await workspace.preview()).fails().errors).toMatch(/calling\.phoneNumbers.*integrated/s);
      expect(await locationNamed(workspace, 'Denver')).toMatchObject({ numbers: [] });
    },
    240_000,
  );

  it('names a PSTN connection that the location does not offer: the error lists those that it does', async () => {
    const run = await start({ ...DENVER, calling: { pstn: { displayName: 'No such carrier' } } });
    expect(run.all).toMatch(/calling\.pstn\.displayName: "No such carrier".*"Non-integrated CCP"/s);
    await nothingIsLeft(run);
  }, 120_000);

  it('has a number that another location no longer declares: not refused, the number moves', async () => {
    const calling = { pstn: { displayName: 'Non-integrated CCP' }, phoneNumbers: phoneNumbers(1) };
    workspace = await createWorkspace({ program: program({ locations: { first: { ...DENVER, calling } } }) });
    (await workspace.up()).ok();
    // The first keeps its number without declaring it, so only Webex knows that.
    const first = { ...DENVER, calling: {} };
    await workspace.setProgram(program({ locations: { first, second: { ...DENVER, name: 'Boulder', calling } } }));
    (await workspace.up()).ok();
    expect(await locationNames(workspace)).toEqual(['Head Office', 'Denver', 'Boulder']);
  }, 120_000);

  it('is the last one with calling, or users are declared there: calling stays, and the error says why', async () => {
    const branch = { ...DENVER, calling: {} };
    const alice = {
      email: 'alice.anderson@acme.com',
      firstName: 'Alice',
      lastName: 'Anderson',
      package: 'webex_calling',
      extension: '51301',
      at: 'branch',
    };
    workspace = await createWorkspace({ program: program({ locations: { branch }, users: { alice } }) });
    (await workspace.up()).ok();
    const off = { ...DENVER, calling: { enabled: false } };
    await workspace.setProgram(program({ locations: { branch: off }, users: { alice } }));
    expect((await workspace.preview()).fails().all).toContain('has Webex Calling turned off');
    expect(await locationNamed(workspace, 'Denver')).toMatchObject({ calling: true });

    // Once the headquarters has no calling, Denver is the last one.
    await workspace.setProgram(program({ locations: { branch } }));
    (await workspace.up()).ok();
    const { id, orgId } = await locationNamed(workspace, 'Head Office');
    const job = `/telephony/config/jobs/locations/deleteCallingLocation?orgId=${orgId}`;
    await workspace.simulator.api('POST', job, { locationId: id });
    await workspace.simulator.advanceClock(60);
    await workspace.setProgram(program({ locations: { branch: off } }));
    expect((await workspace.up()).fails().all).toMatch(
      /can't disable calling at location "Denver": it is the organization's last calling location/,
    );
    expect(await locationNamed(workspace, 'Denver')).toMatchObject({ calling: true });

    await workspace.setProgram(program({ locations: { branch } }));
    await nothingToDo(workspace);
  }, 240_000);
});
