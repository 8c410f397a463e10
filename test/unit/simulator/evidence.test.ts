import { describe, expect, it } from 'vitest';
import { TWO_LINE_LOCATION_ADDRESS as LOCATION_ADDRESS } from '../../samples/cisco';
import { locationBody, simulator } from './support';

/** Behaviour of Webex that differs from Cisco's documents or is missing in them, according to public evidence. */

const CALLING = '/telephony/config/locations';

async function withCustomer() {
  const sim = await simulator();
  const customer = await sim.onboard();
  const post = (body: Record<string, unknown>) =>
    sim.call<Record<string, unknown> & { id: string }>('POST', `/locations?orgId=${customer.orgId}`, body);
  const enable = (id: string, changes: Record<string, unknown> = {}) =>
    sim.call('POST', `${CALLING}?orgId=${customer.orgId}`, { id, ...locationBody(), ...changes });
  return { sim, customer, post, enable };
}

describe('locations', () => {
  it('are answered whole when they are made, and an announcement language of null is taken', async () => {
    const { sim, customer, post } = await withCustomer();
    const body = { ...locationBody(), announcementLanguage: null, notes: 'a note' };
    const made = await post(body);
    expect(made).toMatchObject({ status: 201, body: { name: 'Denver', orgId: customer.orgId, notes: 'a note' } });
    expect((await sim.get(`/locations/${made.body.id}`)).body).toMatchObject({
      name: 'Denver',
      notes: 'a note',
      preferredLanguage: 'en_us',
    });
  });

  it('change coordinates and notes, and lose the second address line by null', async () => {
    const { sim, post } = await withCustomer();
    const { body } = await post(locationBody());
    const changes = { latitude: '39.73', longitude: '-104.99', notes: 'moved', address: { address2: null } };
    expect((await sim.call('PUT', `/locations/${body.id}`, changes)).status).toBe(204);
    const { address2: _, ...address } = LOCATION_ADDRESS;
    expect((await sim.get(`/locations/${body.id}`)).body).toMatchObject({
      latitude: '39.73',
      longitude: '-104.99',
      notes: 'moved',
      address,
    });
  });

  it('need a state only where the country has states', async () => {
    const { post } = await withCustomer();
    const { state: _, ...address } = LOCATION_ADDRESS;
    expect((await post({ ...locationBody(), address })).status).toBe(400);
    expect((await post({ ...locationBody(), address: { ...address, country: 'DE' } })).status).toBe(201);
  });

  it('cannot be enabled with an upper-case announcement language, an empty address line, or a name over 80 characters', async () => {
    const { sim, post, enable } = await withCustomer();
    const { body } = await post(locationBody());
    expect(await enable(body.id, { announcementLanguage: 'en_US' })).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('Invalid Language Code') },
    });
    expect((await enable(body.id, { address: { ...LOCATION_ADDRESS, address2: '' } })).status).toBe(400);
    const long = await post({ ...locationBody('x'.repeat(81)) });
    expect((await enable(long.body.id)).status).toBe(400);
    expect((await enable(body.id)).status).toBe(201);
    const put = (change: Record<string, unknown>) => sim.call('PUT', `${CALLING}/${body.id}`, change);
    expect((await put({ announcementLanguage: 'en_US' })).status).toBe(400);
    expect((await sim.call('PUT', `/locations/${body.id}`, { name: 'y'.repeat(81) })).status).toBe(400);
  });

  it('have routing prefixes of their own, which the work extension of a user begins with', async () => {
    const { sim, customer } = await withCustomer();
    const id = await sim.callingLocation(customer);
    const prefix = (locationId: string) => sim.call('PUT', `${CALLING}/${locationId}`, { routingPrefix: '212' });
    expect((await prefix(id)).status).toBe(200);
    expect(await prefix(await sim.headquarters(customer))).toMatchObject({
      status: 400,
      body: { errors: [{ errorCode: 5600 }] },
    });
    const { body } = await sim.subscribe(customer, { provisioningParameters: { extension: '5221', locationId: id } });
    expect(await sim.person(body.personId)).toMatchObject({
      extension: '5221',
      phoneNumbers: [{ type: 'work_extension', value: '2125221' }],
    });
  });

  it('that something blocks fail to lose calling, with a code', async () => {
    const { sim, customer } = await withCustomer();
    const jobs = '/telephony/config/jobs/locations/deleteCallingLocation';
    const job = await sim.call<{ id: string }>('POST', jobs, { locationId: await sim.headquarters(customer) });
    await sim.advance();
    const errors = await sim.get(`${jobs}/${job.body.id}/errors`);
    expect(errors.body).toMatchObject({ items: [{ error: { message: [{ code: 'BATCH-1012012' }] } }] });
  });
});

it('numbers of an integrated PSTN connection cannot be deleted: ERR.V.TRM.TMN60004', async () => {
  const { sim, customer } = await withCustomer();
  const id = await sim.callingLocation(customer);
  await sim.setPstn(id, 'Cisco Calling Plans');
  expect(await sim.numbers('DELETE', id, '+12145551001')).toMatchObject({
    status: 400,
    body: { errors: [{ errorCode: 'ERR.V.TRM.TMN60004' }] },
  });
});

it('role IDs hold names, and the names of calling licenses begin with Webex Calling', async () => {
  const { sim, customer } = await withCustomer();
  const { 'Full Administrator': role = '' } = await sim.roles();
  expect(Buffer.from(role, 'base64').toString()).toBe('ciscospark://us/ROLE/id_full_admin');
  const path = `/licenses?orgId=${customer.orgId}`;
  const licenses = (await sim.get<{ items: { name: string; totalUnits: number }[] }>(path)).body.items;
  // A number also where there is no limit.
  expect(licenses.every(({ totalUnits }) => Number.isInteger(totalUnits))).toBe(true);
  expect(licenses.map(({ name }) => name).sort()).toEqual([
    'Webex Calling - Professional',
    'Webex Calling - Webex Suite Package',
    'Webex Meetings Package',
  ]);
});

it('PUT of a person refuses a manager, which cannot be sent', async () => {
  const { sim, customer } = await withCustomer();
  const { body } = await sim.subscribe(customer);
  const person = { displayName: 'Alice', manager: 'John' };
  expect(await sim.call('PUT', `/people/${body.personId}`, person)).toMatchObject({
    status: 400,
    body: { message: expect.stringContaining("'manager'") },
  });
});

describe('what GET answers can be put back unchanged', () => {
  it('for every object that has both', async () => {
    const { sim, customer } = await withCustomer();
    const subscriber = (await sim.subscribe(customer)).body;
    const headquarters = await sim.headquarters(customer);
    const [organization] = (await sim.state()).organizations.filter(({ id }) => id === customer.orgId);
    const branch = await sim.callingLocation(customer);
    const pstn = `/telephony/pstn/locations/${branch}/connection`;
    const { items } = (await sim.get<{ items: { id: string; displayName: string }[] }>(`${pstn}Options`)).body;
    await sim.call('PUT', pstn, {
      id: items.find(({ displayName }) => displayName === 'Premises-based PSTN')?.id,
      premiseRouteType: 'TRUNK',
      premiseRouteId: organization?.trunkId,
    });
    const [template] = (await sim.state()).templates;
    const before = await sim.state();
    const paths = [
      `/wholesale/subscribers/${subscriber.id}`,
      `/people/${subscriber.personId}`,
      `/people/${subscriber.personId}?callingData=true`,
      `/locations/${headquarters}`,
      `/locations/${branch}`,
      `${CALLING}/${headquarters}`,
      `${CALLING}/${branch}`,
      pstn,
      `/simulator/templates/${template?.provisioningId}`,
      // Last: while it is updating, its subscribers can't change.
      `/wholesale/customers/${customer.id}`,
    ];
    for (const path of paths) {
      const { body } = await sim.get<object>(path);
      expect({ path, ...(await sim.call<object>('PUT', path, body)) }.status, path).toBeLessThan(300);
    }
    await sim.advance();
    expect(await sim.state()).toEqual(before);
  });
});

describe('lists', () => {
  it('lead back as well as on, with their filters', async () => {
    const { sim, customer } = await withCustomer();
    for (const name of ['Denver', 'Boulder', 'Aspen', 'Houston']) await sim.location(customer, name);
    const at = async (url: string) => {
      const { headers, body } = await sim.get<{ items: { name: string }[] }>(url.replace(/^.*\/v1/, ''));
      const links = [...(headers.get('link') ?? '').matchAll(/<([^>]+)>; rel="(\w+)"/g)];
      return { names: body.items.map(({ name }) => name), links: new Map(links.map(([, to, rel]) => [rel, to ?? ''])) };
    };
    const first = await at(`/locations?orgId=${customer.orgId}&name=e&max=2`);
    expect([...first.links.keys()]).toEqual(['next']);
    const second = await at(first.links.get('next') ?? '');
    expect([first.names, second.names]).toEqual([
      ['Head Office', 'Denver'],
      ['Boulder', 'Aspen'],
    ]);
    expect([...second.links.keys()].sort()).toEqual(['first', 'prev']);
    expect((await at(second.links.get('prev') ?? '')).names).toEqual(first.names);
    expect((await at(second.links.get('first') ?? '')).names).toEqual(first.names);
  });
});

describe('spellings that do not matter', () => {
  it('null for an optional field means that it is not given', async () => {
    const { sim, customer, post } = await withCustomer();
    const body = { ...locationBody(), latitude: null, notes: null, address: { ...LOCATION_ADDRESS, address2: null } };
    expect((await post(body)).status).toBe(201);
    const parameters = { firstName: 'Alice', lastName: null, extension: '5221', primaryPhoneNumber: null };
    const subscriber = await sim.subscribe(customer, { package: null, provisioningParameters: parameters });
    expect(subscriber.status).toBe(200);
    const required = await post({ ...locationBody('Boulder'), name: null });
    expect(required).toMatchObject({ status: 400, body: { message: expect.stringContaining("'name'") } });
  });

  it('neither do the case of a media type, chunked bodies and doubled slashes', async () => {
    const { sim, customer } = await withCustomer();
    const chunks = new Blob([JSON.stringify(locationBody())]).stream();
    const response = await fetch(`${sim.url}//v1//locations?orgId=${customer.orgId}`, {
      method: 'POST',
      headers: { authorization: `bearer ${sim.token}`, 'content-type': 'Application/JSON; Charset=UTF-8' },
      body: chunks,
      // Node's fetch sends a stream in chunks, and wants to hear that nothing is read meanwhile.
      duplex: 'half',
    } as RequestInit);
    expect(response.status).toBe(201);
  });
});
