import { afterEach, describe, expect, it } from 'vitest';
import { DENVER, program } from '../../samples/program';
import { createWorkspace, type Workspace } from '../harness';
import { backend, behindItsBack, locationNamed, nothingToDo } from '../harness/backend';

describe('a location that somebody removed', () => {
  let workspace: Workspace;
  const declared = program({ locations: { branch: { ...DENVER, calling: {} } } });
  afterEach(() => workspace.close());

  it('is made again', async () => {
    workspace = await createWorkspace({ program: declared });
    (await workspace.up()).ok();
    const { id, orgId } = await locationNamed(workspace, 'Denver');
    const job = '/telephony/config/jobs/locations/deleteCallingLocation';
    await behindItsBack(workspace, 'POST', `${job}?orgId=${orgId}`, { locationId: id });
    await workspace.simulator.advanceClock(60);
    await behindItsBack(workspace, 'DELETE', `/locations/${id}?orgId=${orgId}`);

    (await workspace.refresh()).ok();
    expect((await workspace.preview()).ok().planned).toEqual(['create Location branch']);
    (await workspace.up()).ok();
    const made = await locationNamed(workspace, 'Denver');
    expect(made).toMatchObject({ orgId, calling: true });
    expect(made.id).not.toBe(id);
    await nothingToDo(workspace);
  }, 240_000);

  it('is no obstacle to destroying it, not even without a refresh', async () => {
    workspace = await createWorkspace({ program: program({ locations: { branch: DENVER } }) });
    (await workspace.up()).ok();
    const { id, orgId } = await locationNamed(workspace, 'Denver');
    await behindItsBack(workspace, 'DELETE', `/locations/${id}?orgId=${orgId}`);
    (await workspace.destroy()).ok();
    expect((await backend(workspace)).customers).toEqual([]);
    expect((await workspace.stackExport()).deployment.resources ?? []).toEqual([]);
  }, 240_000);

  it('goes with its customer, and is made again in the new organization', async () => {
    workspace = await createWorkspace({ program: declared });
    (await workspace.up()).ok();
    const before = await locationNamed(workspace, 'Denver');
    const [customer] = (await backend(workspace)).customers;
    await behindItsBack(workspace, 'DELETE', `/wholesale/customers/${customer?.id}`);
    await workspace.simulator.advanceClock(60);

    (await workspace.refresh()).ok();
    await workspace.setProgram(
      program({
        customer: { primaryEmail: 'alice.anderson@acme.com' },
        locations: { branch: { ...DENVER, calling: {} } },
      }),
    );
    expect((await workspace.preview()).ok().planned.sort()).toEqual([
      'create CustomerOrg customer',
      'create Location branch',
    ]);
    (await workspace.up()).ok();
    const { customers, locations } = await backend(workspace);
    const made = locations.filter(({ name, orgId }) => name === 'Denver' && orgId !== before.orgId);
    expect(made).toHaveLength(1);
    expect(made[0]).toMatchObject({ orgId: customers[0]?.orgId, calling: true });
    await nothingToDo(workspace);
  }, 240_000);
});
