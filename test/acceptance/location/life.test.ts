import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TWO_LINE_ADDRESS as ADDRESS } from '../../samples/cisco';
import { DENVER, program } from '../../samples/program';
import { createWorkspace, type Workspace } from '../harness';
import { locationNamed, locationNames, nothingToDo, updates } from '../harness/backend';

describe('the life of a location without calling', () => {
  let workspace: Workspace;
  const declare = (branch: Record<string, unknown>) => program({ locations: { branch } });
  const coordinates = { latitude: '12.935784', longitude: '77.697332' };
  const denver = { ...DENVER, coordinates, notes: 'Suite 456 Denver location' };
  beforeAll(async () => {
    workspace = await createWorkspace({ program: declare(denver) });
  });
  afterAll(() => workspace.close());

  it('is created with everything that POST /locations takes', async () => {
    expect((await workspace.up()).ok().changes).toMatchObject({ created: 3 });
    expect(await locationNamed(workspace, 'Denver')).toMatchObject({
      timeZone: 'America/Denver',
      preferredLanguage: 'en_us',
      announcementLanguage: 'en_us',
      address: {
        address1: '123 Some St.',
        address2: 'Suite 456',
        city: 'Milpitas',
        state: 'CA',
        postalCode: '95035',
        country: 'US',
      },
      ...coordinates,
      notes: 'Suite 456 Denver location',
      calling: false,
    });
  }, 120_000);

  it('run again, needs no request', () => nothingToDo(workspace), 120_000);

  it('gets another name, time zone, language and address, one by one and in place', async () => {
    const { id } = await locationNamed(workspace, 'Denver');
    const { addressLine2, ...oneLine } = ADDRESS;
    const changes = [
      { name: 'Boulder' },
      { timeZone: 'America/Phoenix' },
      { preferredLanguage: 'es_co' },
      { address: { ...oneLine, addressLine1: '771 Alder Drive' } },
    ];
    let args: Record<string, unknown> = denver;
    for (const change of changes) {
      args = { ...args, ...change };
      await updates(workspace, declare(args), ['branch']);
    }
    const { address, ...location } = await locationNamed(workspace, 'Boulder');
    expect(location).toMatchObject({ id, timeZone: 'America/Phoenix', preferredLanguage: 'es_co' });
    expect(address).toEqual({
      address1: '771 Alder Drive',
      city: 'Milpitas',
      state: 'CA',
      postalCode: '95035',
      country: 'US',
    });
    await nothingToDo(workspace);
  }, 240_000);

  it('changes coordinates and notes in place', async () => {
    const { id } = await locationNamed(workspace, 'Boulder');
    const other = { ...denver, name: 'Boulder', coordinates: { ...coordinates, latitude: '13' }, notes: 'Other' };
    await workspace.setProgram(declare(other));
    expect((await workspace.up()).ok().changes).toMatchObject({ updated: 1 });
    expect(await locationNamed(workspace, 'Boulder')).toMatchObject({ id, latitude: '13', notes: 'Other' });
  }, 120_000);

  it('is destroyed, and nothing of it is left', async () => {
    await workspace.setProgram(program({}));
    expect((await workspace.up()).ok().changes).toMatchObject({ deleted: 1 });
    expect(await locationNames(workspace)).toEqual(['Head Office']);
    const { resources = [] } = (await workspace.stackExport()).deployment;
    expect(resources.map(({ type }) => type)).not.toContain('pulumi-nodejs:dynamic/webex-wholesale:Location');
  }, 120_000);
});
