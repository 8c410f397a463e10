import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DENVER, phoneNumbers, program } from '../../samples/program';
import { createWorkspace, type Workspace } from '../harness';
import { behindItsBack, locationNamed, nothingToDo } from '../harness/backend';

describe('Location.get', () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await createWorkspace({ program: program({}) });
    (await workspace.up()).ok();
  });
  afterAll(() => workspace.close());

  it('reads a location that somebody else manages, changes nothing, and forgets it again', async () => {
    const { orgId } = await locationNamed(workspace, 'Head Office');
    const { body } = await behindItsBack(workspace, 'POST', `/locations?orgId=${orgId}`, {
      name: 'Denver',
      timeZone: 'America/Denver',
      preferredLanguage: 'en_us',
      announcementLanguage: 'en_us',
      address: { address1: '123 Some St.', city: 'Milpitas', state: 'CA', postalCode: '95035', country: 'US' },
    });
    const { id } = body as { id: string };
    const details = {
      id,
      ...DENVER,
      address: { address1: '123 Some St.', city: 'Milpitas', state: 'CA', postalCode: '95035', country: 'US' },
    };
    await behindItsBack(workspace, 'POST', `/telephony/config/locations?orgId=${orgId}`, details);
    const options = await behindItsBack(
      workspace,
      'GET',
      `/telephony/pstn/locations/${id}/connectionOptions?orgId=${orgId}`,
    );
    const { items } = options.body as { items: { id: string; displayName: string }[] };
    const pstn = items.find(({ displayName }) => displayName === 'Non-integrated CCP');
    await behindItsBack(workspace, 'PUT', `/telephony/pstn/locations/${id}/connection?orgId=${orgId}`, {
      id: pstn?.id,
    });
    await behindItsBack(workspace, 'POST', `/telephony/config/locations/${id}/numbers?orgId=${orgId}`, {
      phoneNumbers: phoneNumbers(2),
    });

    const declared = `${program({})}
      const found = webex.Location.get('found', '${id}');
      module.exports = { orgId: found.orgId, name: found.name, timeZone: found.timeZone, calling: found.calling };`;
    await workspace.setProgram(declared);
    await workspace.simulator.resetRequests();
    (await workspace.up()).ok();
    expect((await workspace.simulator.requests()).writes).toBe(0);
    expect(await workspace.outputs()).toMatchObject({
      orgId,
      name: 'Denver',
      timeZone: 'America/Denver',
      calling: {
        enabled: true,
        pstn: { displayName: 'Non-integrated CCP' },
        phoneNumbers: phoneNumbers(2),
      },
    });
    expect((await workspace.preview()).ok().planned).toEqual([]);

    await workspace.setProgram(program({}));
    (await workspace.up()).ok();
    expect(await locationNamed(workspace, 'Denver')).toMatchObject({ id, calling: true, numbers: phoneNumbers(2) });
    await nothingToDo(workspace);
  }, 240_000);

  it('says so where there is none', async () => {
    const id = 'Y2lzY29zcGFyazovL3VzL0xPQ0FUSU9OL2M5N2VlMDQ5LTM1OWItNGM3OC04NDU0LTA1OGMyZWRlMjU2Mw';
    await workspace.setProgram(`${program({})}\nwebex.Location.get('found', '${id}');`);
    expect((await workspace.up()).fails().all).toMatch(/found.*Webex has no object/s);
  }, 120_000);
});
