import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DENVER, phoneNumbers, program } from '../../samples/program';
import { createWorkspace, type Workspace } from '../harness';
import { backend, behindItsBack, locationNamed, repaired, seenByRefresh } from '../harness/backend';

describe('a location that somebody changes in Control Hub', () => {
  let workspace: Workspace;
  const numbers = phoneNumbers(3);
  const [first, second, third] = numbers;
  const added = '+12145557999';
  const calling = {
    pstn: { displayName: 'Non-integrated CCP' },
    phoneNumbers: numbers,
    mainNumber: first,
    callingLineIdName: 'Denver Incoming',
    externalCallerIdName: 'Big Corp-Denver',
    routingPrefix: '2',
    outsideDialDigit: '12',
    enforceOutsideDialDigit: true,
    chargeNumber: '+14158952369',
  };
  beforeAll(async () => {
    workspace = await createWorkspace({ program: program({ locations: { branch: { ...DENVER, calling } } }) });
    (await workspace.up()).ok();
  });
  afterAll(() => workspace.close());

  const change = async (method: string, path: (id: string) => string, body: unknown) => {
    const { id, orgId } = await locationNamed(workspace, 'Denver');
    await behindItsBack(workspace, method, `${path(id)}?orgId=${orgId}`, body);
    return id;
  };
  const locations = (id: string) => `/locations/${id}`;
  const settings = (id: string) => `/telephony/config/locations/${id}`;
  const details = async (id: string) => (await workspace.simulator.api('GET', settings(id))).body;

  it('has another name, time zone, language and address', async () => {
    const before = await locationNamed(workspace, 'Denver');
    const address = { address1: '456 Other St.', address2: 'Cisco Site 5', city: 'Boulder', postalCode: '80301' };
    const facts = { name: 'Boulder', timeZone: 'America/Phoenix', preferredLanguage: 'es_co', address };
    await change('PUT', locations, facts);
    expect(await seenByRefresh(workspace, 'branch')).toMatchObject({
      name: 'Boulder',
      timeZone: 'America/Phoenix',
      preferredLanguage: 'es_co',
      address: {
        addressLine1: '456 Other St.',
        addressLine2: 'Cisco Site 5',
        city: 'Boulder',
        zipOrPostalCode: '80301',
      },
    });
    await repaired(workspace, 'branch');
    expect(await locationNamed(workspace, 'Denver')).toEqual(before);
  }, 120_000);

  it('has other calling settings', async () => {
    const { id } = await locationNamed(workspace, 'Denver');
    const before = await details(id);
    const plain = {
      announcementLanguage: 'fr_fr',
      externalCallerIdName: 'Other',
      routingPrefix: '7',
      outsideDialDigit: '9',
      enforceOutsideDialDigit: false,
      chargeNumber: '+14158950000',
    };
    const callingLineId = { name: 'Other Incoming', phoneNumber: second };
    await change('PUT', settings, { ...plain, callingLineId });
    const { announcementLanguage, ...others } = plain;
    expect(await seenByRefresh(workspace, 'branch')).toMatchObject({
      announcementLanguage,
      calling: { ...others, callingLineIdName: 'Other Incoming', mainNumber: second },
    });
    await repaired(workspace, 'branch');
    expect(await details(id)).toEqual(before);
  }, 120_000);

  it('has one number more and one less', async () => {
    const path = (id: string) => `${settings(id)}/numbers`;
    await change('POST', path, { phoneNumbers: [added] });
    await change('DELETE', path, { phoneNumbers: [third] });
    const { calling: seen } = await seenByRefresh(workspace, 'branch');
    expect(seen).toMatchObject({ phoneNumbers: [first, second, added] });
    await repaired(workspace, 'branch');
    expect((await locationNamed(workspace, 'Denver')).numbers).toEqual(numbers);
  }, 120_000);

  it('has another PSTN connection', async () => {
    const { orgId } = await locationNamed(workspace, 'Denver');
    const premiseRouteId = (await backend(workspace)).organizations.find(({ id }) => id === orgId)?.trunkId;
    const path = (id: string) => `/telephony/pstn/locations/${id}/connection`;
    await change('PUT', path, { premiseRouteType: 'TRUNK', premiseRouteId });
    const { calling: seen } = await seenByRefresh(workspace, 'branch');
    expect(seen).toMatchObject({ pstn: { displayName: 'Premises-based PSTN' } });
    await repaired(workspace, 'branch');
    expect((await locationNamed(workspace, 'Denver')).pstn).toBe('Non-integrated CCP');
  }, 120_000);

  it('has no calling any more', async () => {
    const { id, orgId } = await locationNamed(workspace, 'Denver');
    const before = await details(id);
    const job = `/telephony/config/jobs/locations/deleteCallingLocation?orgId=${orgId}`;
    await behindItsBack(workspace, 'POST', job, { locationId: id });
    await workspace.simulator.advanceClock(60);
    expect(await locationNamed(workspace, 'Denver')).toMatchObject({ calling: false, numbers: [] });
    expect(await seenByRefresh(workspace, 'branch')).toMatchObject({ calling: { enabled: false } });
    await repaired(workspace, 'branch');
    expect(await locationNamed(workspace, 'Denver')).toMatchObject({ calling: true, numbers });
    expect(await details(id)).toEqual(before);
  }, 120_000);
});
