import { describe, expect, it } from 'vitest';
import { locationBody, simulator } from './support';

const CALLING = '/telephony/config/locations';
const JOBS = '/telephony/config/jobs/locations/deleteCallingLocation';

describe('locations', () => {
  it('are made, read, changed and listed', async () => {
    const sim = await simulator();
    const customer = await sim.onboard();
    const body = { ...locationBody(), latitude: '12.935784', longitude: '77.697332', notes: 'a note' };
    const made = await sim.call<{ id: string }>('POST', `/locations?orgId=${customer.orgId}`, body);
    expect(made.status).toBe(201);
    const path = `/locations/${made.body.id}`;
    const { announcementLanguage: _a, ...shown } = body;
    expect((await sim.get(path)).body).toEqual({ id: made.body.id, orgId: customer.orgId, ...shown });
    const changes = { name: 'Denver 2', address: { city: 'Denver' }, preferredLanguage: 'fr_fr' };
    expect((await sim.call('PUT', `${path}?orgId=${customer.orgId}`, changes)).status).toBe(204);
    const { items } = (await sim.get<{ items: unknown[] }>(`/locations?orgId=${customer.orgId}&name=ver`)).body;
    expect(items).toEqual([
      expect.objectContaining({
        name: 'Denver 2',
        preferredLanguage: 'fr_fr',
        address: { ...body.address, city: 'Denver' },
      }),
    ]);
  });

  it('have a name of their own, and every required field', async () => {
    const sim = await simulator();
    const customer = await sim.onboard();
    const post = (body: unknown) => sim.call('POST', `/locations?orgId=${customer.orgId}`, body);
    expect((await post(locationBody('HEAD OFFICE'))).status).toBe(409);
    for (const field of ['name', 'timeZone', 'preferredLanguage', 'announcementLanguage', 'address'])
      expect(await post({ ...locationBody(), [field]: undefined })).toMatchObject({
        status: 400,
        body: { errors: [{ description: expect.stringContaining(`'${field}'`) }] },
      });
    const { state: _state, ...noState } = locationBody().address;
    expect((await post({ ...locationBody(), address: noState })).status).toBe(400);
    expect((await post({ ...locationBody(), timeZone: 'Mars/Base' })).status).toBe(400);
  });

  it('belong to an organization: another orgId hides them', async () => {
    const sim = await simulator();
    const customer = await sim.onboard();
    const id = await sim.location(customer);
    const partner = (await sim.state()).organizations.find(({ kind }) => kind === 'partner');
    expect((await sim.get(`/locations/${id}?orgId=${partner?.id}`)).status).toBe(404);
    expect((await sim.get(`/locations/${id}?orgId=${customer.orgId}`)).status).toBe(200);
    expect((await sim.get(`/locations?orgId=bm8`)).status).toBe(404);
  });

  it('can be deleted only without calling', async () => {
    const sim = await simulator();
    const customer = await sim.onboard();
    const id = await sim.callingLocation(customer);
    expect((await sim.call('DELETE', `/locations/${id}`)).status).toBe(409);
    await sim.call('POST', JOBS, { locationId: id });
    await sim.advance();
    expect((await sim.call('DELETE', `/locations/${id}`)).status).toBe(204);
    expect((await sim.get(`/locations/${id}`)).status).toBe(404);
  });
});

describe('calling at a location', () => {
  it('has no details until it is enabled', async () => {
    const sim = await simulator();
    const customer = await sim.onboard();
    const id = await sim.location(customer);
    expect((await sim.get(`${CALLING}/${id}`)).status).toBe(404);
    const enable = () => sim.call('POST', `${CALLING}?orgId=${customer.orgId}`, { id, ...locationBody() });
    expect(await enable()).toMatchObject({ status: 201, body: { id } });
    expect((await enable()).status).toBe(409);
    expect((await sim.get(`${CALLING}/${id}`)).body).toMatchObject({
      id,
      announcementLanguage: 'fr_fr',
      callingLineId: { name: "John's Pizza", phoneNumber: '' },
    });
    expect((await sim.callingLocations(customer)).map(({ name }) => name)).toEqual(['Head Office', 'Denver']);
  });

  it('needs a package with calling', async () => {
    const sim = await simulator();
    const customer = await sim.onboard({ packages: ['webex_meetings'], provisioningParameters: undefined });
    const id = await sim.location(customer);
    expect((await sim.call('POST', `${CALLING}?orgId=${customer.orgId}`, { id, ...locationBody() })).status).toBe(400);
  });

  it('changes by PUT: 204, or 200 with a batch job where the routing prefix changes', async () => {
    const sim = await simulator();
    const customer = await sim.onboard();
    const id = await sim.callingLocation(customer);
    expect(
      (await sim.call('PUT', `${CALLING}/${id}`, { announcementLanguage: 'en_us', externalCallerIdName: 'x' })).status,
    ).toBe(204);
    expect(await sim.call('PUT', `${CALLING}/${id}`, { routingPrefix: '212' })).toMatchObject({
      status: 200,
      body: { batchJobId: expect.any(String) },
    });
    expect((await sim.get(`${CALLING}/${id}`)).body).toMatchObject({
      announcementLanguage: 'en_us',
      routingPrefix: '212',
    });
    expect((await sim.call('PUT', `${CALLING}/${id}`, { pAccessNetworkInfo: 'x' })).status).toBe(400);
    expect((await sim.call('PUT', `${CALLING}/${id}`, { routingPrefix: 'x' })).status).toBe(400);
  });
});

describe('disabling calling', () => {
  it('is a job that starts, ends, and takes the numbers with it', async () => {
    const sim = await simulator();
    const customer = await sim.onboard();
    const id = await sim.branch(customer, '+12145551001');
    const job = await sim.call<{ id: string }>('POST', `${JOBS}?orgId=${customer.orgId}`, { locationId: id });
    expect(job).toMatchObject({
      status: 202,
      body: { latestExecutionStatus: 'STARTING', latestExecutionExitCode: 'UNKNOWN' },
    });
    expect((await sim.call('POST', JOBS, { locationId: id })).status).toBe(409);
    expect((await sim.get(`${CALLING}/${id}`)).status).toBe(200);
    await sim.advance();
    expect((await sim.get(`${JOBS}/${job.body.id}`)).body).toMatchObject({
      latestExecutionStatus: 'COMPLETED',
      counts: {},
    });
    expect((await sim.get(`${CALLING}/${id}`)).status).toBe(404);
    expect((await sim.state()).locations.find((row) => row.id === id)).toMatchObject({
      calling: false,
      pstn: null,
      numbers: [],
    });
    expect((await sim.get<{ items: unknown[] }>(`${JOBS}?orgId=${customer.orgId}`)).body.items).toHaveLength(1);
    const headquarters = await sim.headquarters(customer);
    await sim.setPstn(headquarters);
    expect((await sim.numbers('POST', headquarters, '+12145551001')).status).toBe(200);
  });

  it('fails for the last calling location, also in the precheck', async () => {
    const sim = await simulator();
    const customer = await sim.onboard();
    const id = await sim.headquarters(customer);
    const check = () => sim.call(`POST`, `${CALLING}/${id}/actions/precheckForDeletion/invoke`);
    expect((await check()).body).toMatchObject({ locationDeleteStatus: 'BLOCKED', blocking: { lastLocation: true } });
    await sim.call('POST', JOBS, { locationId: id, forceDelete: true });
    await sim.advance();
    expect((await sim.state()).jobs).toEqual([
      expect.objectContaining({ status: 'FAILED', reasons: [expect.stringContaining('last')] }),
    ]);
    expect((await sim.get(`${CALLING}/${id}`)).status).toBe(200);
    await sim.callingLocation(customer);
    expect((await check()).body).toMatchObject({
      locationDeleteStatus: 'UNBLOCKED',
      blocking: { lastLocation: false },
    });
  });

  it('fails for a location with users', async () => {
    const sim = await simulator();
    const customer = await sim.onboard();
    const locationId = await sim.callingLocation(customer);
    await sim.subscribe(customer, { provisioningParameters: { extension: '5221', locationId } });
    const check = await sim.call('POST', `${CALLING}/${locationId}/actions/precheckForDeletion/invoke`);
    expect(check.body).toMatchObject({ locationDeleteStatus: 'BLOCKED', blocking: { usersInUseCount: 1 } });
    const job = await sim.call<{ id: string }>('POST', JOBS, { locationId });
    await sim.advance();
    expect((await sim.get(`${JOBS}/${job.body.id}`)).body).toMatchObject({
      latestExecutionStatus: 'FAILED',
      jobExecutionStatus: [
        { stepExecutionStatuses: [{}, { name: 'deletecallinglocationSafeDeleteCheck', exitCode: 'FAILED' }] },
      ],
    });
  });
});

describe('extensions', () => {
  it('are validated with the documented states and codes', async () => {
    const sim = await simulator();
    const customer = await sim.onboard();
    const id = await sim.headquarters(customer);
    await sim.subscribe(customer);
    const path = `${CALLING}/${id}/actions/validateExtensions/invoke`;
    const answer = await sim.call('POST', path, { extensions: ['5221', '507721', '507721', '911', 'a234'] });
    expect(answer.body).toMatchObject({
      status: 'ERRORS',
      extensionStatus: [
        { state: 'DUPLICATE', errorCode: 9495 },
        { state: 'VALID' },
        { state: 'DUPLICATE_IN_LIST', errorCode: 9498 },
        { state: 'INVALID', errorCode: 4911 },
        { state: 'INVALID', errorCode: 4910 },
      ],
    });
    expect((await sim.call('POST', path, { extensions: ['507721'] })).body).toMatchObject({ status: 'OK' });
  });
});
