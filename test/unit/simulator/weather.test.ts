import { describe, expect, it } from 'vitest';
import type { WeatherOption } from '../../../simulator/index';
import { type Customer, locationBody, type Person, simulator } from './support';

/** Temporary behaviour of Webex: each switch has the effect of its description, and no effect when it is off. */

const CALLING = '/telephony/config/locations';
const A = '+12145551001';
const B = '+12145551002';

async function inWeather(weather: WeatherOption) {
  const sim = await simulator();
  const customer = await sim.onboard();
  const set = (now: WeatherOption) =>
    sim.call<Record<string, unknown>>('PUT', '/simulator/weather', typeof now === 'string' ? { weather: now } : now);
  const start = async () => {
    expect((await set(weather)).status).toBe(200);
    return sim;
  };
  return { sim, customer, set, start };
}

const locations = ({ orgId }: Customer) => `/locations?orgId=${orgId}`;

it('is documented weather unless something else is asked for, and read and set as a whole', async () => {
  const { sim, set } = await inWeather('documented');
  const get = async () => (await sim.get<Record<string, unknown>>('/simulator/weather')).body;
  const documented = await get();
  expect(Object.values(documented).filter((value) => value !== false && value !== 0 && value !== null)).toEqual([
    'seconds',
  ]);
  const observed = (await set('observed')).body;
  expect(observed).toMatchObject({ managedList: true, referencedSeconds: 18, largestPeoplePage: 10 });
  expect(Object.keys(observed)).toEqual(Object.keys(documented));
  expect((await set({ managedList: true })).body).toEqual({ ...documented, managedList: true });
  expect((await sim.call('PUT', '/simulator/weather', { sunshine: true })).status).toBe(400);
  const started = await simulator({ weather: 'observed', provisioningSeconds: 0.05 });
  expect((await started.get('/simulator/weather')).body).toMatchObject({ referencedSeconds: 1, managedList: true });
});

it('managedList: 403 for a customer until its organization was read', async () => {
  const { customer, start } = await inWeather({ managedList: true });
  const sim = await start();
  expect((await sim.get(locations(customer))).status).toBe(403);
  expect((await sim.get(`/people?orgId=${customer.orgId}`)).status).toBe(403);
  expect((await sim.get(`/wholesale/customers?orgId=${customer.orgId}`)).status).toBe(200);
  expect((await sim.get(`/organizations/${customer.orgId}`)).status).toBe(200);
  expect((await sim.get(locations(customer))).status).toBe(200);
});

it('referencedSeconds: a location stays referenced after calling was disabled', async () => {
  const { sim, customer, start } = await inWeather({ referencedSeconds: 90 });
  const id = await sim.callingLocation(customer);
  await sim.call('POST', '/telephony/config/jobs/locations/deleteCallingLocation', { locationId: id });
  await sim.advance();
  await start();
  const remove = () => sim.call('DELETE', `/locations/${id}`);
  expect(await remove()).toMatchObject({ status: 409, body: { errors: [{ errorCode: 50003 }] } });
  await sim.advance(90);
  expect((await remove()).status).toBe(204);
});

it('callingMissingAnswers: calling data is missing for some answers, in lists too, after each change', async () => {
  const { sim, customer, start } = await inWeather({ callingMissingAnswers: 2 });
  const { personId } = (await sim.subscribe(customer)).body;
  await start();
  const listed = await sim.get<{ items: (Person & { errors?: object })[] }>(
    `/people?orgId=${customer.orgId}&callingData=true`,
  );
  expect(listed.body.items.find(({ id }) => id === personId)).toMatchObject({
    errors: { callingData: { code: 'calling_failure' } },
  });
  expect(await sim.person(personId)).not.toHaveProperty('extension');
  expect(await sim.person(personId)).toMatchObject({ extension: '5221' });
  expect((await sim.get(`/people/${personId}`)).body).not.toHaveProperty('errors');
});

it('noCallingIs400: no calling is 400 instead of 404', async () => {
  const { sim, customer, start } = await inWeather({ noCallingIs400: true });
  const id = await sim.location(customer);
  expect((await sim.get(`${CALLING}/${id}`)).status).toBe(404);
  await start();
  expect((await sim.get(`${CALLING}/${id}`)).status).toBe(400);
});

it('storedLanguages, absentStates, otherIds: what Control Hub and other clusters store', async () => {
  const { sim, start } = await inWeather({ storedLanguages: true, absentStates: true, otherIds: true });
  await start();
  const customer = await sim.onboard({
    externalId: 'other',
    customerInfo: { name: 'Other', primaryEmail: 'other@example.com' },
  });
  const { items } = (await sim.get<{ items: Record<string, unknown>[] }>(locations(customer))).body;
  expect(items[0]).toMatchObject({ preferredLanguage: 'en_US' });
  expect(Buffer.from(String(items[0]?.id), 'base64').toString()).toContain('urn:TEAM:us-west-2_r/LOCATION/');
  const calling = await sim.get(`${CALLING}/${items[0]?.id}`);
  expect(calling).toMatchObject({ status: 200, body: { announcementLanguage: null } });
  expect((await sim.get(`${CALLING}/${String(items[0]?.id).replace(/=+$/, '')}`)).status).toBe(200);
  const { state: _, ...address } = locationBody().address;
  const german = { ...locationBody('Berlin'), address: { ...address, country: 'DE' } };
  const made = await sim.call<{ address: object }>('POST', locations(customer), german);
  expect(made.body.address).not.toHaveProperty('state');
});

it('largestPeoplePage: larger pages with calling data time out', async () => {
  const { sim, customer, start } = await inWeather({ largestPeoplePage: 2 });
  for (const index of [1, 2])
    await sim.subscribe(customer, {
      email: `user${index}@example.com`,
      provisioningParameters: { extension: `10${index}` },
    });
  await start();
  const people = (more: string) => sim.get(`/people?orgId=${customer.orgId}${more}`);
  expect((await people('&callingData=true')).status).toBe(504);
  expect((await people('&callingData=true&max=2')).status).toBe(200);
  expect((await people('')).status).toBe(200);
});

it('numbersBusySeconds: a number that its user has just lost, and one that is not there, cannot be deleted', async () => {
  const { sim, customer, start } = await inWeather({ numbersBusySeconds: 30 });
  const locationId = await sim.branch(customer, A);
  const parameters = { primaryPhoneNumber: A, locationId };
  const { personId } = (await sim.subscribe(customer, { provisioningParameters: parameters })).body;
  await start();
  await sim.call('DELETE', `/people/${personId}`);
  expect((await sim.numbers('DELETE', locationId, A)).status).toBe(502);
  await sim.advance(30);
  expect((await sim.numbers('DELETE', locationId, A)).status).toBe(204);
  const gone = await sim.numbers('DELETE', locationId, A);
  expect([gone.status, gone.headers.get('cisco-spark-error-codes')]).toEqual([502, '4251']);
});

it.each([200, 400] as const)(
  'numbersPartlyStatus: with %i some numbers are added, the others listed',
  async (status) => {
    const { sim, customer, start } = await inWeather({ numbersPartlyStatus: status });
    await sim.branch(customer, A);
    const headquarters = await sim.headquarters(customer);
    await sim.setPstn(headquarters);
    await start();
    const answer = await sim.numbers('POST', headquarters, A, B);
    expect(answer).toMatchObject({ status, body: [{ errors: [{ number: A, errorCode: '8363' }] }] });
    expect((await sim.state()).locations.find(({ id }) => id === headquarters)?.numbers).toEqual([B]);
  },
);

it('telephonyErrors: other shapes of errors', async () => {
  const { sim, customer, start } = await inWeather({ telephonyErrors: true });
  const id = await sim.callingLocation(customer);
  await start();
  const pstn = await sim.get(`/telephony/pstn/locations/${id}/connection`);
  expect(pstn).toMatchObject({ status: 400, body: { errorMessage: 'PSTN for the location is not configured' } });
  expect((await sim.numbers('POST', id, A)).body).toEqual({
    error: [{ key: '400', message: [{ code: '400', description: expect.stringContaining('no PSTN connection') }] }],
    errorCode: 400,
    trackingId: expect.any(String),
  });
  expect((await sim.get('/locations/x')).body).toHaveProperty('message');
});

it('customerBusySeconds: a customer takes no change for a while', async () => {
  const { sim, customer, start } = await inWeather({ customerBusySeconds: 15 });
  await start();
  const update = () => sim.call('PUT', `/wholesale/customers/${customer.id}`, { packages: customer.packages });
  expect((await update()).status).toBe(409);
  await sim.advance(15);
  expect((await update()).status).toBe(202);
});

it.each([
  ['malformed', 'rand(30),add(30)'],
  ['missing', null],
] as const)('retryAfter: %s', async (retryAfter, header) => {
  const { start } = await inWeather({ retryAfter });
  const sim = await start();
  await sim.call('PUT', '/simulator/rateLimit', { requestsPerMinute: 1 });
  await sim.get('/roles');
  const answer = await sim.get('/roles');
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, header]);
});

describe('lists', () => {
  it('emptyLastPages, missingListKeys: the last link leads to a page without a list', async () => {
    const { customer, start } = await inWeather({ emptyLastPages: true, missingListKeys: true });
    const sim = await start();
    const first = await sim.get<{ items: unknown[] }>(locations(customer));
    expect(first.body.items).toHaveLength(1);
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
    const second = await sim.get(next.replace(/^.*\/v1/, ''));
    expect([second.status, second.body]).toEqual([200, {}]);
    expect(second.headers.get('link')).not.toContain('next');
  });

  it('itemsWithoutId: people have an entry without an ID', async () => {
    const { customer, start } = await inWeather({ itemsWithoutId: true });
    const sim = await start();
    const { body } = await sim.get<{ items: { id?: string }[] }>(`/people?orgId=${customer.orgId}`);
    expect(body.items.map(({ id }) => id === undefined)).toEqual([false, true]);
  });

  it('listLagSeconds: lack what was just made, while GET by ID has it', async () => {
    const { sim, customer, start } = await inWeather({ listLagSeconds: 20 });
    await sim.advance(60);
    await start();
    const id = await sim.location(customer);
    const { body: alice } = await sim.subscribe(customer);
    const counts = async () => {
      const paths = [locations(customer), `/people?orgId=${customer.orgId}`, '/wholesale/subscribers'];
      const lists = await Promise.all(paths.map((path) => sim.get<{ items: unknown[] }>(path)));
      return lists.map(({ body }) => body.items.length);
    };
    expect(await counts()).toEqual([1, 1, 0]);
    expect((await sim.get(`/locations/${id}`)).status).toBe(200);
    expect((await sim.get(`/wholesale/subscribers/${alice.id}`)).status).toBe(200);
    await sim.advance(20);
    expect(await counts()).toEqual([2, 2, 1]);
  });
});
