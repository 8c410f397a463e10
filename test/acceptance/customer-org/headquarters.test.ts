import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TWO_LINE_ADDRESS } from '../../samples/cisco';
import {
  backendHeadquarters,
  customerOrganizations,
  customerProgram,
  declare,
  headquarters,
  type Inputs,
  johnsPizza,
  noChange,
  nothingLeft,
  requestsTo,
} from '../../samples/customer';
import { createWorkspace, type Workspace } from '../harness';

/** +12145550100 and the following ones. */
const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `+121455501${String(from + index).padStart(2, '0')}`);

describe('the headquarters of a customer is changed in place', () => {
  let workspace: Workspace;
  let locationId: string;
  let hq = headquarters();
  const change = async (changes: Inputs) => {
    hq = { ...hq, ...changes };
    await workspace.simulator.resetRequests();
    return declare(workspace, johnsPizza({ headquarters: hq }));
  };
  /** Changes, expects an update, and answers with what the backend has then. */
  const changed = async (changes: Inputs) => {
    expect((await change(changes)).ok().changes).toEqual({ updated: 1, unchanged: 1 });
    const location = await backendHeadquarters(workspace);
    expect(location.id).toBe(locationId);
    return location;
  };
  beforeAll(async () => {
    workspace = await createWorkspace({ program: customerProgram(johnsPizza()) });
    (await workspace.up()).ok();
    locationId = (await backendHeadquarters(workspace)).id;
  });
  afterAll(() => workspace.close());

  it('name', async () => {
    expect(await changed({ name: 'Main Office' })).toMatchObject({ name: 'Main Office' });
  }, 120_000);

  it('address', async () => {
    const location = await changed({
      address: { ...TWO_LINE_ADDRESS, addressLine1: '123 Some St.', addressLine2: 'Suite 456' },
    });
    expect(location.address).toMatchObject({ address1: '123 Some St.', address2: 'Suite 456', city: 'Milpitas' });
    const { addressLine2: _, ...oneLine } = TWO_LINE_ADDRESS;
    expect((await changed({ address: oneLine })).address).not.toMatchObject({ address2: 'Suite 456' });
    expect((await workspace.refresh()).ok().changes).toEqual({ unchanged: 2 });
  }, 120_000);

  it('time zone', async () => {
    expect(await changed({ timeZone: 'America/Denver' })).toMatchObject({ timeZone: 'America/Denver' });
  }, 120_000);

  it('language: of e-mails and of announcements', async () => {
    const location = await changed({ language: 'fr_ca' });
    expect(location).toMatchObject({ preferredLanguage: 'fr_ca', announcementLanguage: 'fr_ca' });
  }, 120_000);

  it('calling: a PSTN connection, seven numbers and a main number, in the order that Webex forces', async () => {
    const calling = {
      pstn: { displayName: 'Non-integrated CCP' },
      phoneNumbers: numbers(0, 6),
      mainNumber: '+12145550100',
    };
    const location = await changed({ calling });
    expect(location).toMatchObject({
      pstn: 'Non-integrated CCP',
      numbers: numbers(0, 6),
      mainNumber: '+12145550100',
    });
    const writes = (await requestsTo(workspace, /PUT|POST|DELETE/, /./)).filter(({ path }) => !/customers/.test(path));
    expect(writes.map(({ method, path }) => `${method} ${path.split('/').at(-1)}`)).toEqual([
      'PUT connection',
      'POST numbers',
      `PUT ${locationId}`,
    ]);
  }, 120_000);

  it('nothing more, once it is as declared', async () => {
    expect(await noChange(workspace)).toEqual({ requests: 0, up: { unchanged: 2 } });
  }, 120_000);

  it('two numbers more, six less, and another main number because the old one goes', async () => {
    const calling = {
      pstn: { displayName: 'Non-integrated CCP' },
      phoneNumbers: numbers(6, 8),
      mainNumber: '+12145550108',
    };
    const location = await changed({ calling });
    expect(location).toMatchObject({ numbers: numbers(6, 8), mainNumber: '+12145550108' });
    const removals = await requestsTo(workspace, /DELETE/, /numbers$/);
    expect(removals.map(({ body }) => (body?.phoneNumbers as string[] | undefined)?.length)).toEqual([5, 1]);
  }, 120_000);

  it('settings of calling', async () => {
    const calling = {
      ...(hq.calling as Inputs),
      callingLineIdName: "John's Pizza",
      externalCallerIdName: 'Pizza',
      routingPrefix: '7100',
      outsideDialDigit: '9',
      enforceOutsideDialDigit: true,
      chargeNumber: '+12145550107',
    };
    await changed({ calling });
    const { orgId } = await backendHeadquarters(workspace);
    const { body } = await workspace.simulator.api('GET', `/telephony/config/locations/${locationId}?orgId=${orgId}`);
    expect(body).toMatchObject({
      callingLineId: { name: "John's Pizza", phoneNumber: '+12145550108' },
      externalCallerIdName: 'Pizza',
      routingPrefix: '7100',
      outsideDialDigit: '9',
      enforceOutsideDialDigit: true,
      chargeNumber: '+12145550107',
    });
    expect((await workspace.refresh()).ok().changes).toEqual({ unchanged: 2 });
  }, 120_000);

  it('another connection: a local gateway, by its trunk', async () => {
    const [organization] = await customerOrganizations(workspace);
    const pstn = { premiseRouteType: 'TRUNK', premiseRouteId: organization?.trunkId };
    const location = await changed({ calling: { ...(hq.calling as Inputs), pstn } });
    expect(location).toMatchObject({
      pstn: 'Premises-based PSTN',
      route: { type: 'TRUNK', id: organization?.trunkId },
      numbers: numbers(6, 8),
    });
    expect((await workspace.refresh()).ok().changes).toEqual({ unchanged: 2 });
    expect(await noChange(workspace)).toEqual({ requests: 0, up: { unchanged: 2 } });
  }, 120_000);

  it('calling that is no longer declared stays as it is', async () => {
    const location = await changed({ calling: undefined });
    expect(location).toMatchObject({ pstn: 'Premises-based PSTN', numbers: numbers(6, 8) });
  }, 120_000);

  it('destroy takes all of it away', async () => {
    (await workspace.destroy()).ok();
    expect(await nothingLeft(workspace)).toBe(true);
  }, 120_000);
});
