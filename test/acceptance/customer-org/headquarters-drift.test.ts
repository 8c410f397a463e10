import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type BackendLocation,
  backendHeadquarters,
  customerOrganizations,
  customerProgram,
  headquarters,
  type Inputs,
  johnsPizza,
  noChange,
} from '../../samples/customer';
import { createWorkspace, type Workspace } from '../harness';

const NUMBERS = ['+12145557861', '+12145551321', '+12145556985'];
const EXTRA = '+12145550100';

describe('what somebody changes of the headquarters behind its back', () => {
  let workspace: Workspace;
  let declared: BackendLocation;
  /** Requests outside Pulumi; `{id}` is the headquarters, `{trunk}` the organization's trunk. */
  const behind = async (requests: Request[]) => {
    const [organization] = await customerOrganizations(workspace);
    for (const [method, path, body] of requests) {
      const url = `${path.replace('{id}', declared.id)}?orgId=${declared.orgId}`;
      const filled = JSON.parse(JSON.stringify(body).replace('{trunk}', organization?.trunkId ?? ''));
      const { status } = await workspace.simulator.api(method, url, filled);
      expect([200, 201, 202, 204]).toContain(status);
    }
  };
  beforeAll(async () => {
    const calling = {
      pstn: { displayName: 'Non-integrated CCP' },
      phoneNumbers: NUMBERS,
      mainNumber: NUMBERS[0],
      callingLineIdName: "John's Pizza",
      routingPrefix: '7100',
    };
    workspace = await createWorkspace({
      program: customerProgram(johnsPizza({ headquarters: headquarters({ calling }) })),
    });
    (await workspace.up()).ok();
    declared = await backendHeadquarters(workspace);
  });
  afterAll(() => workspace.close());

  type Request = [method: string, path: string, body: Inputs];
  const location = '/locations/{id}';
  const details = '/telephony/config/locations/{id}';
  const numbers = '/telephony/config/locations/{id}/numbers';
  const connection = '/telephony/pstn/locations/{id}/connection';
  const drifts: [string, Request[]][] = [
    ['name', [['PUT', location, { name: 'Renamed Office' }]]],
    ['time zone', [['PUT', location, { timeZone: 'America/Denver' }]]],
    ['address', [['PUT', location, { address: { address1: '123 Some St.', city: 'Denver' } }]]],
    ['language of e-mails', [['PUT', location, { preferredLanguage: 'fr_ca' }]]],
    ['language of announcements', [['PUT', details, { announcementLanguage: 'fr_ca' }]]],
    ['a number more', [['POST', numbers, { phoneNumbers: [EXTRA] }]]],
    ['a number less', [['DELETE', numbers, { phoneNumbers: [NUMBERS[2]] }]]],
    ['main number', [['PUT', details, { callingLineId: { phoneNumber: NUMBERS[1] } }]]],
    [
      'main number, to one that is not declared',
      [
        ['POST', numbers, { phoneNumbers: [EXTRA] }],
        ['PUT', details, { callingLineId: { phoneNumber: EXTRA } }],
      ],
    ],
    ['settings of calling', [['PUT', details, { callingLineId: { name: 'Pizza' }, routingPrefix: '7200' }]]],
    [
      'PSTN connection, and most of its numbers',
      [
        ['DELETE', numbers, { phoneNumbers: NUMBERS.slice(1) }],
        ['PUT', connection, { premiseRouteType: 'TRUNK', premiseRouteId: '{trunk}' }],
      ],
    ],
  ];
  it.each(drifts)(
    '%s: a refresh records it, and up repairs it',
    async (_what, requests) => {
      await behind(requests);
      expect((await workspace.refresh()).ok().changes).toEqual({ updated: 1, unchanged: 1 });
      expect((await workspace.up()).ok().changes).toEqual({ updated: 1, unchanged: 1 });
      expect(await backendHeadquarters(workspace)).toEqual(declared);
    },
    180_000,
  );

  it('and nothing is left of it: the next run changes nothing and asks nothing', async () => {
    expect((await workspace.refresh()).ok().changes).toEqual({ unchanged: 2 });
    expect(await noChange(workspace)).toEqual({ requests: 0, up: { unchanged: 2 } });
  }, 120_000);

  it('the headquarters itself is gone: seen as well, and up says which locations there are instead', async () => {
    const { id, orgId, name } = declared;
    const query = `?orgId=${orgId}`;
    const other = { ...headquarters({ name: 'Denver' }), preferredLanguage: 'en_us', announcementLanguage: 'en_us' };
    const { status, body } = await workspace.simulator.api('POST', `/locations${query}`, {
      ...other,
      address: { address1: '123 Some St.', city: 'Denver', state: 'CO', postalCode: '12345', country: 'US' },
    });
    expect(status).toBe(201);
    const { body: location } = await workspace.simulator.api('GET', `/locations/${(body as Inputs).id}${query}`);
    const second = { ...(location as Inputs), preferredLanguage: 'en_us', announcementLanguage: 'en_us' };
    expect((await workspace.simulator.api('POST', `/telephony/config/locations${query}`, second)).status).toBe(201);
    const job = { locationId: id, locationName: name };
    const jobs = '/telephony/config/jobs/locations/deleteCallingLocation';
    expect((await workspace.simulator.api('POST', `${jobs}${query}`, job)).status).toBe(202);
    await workspace.simulator.advanceClock(10);
    expect((await workspace.simulator.api('DELETE', `/locations/${id}${query}`)).status).toBe(204);

    expect((await workspace.refresh()).ok().changes).toEqual({ updated: 1, unchanged: 1 });
    expect((await workspace.preview()).ok().planned).toEqual(['update CustomerOrg johns-pizza']);
    expect((await workspace.up()).fails().all).toContain(
      'the organization has no location "Head Office": it has "Denver"',
    );
  }, 180_000);
});
