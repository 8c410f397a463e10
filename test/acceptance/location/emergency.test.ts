import { afterEach, describe, expect, it } from 'vitest';
import { TWO_LINE_ADDRESS as ADDRESS } from '../../samples/cisco';
import { CUSTOMER, DENVER, program } from '../../samples/program';
import { createWorkspace, type Workspace } from '../harness';
import { behindItsBack, locationNamed, nothingToDo, repaired, seenByRefresh, updates } from '../harness/backend';

describe('the emergency location identifier', () => {
  let workspace: Workspace;
  afterEach(() => workspace.close());

  it('is set, changed and watched in a country where Webex takes it', async () => {
    workspace = await createWorkspace({ program: '' });
    const template = { name: 'Germany', country: 'DE' };
    const { provisioningId } = (await workspace.simulator.control('POST', '/templates', template)) as {
      provisioningId: string;
    };
    const address = { ...ADDRESS, country: 'DE' };
    const headquarters = { ...(CUSTOMER.headquarters as object), address, timeZone: 'Europe/Berlin' };
    const customer = { provisioningId, address, headquarters };
    const declare = (emergencyLocationIdentifier: string) =>
      program({ customer, locations: { branch: { ...DENVER, address, calling: { emergencyLocationIdentifier } } } });

    await workspace.setProgram(declare('Rcdn'));
    (await workspace.up()).ok();
    const { id } = await locationNamed(workspace, 'Denver');
    const path = `/telephony/config/locations/${id}`;
    const real = async () => (await workspace.simulator.api('GET', path)).body;
    expect(await real()).toMatchObject({ pAccessNetworkInfo: 'Rcdn' });
    await nothingToDo(workspace);

    await updates(workspace, declare('Richardson-TX'), ['branch']);
    expect(await real()).toMatchObject({ pAccessNetworkInfo: 'Richardson-TX' });

    await behindItsBack(workspace, 'PUT', path, { pAccessNetworkInfo: 'Other' });
    expect(await seenByRefresh(workspace, 'branch')).toMatchObject({
      calling: { emergencyLocationIdentifier: 'Other' },
    });
    await repaired(workspace, 'branch');
    expect(await real()).toMatchObject({ pAccessNetworkInfo: 'Richardson-TX' });
  }, 240_000);

  it('is refused elsewhere, and the new location is removed again', async () => {
    const calling = { emergencyLocationIdentifier: 'Rcdn' };
    workspace = await createWorkspace({ program: program({ locations: { branch: { ...DENVER, calling } } }) });
    const run = (await workspace.up()).fails();
    expect(run.all).toMatch(/pAccessNetworkInfo.*BE, DE, FR.*nothing is left behind/s);
    await expect(locationNamed(workspace, 'Denver')).rejects.toThrow(/locations named Denver/);
  }, 120_000);
});
