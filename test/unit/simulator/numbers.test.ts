import { describe, expect, it } from 'vitest';
import { simulator } from './support';

const A = '+12145551001';
const B = '+12145551002';
const CALLING = '/telephony/config/locations';

describe('PSTN connections', () => {
  it('offer one of each type; none is set at first', async () => {
    const sim = await simulator();
    const id = await sim.headquarters(await sim.onboard());
    const path = `/telephony/pstn/locations/${id}`;
    const options = (await sim.get<{ items: { displayName: string }[] }>(`${path}/connectionOptions`)).body.items;
    expect(options.map(({ displayName }) => displayName)).toEqual([
      'Premises-based PSTN',
      'Non-integrated CCP',
      'Integrated CCP',
      'Cisco Calling Plans',
    ]);
    expect((await sim.get(`${path}/connection`)).status).toBe(404);
    expect((await sim.setPstn(id)).status).toBe(204);
    expect((await sim.get(`${path}/connection`)).body).toMatchObject({ pstnConnectionType: 'NON_INTEGRATED_CCP' });
    expect((await sim.call('PUT', `${path}/connection`, { id: 'bm8' })).status).toBe(400);
    expect((await sim.call('PUT', `${path}/connection`, {})).status).toBe(400);
  });

  it('that are premises-based need a trunk or route group of the organization', async () => {
    const sim = await simulator();
    const customer = await sim.onboard();
    const id = await sim.headquarters(customer);
    const path = `/telephony/pstn/locations/${id}/connection`;
    expect((await sim.setPstn(id, 'Premises-based PSTN')).status).toBe(400);
    const own = (await sim.state()).organizations.find((row) => row.id === customer.orgId);
    const other = await sim.onboard({ externalId: 'x', customerInfo: { name: 'X', primaryEmail: 'x@example.com' } });
    const foreign = (await sim.state()).organizations.find((row) => row.id === other.orgId);
    const put = (premiseRouteId: string | undefined) =>
      sim.call('PUT', path, { premiseRouteType: 'TRUNK', premiseRouteId });
    expect((await put(foreign?.trunkId)).status).toBe(400);
    expect((await put(own?.trunkId)).status).toBe(204);
    expect((await sim.get(`${CALLING}/${id}`)).body).toMatchObject({ connection: { type: 'TRUNK', id: own?.trunkId } });
    const toGroup = { connection: { type: 'ROUTE_GROUP', id: own?.routeGroupId } };
    expect((await sim.call('PUT', `${CALLING}/${id}`, toGroup)).status).toBe(204);
    expect((await sim.get(`${CALLING}/${id}`)).body).toMatchObject(toGroup);
    await sim.setPstn(id);
    expect((await sim.get(`${CALLING}/${id}`)).body).not.toHaveProperty('connection');
    expect((await sim.call('PUT', `${CALLING}/${id}`, toGroup)).status).toBe(400);
  });
});

describe('numbers', () => {
  it('wait for a PSTN connection, and are refused on integrated ones', async () => {
    const sim = await simulator();
    const id = await sim.headquarters(await sim.onboard());
    expect((await sim.numbers('POST', id, A)).body.message).toContain('no PSTN connection');
    for (const name of ['Integrated CCP', 'Cisco Calling Plans']) {
      await sim.setPstn(id, name);
      for (const method of ['POST', 'PUT', 'DELETE'])
        expect(await sim.numbers(method, id, A)).toMatchObject({
          status: 400,
          body: { message: expect.stringContaining('integrated') },
        });
    }
    await sim.setPstn(id);
    expect((await sim.numbers('POST', id, A)).status).toBe(200);
    expect((await sim.setPstn(id, 'Integrated CCP')).status).toBe(409);
  });

  it('are unique in the world, E.164, and added all or none', async () => {
    const sim = await simulator();
    const customer = await sim.onboard();
    const id = await sim.branch(customer, A);
    const headquarters = await sim.headquarters(customer);
    await sim.setPstn(headquarters);
    expect(await sim.numbers('POST', headquarters, B, A)).toMatchObject({
      status: 409,
      body: { errorCode: 25223, errors: [{ errorCode: 8363 }] },
    });
    expect((await sim.numbers('POST', headquarters, B, B)).status).toBe(400);
    expect((await sim.numbers('POST', headquarters, '2145551002')).status).toBe(400);
    expect((await sim.numbers('POST', headquarters)).status).toBe(400);
    expect((await sim.state()).locations.map(({ numbers }) => numbers)).toEqual([[], [A]]);
    expect((await sim.numbers('POST', id, B)).status).toBe(200);
  });

  it('are removed five at a time, but the main number and those of others', async () => {
    const sim = await simulator();
    const customer = await sim.onboard();
    const many = [1, 2, 3, 4, 5, 6].map((digit) => `+1214555200${digit}`);
    const id = await sim.branch(customer, A, ...many);
    const main = (phoneNumber: string) => sim.call('PUT', `${CALLING}/${id}`, { callingLineId: { phoneNumber } });
    expect((await main('+12145559999')).status).toBe(400);
    expect((await main(A)).status).toBe(204);
    expect((await sim.get(`${CALLING}/${id}`)).body).toMatchObject({ callingLineId: { phoneNumber: A } });
    expect((await sim.numbers('DELETE', id, ...many)).status).toBe(400);
    expect(await sim.numbers('DELETE', id, ...many.slice(0, 2), A)).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('main number') },
    });
    expect((await sim.numbers('DELETE', id, ...many.slice(0, 5))).status).toBe(204);
    expect((await sim.numbers('DELETE', id, many[0] ?? '')).status).toBe(400);
    expect((await sim.numbers('DELETE', await sim.headquarters(customer), many[5] ?? '')).status).toBe(400);
  });

  it('can be inactive first', async () => {
    const sim = await simulator();
    const customer = await sim.onboard();
    const id = await sim.branch(customer, A);
    await sim.call('POST', `${CALLING}/${id}/numbers`, { phoneNumbers: [B], state: 'INACTIVE' });
    const states = async () =>
      (
        await sim.get<{ phoneNumbers: { state: string }[] }>(`/telephony/config/numbers?orgId=${customer.orgId}`)
      ).body.phoneNumbers.map(({ state }) => state);
    expect(await states()).toEqual(['ACTIVE', 'INACTIVE']);
    expect((await sim.numbers('PUT', id, B)).status).toBe(204);
    expect(await states()).toEqual(['ACTIVE', 'ACTIVE']);
  });

  it('are listed with owner, filters, counts and pages', async () => {
    const sim = await simulator();
    const customer = await sim.onboard();
    const id = await sim.branch(customer, A, B, '+18005550100');
    await sim.subscribe(customer, {
      provisioningParameters: { firstName: 'Alice', primaryPhoneNumber: A, extension: '11', locationId: id },
    });
    await sim.subscribe(customer, {
      email: 'bob@example.com',
      provisioningParameters: { firstName: 'Bob', extension: '12' },
    });
    const list = (query: string) =>
      sim.get<{ phoneNumbers: { phoneNumber?: string; extension?: string }[]; count?: unknown }>(
        `/telephony/config/numbers?orgId=${customer.orgId}&${query}`,
      );
    const shown = async (query: string) =>
      (await list(query)).body.phoneNumbers.map(({ phoneNumber, extension }) => phoneNumber ?? extension);
    expect(await shown('')).toEqual([A, B, '+18005550100', '12']);
    expect(await shown('available=true')).toEqual([B, '+18005550100']);
    expect(await shown('numberType=EXTENSION')).toEqual(['12']);
    expect(await shown('ownerType=PEOPLE')).toEqual([A, '12']);
    expect(await shown('tollFreeNumbers=true')).toEqual(['+18005550100']);
    expect(await shown(`locationId=${id}&max=1&start=1`)).toEqual([B]);
    expect((await list('details=true&max=1')).body).toMatchObject({
      count: { assigned: 1, unAssigned: 2, extensionOnly: 1, total: 4, tollFreeNumbers: 1 },
      phoneNumbers: [
        { phoneNumber: A, owner: { type: 'PEOPLE', firstName: 'Alice' }, location: { id, name: 'Denver' } },
      ],
    });
    expect((await list('available=true&ownerType=PEOPLE')).status).toBe(400);
  });

  it('are validated without being added', async () => {
    const sim = await simulator();
    const customer = await sim.onboard();
    await sim.branch(customer, A);
    const validate = (...phoneNumbers: string[]) =>
      sim.call('POST', '/telephony/config/actions/validateNumbers/invoke', { phoneNumbers });
    expect((await validate(B)).body).toEqual({
      status: 'OK',
      numbers: [{ number: B, state: 'Available', tollFreeNumber: false }],
    });
    expect((await validate(A, B)).body).toMatchObject({
      status: 'ERRORS',
      numbers: [{ state: 'Unavailable', detail: [`[Error 8361] DN is unavailable : ${A}`] }, { state: 'Available' }],
    });
  });
});
