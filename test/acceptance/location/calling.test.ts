import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DENVER, phoneNumbers, program } from '../../samples/program';
import { createWorkspace, type Workspace } from '../harness';
import { backend, locationNamed, nothingToDo, updates } from '../harness/backend';

describe('calling of a location', () => {
  let workspace: Workspace;
  const declare = (branch: Record<string, unknown>) => program({ locations: { branch } });
  beforeAll(async () => {
    workspace = await createWorkspace({ program: declare(DENVER) });
  });
  afterAll(() => workspace.close());

  /** What GET /telephony/config/locations/{locationId} says. */
  const details = async () => {
    const { id, orgId } = await locationNamed(workspace, 'Denver');
    return workspace.simulator.api('GET', `/telephony/config/locations/${id}?orgId=${orgId}`);
  };
  const connection = async () => (await locationNamed(workspace, 'Denver')).pstn;

  it('is off where it is not declared, and enabled later in place', async () => {
    (await workspace.up()).ok();
    const { id } = await locationNamed(workspace, 'Denver');
    expect((await details()).status).toBe(404);

    // Without calling there is nothing that could speak the announcement language: it is kept for later.
    await updates(workspace, declare({ ...DENVER, announcementLanguage: 'es_co' }), ['branch']);
    await updates(workspace, declare({ ...DENVER, announcementLanguage: 'fr_fr', calling: {} }), ['branch']);
    expect((await details()).body).toMatchObject({ id, announcementLanguage: 'fr_fr' });
    await nothingToDo(workspace);
  }, 240_000);

  it('changes each setting in place', async () => {
    const plain = {
      externalCallerIdName: 'Big Corp-Denver',
      routingPrefix: '2',
      outsideDialDigit: '12',
      enforceOutsideDialDigit: true,
      chargeNumber: '+14158952369',
    };
    const calling = { ...plain, callingLineIdName: 'Denver Incoming' };
    await updates(workspace, declare({ ...DENVER, calling }), ['branch']);
    expect((await details()).body).toMatchObject({
      ...plain,
      callingLineId: { name: 'Denver Incoming' },
      announcementLanguage: 'en_us',
    });
    await nothingToDo(workspace);
  }, 240_000);

  it('sends what changed, and no more', async () => {
    await workspace.simulator.resetRequests();
    const calling = { routingPrefix: '3', outsideDialDigit: '12' };
    await updates(workspace, declare({ ...DENVER, calling }), ['branch']);
    const log = (await workspace.simulator.control('GET', '/requests/log')) as { method: string; body?: unknown }[];
    const written = log.filter(({ method }) => method !== 'GET').map(({ method, body }) => ({ method, body }));
    expect(written).toEqual([{ method: 'PUT', body: { routingPrefix: '3' } }]);
    // What is no longer declared isn't managed: it stays as it is, and is no difference.
    expect((await details()).body).toMatchObject({ externalCallerIdName: 'Big Corp-Denver', routingPrefix: '3' });
    (await workspace.refresh()).ok();
    expect((await workspace.preview()).ok().planned).toEqual([]);
  }, 120_000);

  it('has its PSTN connection by name, by ID, and by premise route', async () => {
    await updates(workspace, declare({ ...DENVER, calling: { pstn: { displayName: 'Non-integrated CCP' } } }), [
      'branch',
    ]);
    expect(await connection()).toBe('Non-integrated CCP');

    const { id, orgId } = await locationNamed(workspace, 'Denver');
    const path = `/telephony/pstn/locations/${id}/connectionOptions?orgId=${orgId}`;
    const options = (await workspace.simulator.api('GET', path)).body as {
      items: { id: string; displayName: string }[];
    };
    const calling = options.items.find(({ displayName }) => displayName === 'Cisco Calling Plans');
    await updates(workspace, declare({ ...DENVER, calling: { pstn: { id: calling?.id } } }), ['branch']);
    expect(await connection()).toBe('Cisco Calling Plans');

    const organization = (await backend(workspace)).organizations.find((entry) => entry.id === orgId);
    const trunk = { premiseRouteType: 'TRUNK', premiseRouteId: organization?.trunkId };
    await updates(workspace, declare({ ...DENVER, calling: { pstn: trunk } }), ['branch']);
    expect(await connection()).toBe('Premises-based PSTN');
    expect((await details()).body).toMatchObject({ connection: { type: 'TRUNK', id: organization?.trunkId } });

    const group = { premiseRouteType: 'ROUTE_GROUP', premiseRouteId: organization?.routeGroupId };
    await updates(workspace, declare({ ...DENVER, calling: { pstn: group } }), ['branch']);
    expect((await details()).body).toMatchObject({
      connection: { type: 'ROUTE_GROUP', id: organization?.routeGroupId },
    });

    (await workspace.refresh()).ok();
    await nothingToDo(workspace);
  }, 240_000);

  it('is disabled again by a job, and its numbers go with it', async () => {
    const numbers = phoneNumbers(2);
    const pstn = { displayName: 'Non-integrated CCP' };
    await updates(workspace, declare({ ...DENVER, calling: { pstn, phoneNumbers: numbers } }), ['branch']);
    await updates(workspace, declare({ ...DENVER, calling: { enabled: false } }), ['branch']);
    expect(await locationNamed(workspace, 'Denver')).toMatchObject({ calling: false, numbers: [], pstn: null });
    await nothingToDo(workspace);

    // Taking the whole block away disables calling just as well.
    await updates(workspace, declare({ ...DENVER, calling: { pstn, phoneNumbers: numbers } }), ['branch']);
    expect(await locationNamed(workspace, 'Denver')).toMatchObject({ calling: true, numbers });
    await updates(workspace, declare(DENVER), ['branch']);
    expect(await locationNamed(workspace, 'Denver')).toMatchObject({ calling: false });
    await nothingToDo(workspace);
  }, 240_000);
});
