import { describe, expect, test } from 'vitest';
import {
  ConfigurationError,
  IncompleteAnswerError,
  NumbersRefusedError,
  personUpdateFrom,
  WebexApiError,
  WebexError,
  WebexUnreachableError,
} from '../../../provider/webex';
import { LOCATION_ADDRESS as address } from '../../samples/cisco';
import {
  CUSTOMER,
  ciscoError,
  clientOf,
  failure,
  NEW_CUSTOMER,
  type Reply,
  SUBSCRIBER,
  startServer,
  TOKEN,
} from './server';

const done: Reply = { status: 204 };

/** Method, path with query, and body of what was asked, in short. */
function asked(server: Awaited<ReturnType<typeof startServer>>): string[] {
  return server.seen.map(({ method, path, query, body }) => {
    const search = query.toString();
    return [`${method} ${path}${search && `?${search}`}`, body].filter(Boolean).join(' ');
  });
}

describe('customers', () => {
  test('create finds the ID in the body or in the Location header', async () => {
    const url = 'https://webexapis.com/v1/wholesale/customers/a%3Db?x=1';
    const server = await startServer([
      { status: 202, json: { url }, headers: { trackingid: 'T1' } },
      { status: 202, json: {}, headers: { location: '/v1/wholesale/customers/abc/' } },
    ]);
    const { client } = clientOf(server);
    expect(await client.customers.create(NEW_CUSTOMER)).toEqual({ id: 'a=b', trackingId: 'T1' });
    expect(await client.customers.create(NEW_CUSTOMER)).toMatchObject({ id: 'abc' });
    expect(JSON.parse(server.seen[0]?.body ?? '')).toEqual(NEW_CUSTOMER);
  });

  test('every operation accepts a sub-partner', async () => {
    const server = await startServer(({ method, path }) => {
      if (path.endsWith('/validate')) return { status: 200, json: { message: 'success' } };
      if (path.includes('subscribers'))
        return { status: 200, json: method === 'GET' && path.endsWith('s') ? { items: [] } : SUBSCRIBER };
      if (method === 'POST') return { status: 202, json: { url: '/wholesale/customers/x' } };
      return method === 'GET' && path.endsWith('s')
        ? { status: 200, json: { items: [] } }
        : { status: 200, json: CUSTOMER };
    });
    const { customers, subscribers } = clientOf(server).client;
    const user = { customerId: 'c', email: SUBSCRIBER.email, packages: ['webex_voice'], provisioningParameters: {} };
    await customers.list({}, 'sub');
    await customers.create(NEW_CUSTOMER, 'sub');
    await customers.get('x', 'sub');
    await customers.update('x', { packages: [] }, 'sub');
    await customers.remove('x', 'sub');
    await customers.precheck(NEW_CUSTOMER, 'sub');
    await subscribers.list({}, 'sub');
    await subscribers.create(user, 'sub');
    await subscribers.get('x', 'sub');
    await subscribers.update('x', { packages: [] }, 'sub');
    await subscribers.remove('x', 'sub');
    await subscribers.precheck({ email: SUBSCRIBER.email }, 'sub');
    await subscribers.sendConsentMoveEmail('x', 'sub');
    expect(server.seen.map(({ query }) => query.get('onBehalfOfSubPartnerOrgId'))).toEqual(Array(13).fill('sub'));
    expect(server.seen.at(-1)?.path).toBe('/v1/subscribers/x/emails/consentMove');
  });

  test('precheck reads info as a list and as an object', async () => {
    const entry = { infoCode: 100, description: 'Provisioning preCheck validation successful.' };
    const server = await startServer([
      { status: 200, json: { message: 'success', info: [entry] } },
      { status: 200, json: { message: 'success', info: entry } },
    ]);
    const { client } = clientOf(server);
    expect(await client.customers.precheck(NEW_CUSTOMER)).toEqual({ message: 'success', info: [entry] });
    expect(await client.customers.precheck(NEW_CUSTOMER)).toEqual({ message: 'success', info: [entry] });
  });

  test('a precheck that refuses is an error, with 400 and with 200', async () => {
    const server = await startServer([
      ciscoError(400, 'exists', 2017),
      { status: 200, json: { message: 'failure', errors: [{ errorCode: 2017, description: 'exists' }] } },
    ]);
    const { client } = clientOf(server);
    for (const status of [400, 200]) {
      const error = await failure(client.customers.precheck(NEW_CUSTOMER), WebexApiError);
      expect(error).toMatchObject({
        status,
        code: 2017,
        description: 'exists',
        errors: [{ code: 2017, description: 'exists' }],
      });
    }
  });

  test.each(['', '.', '..'])('%o is no ID, and no request is sent', async (id) => {
    const server = await startServer([done]);
    await failure(clientOf(server).client.customers.remove(id), WebexError);
    expect(server.seen).toHaveLength(0);
  });
});

test('locations', async () => {
  const location = { id: 'l', name: 'Denver', timeZone: 'America/Chicago', address, latitude: 12.5, longitude: null };
  const server = await startServer([{ status: 201, json: { id: 'l' } }, { status: 200, json: location }, done, done]);
  const { locations } = clientOf(server).client;
  const body = {
    name: 'Denver',
    timeZone: 'America/Chicago',
    preferredLanguage: 'en_us',
    announcementLanguage: 'en_us',
    address,
  };
  expect(await locations.create('o', body)).toEqual({ id: 'l' });
  expect(await locations.get('o', 'l')).toEqual({
    id: 'l',
    name: 'Denver',
    timeZone: 'America/Chicago',
    address,
    latitude: '12.5',
  });
  await locations.update('o', 'l', { name: 'Dover' });
  await locations.remove('o', 'l');
  expect(asked(server).slice(1)).toEqual([
    'GET /v1/locations/l?orgId=o',
    'PUT /v1/locations/l?orgId=o {"name":"Dover"}',
    'DELETE /v1/locations/l?orgId=o',
  ]);
});

describe('calling', () => {
  test.each<[string, Reply, object]>([
    ['204', done, {}],
    ['200 with a job', { status: 200, json: { batchJobId: 'j' } }, {}],
    ['200 without a body', { status: 200 }, {}],
    ['206', { status: 206, json: { failureReason: 'not triggered' } }, { failureReason: 'not triggered' }],
  ])('update answered by %s', async (_, reply, expected) => {
    const server = await startServer([reply]);
    const main = { callingLineId: { phoneNumber: '+12145555698' } };
    expect(await clientOf(server).client.calling.update('o', 'l', main)).toEqual(expected);
    expect(asked(server)).toEqual([`PUT /v1/telephony/config/locations/l?orgId=o ${JSON.stringify(main)}`]);
  });

  test('disabling is a job', async () => {
    const job = { id: 'j', latestExecutionStatus: 'STARTING', latestExecutionExitCode: 'UNKNOWN', trackingId: 'T' };
    const finished = { ...job, latestExecutionStatus: 'FAILED' };
    const precheck = { blocking: { lastLocation: true } };
    const server = await startServer([
      { status: 200, json: precheck },
      { status: 202, json: job },
      { status: 200, json: finished },
    ]);
    const { calling } = clientOf(server).client;
    expect(await calling.precheckForDeletion('o', 'l')).toEqual(precheck);
    expect(await calling.startDisabling('o', { locationId: 'l', forceDelete: false })).toEqual(job);
    expect(await calling.getDisablingJob('o', 'j')).toEqual(finished);
    expect(asked(server)).toEqual([
      'POST /v1/telephony/config/locations/l/actions/precheckForDeletion/invoke?orgId=o',
      'POST /v1/telephony/config/jobs/locations/deleteCallingLocation?orgId=o {"locationId":"l","forceDelete":false}',
      'GET /v1/telephony/config/jobs/locations/deleteCallingLocation/j?orgId=o',
    ]);
  });
});

describe('numbers', () => {
  const numbers = Array.from({ length: 12 }, (_, index) => `+1214555010${index}`);

  test('are removed in groups of 5', async () => {
    const server = await startServer([done, done, done]);
    await clientOf(server).client.numbers.remove('o', 'l', numbers);
    const groups = server.seen.map(({ body }) => JSON.parse(body).phoneNumbers);
    expect(groups).toEqual([numbers.slice(0, 5), numbers.slice(5, 10), numbers.slice(10)]);
    expect(
      server.seen.every(
        ({ method, path }) => `${method} ${path}` === 'DELETE /v1/telephony/config/locations/l/numbers',
      ),
    ).toBe(true);
  });

  test('nothing to remove is no request, a group that is refused ends it', async () => {
    const server = await startServer([done, ciscoError(400, 'main number')]);
    const { client } = clientOf(server);
    await client.numbers.remove('o', 'l', []);
    await failure(client.numbers.remove('o', 'l', numbers), WebexApiError);
    expect(server.seen).toHaveLength(2);
  });

  test('are added', async () => {
    const server = await startServer([{ status: 200 }]);
    const { client } = clientOf(server);
    await client.numbers.add('o', 'l', { phoneNumbers: ['+12145550100'], state: 'INACTIVE' });
    expect(asked(server)).toEqual([
      'POST /v1/telephony/config/locations/l/numbers?orgId=o {"phoneNumbers":["+12145550100"],"state":"INACTIVE"}',
    ]);
  });
});

describe('numbers that Webex refuses', () => {
  const [first, second, third] = ['+12145550100', '+12145550101', '+12145550102'] as const;
  const entry = (number: string) => ({
    number,
    errorType: 'ERROR',
    errorCode: 8363,
    errorMessage: 'Number is in use',
    errorTitle: 'In use',
  });

  test.each([200, 201, 400])('are named with their reason: status %i', async (status) => {
    const server = await startServer([{ status, json: [{ errors: [entry(first), entry('1 (214) 555-0102')] }] }]);
    const adding = clientOf(server).client.numbers.add('o', 'l', { phoneNumbers: [first, second, third] });
    const error = await failure(adding, NumbersRefusedError);
    expect(error).toMatchObject({
      status,
      code: 8363,
      refused: [
        { number: first, code: 8363, description: 'Number is in use' },
        { number: third, code: 8363, description: 'Number is in use' },
      ],
      others: [second],
    });
    expect(error.message).toContain(`${first}: Number is in use`);
  });

  test('all are named, however many', async () => {
    const phoneNumbers = Array.from({ length: 300 }, (_, index) => `+1214555${1000 + index}`);
    const server = await startServer([{ status: 200, json: [{ errors: phoneNumbers.map(entry) }] }]);
    const error = await failure(clientOf(server).client.numbers.add('o', 'l', { phoneNumbers }), NumbersRefusedError);
    expect(error.refused).toHaveLength(300);
    expect(error.others).toEqual([]);
    expect(error.message.length).toBeLessThan(1300);
  });

  test.each<[string, Reply]>([
    ['an empty list', { status: 200, json: [] }],
    ['a list without errors', { status: 200, json: [{ errors: null }] }],
    ['an object', { status: 200, json: {} }],
  ])('are none with %s', async (_, reply) => {
    const server = await startServer([reply]);
    await clientOf(server).client.numbers.add('o', 'l', { phoneNumbers: [first] });
  });

  test('another error stays what it is', async () => {
    const server = await startServer([ciscoError(409, 'exists', 8363)]);
    const adding = clientOf(server).client.numbers.add('o', 'l', { phoneNumbers: [first] });
    expect(await failure(adding, WebexApiError)).not.toBeInstanceOf(NumbersRefusedError);
  });
});

describe('calling that a location lacks', () => {
  const listed = { status: 200, json: { locations: [{ id: 'other' }] } };

  test('is undefined after 404, and after 400 that the list confirms', async () => {
    const server = await startServer([ciscoError(404, 'none'), ciscoError(400, 'none'), listed]);
    const { calling } = clientOf(server).client;
    expect(await calling.get('o', 'l')).toBeUndefined();
    expect(await calling.get('o', 'l')).toBeUndefined();
    expect(asked(server)[2]).toBe('GET /v1/telephony/config/locations?orgId=o&max=500');
  });

  test('is an error after 400 where the list has the location', async () => {
    const server = await startServer([ciscoError(400, 'bad'), listed]);
    await failure(clientOf(server).client.calling.get('o', 'other'), WebexApiError);
  });
});

test('an address is sent as Webex takes it: POST without an empty second line, PUT with null', async () => {
  const server = await startServer([{ status: 201, json: { id: 'l' } }, done, done, done]);
  const { locations, calling } = clientOf(server).client;
  const details = {
    id: 'l',
    name: 'Denver',
    timeZone: 'UTC',
    preferredLanguage: 'en_US',
    announcementLanguage: 'en_US',
  };
  await calling.enable('o', { ...details, address: { ...address, address2: '' } });
  await locations.update('o', 'l', { address });
  await locations.update('o', 'l', { address: { ...address, address2: 'Floor 2' } });
  await calling.update('o', 'l', { announcementLanguage: 'fr_FR' });
  expect(server.seen.map(({ body }) => JSON.parse(body))).toEqual([
    { ...details, announcementLanguage: 'en_us', address },
    { address: { ...address, address2: null } },
    { address: { ...address, address2: 'Floor 2' } },
    { announcementLanguage: 'fr_fr' },
  ]);
});

describe('moving', () => {
  const job = { id: 'j', latestExecutionStatus: 'STARTED', latestExecutionExitCode: 'UNKNOWN', trackingId: 'T' };
  const message = [{ code: '19605', description: 'User is assigned services not authorized.' }];
  const failed = { item: 'u', itemNumber: 1, trackingId: 'T1', error: { key: '400', message } };
  const errors = [{ code: '19605', description: 'User is assigned services not authorized.' }];

  test('users: validated one by one, moved by a job', async () => {
    const found = { userId: 'p', impacts: [{ code: 19701, message: 'moved' }], errors: [] };
    const server = await startServer([
      { status: 200, json: { response: [found] } },
      { status: 201, json: { response: job } },
      { status: 200, json: { name: 'moveusers', ...job } },
      { status: 200, json: { items: [failed] } },
      done,
    ]);
    const { moveUsers } = clientOf(server).client;
    expect(await moveUsers.validate('o', 'l', { userId: 'p', extension: '100' })).toEqual(found);
    expect(await moveUsers.start('o', 'l', [{ userId: 'p' }, { userId: 'q', phoneNumber: '' }])).toEqual(job);
    expect(await moveUsers.get('o', 'j')).toEqual(job);
    expect(await moveUsers.errors('o', 'j')).toEqual([{ item: 'u', trackingId: 'T1', errors }]);
    expect(await moveUsers.start('o', 'l', [{ userId: 'p' }])).toBeUndefined();
    const path = '/v1/telephony/config/jobs/person/moveLocation';
    expect(asked(server).slice(0, 4)).toEqual([
      `POST ${path}?orgId=o {"usersList":[{"locationId":"l","validate":true,"users":[{"userId":"p","extension":"100"}]}]}`,
      `POST ${path}?orgId=o {"usersList":[{"locationId":"l","validate":false,"users":[{"userId":"p"},{"userId":"q","phoneNumber":""}]}]}`,
      `GET ${path}/j?orgId=o`,
      `GET ${path}/j/errors?orgId=o&max=50`,
    ]);
  });

  test('users: a refusal is shown with its code; a lost answer leaves the outcome open', async () => {
    const server = await startServer([
      {
        status: 400,
        json: { error: [{ code: 1026013, message: 'The source and the target location cannot be the same.' }] },
      },
      'reset',
      'reset',
      { status: 200, json: { response: [] } },
    ]);
    const { moveUsers } = clientOf(server).client;
    const refused = await failure(moveUsers.start('o', 'l', [{ userId: 'p' }]), WebexApiError);
    expect(refused).toMatchObject({ code: 1026013, outcomeUnknown: false });
    const lost = await failure(moveUsers.start('o', 'l', [{ userId: 'p' }]), WebexUnreachableError);
    expect(lost.outcomeUnknown).toBe(true);
    expect(server.seen).toHaveLength(2);
    expect(await moveUsers.validate('o', 'l', { userId: 'p' })).toEqual({ userId: 'p', impacts: [], errors: [] });
  });

  test('numbers, after a 403 with the organization on the managed list', async () => {
    const server = await startServer([
      ciscoError(403, 'not managed'),
      { status: 200, json: { id: 'o' } },
      { status: 201, json: job },
      { status: 200, json: job },
      { status: 200, json: { items: [failed] } },
    ]);
    const { manageNumbers } = clientOf(server).client;
    expect(await manageNumbers.startMove('o', 'l', 'm', ['+12145550100'])).toEqual(job);
    expect(await manageNumbers.get('o', 'j')).toEqual(job);
    expect(await manageNumbers.errors('o', 'j')).toEqual([{ item: 'u', trackingId: 'T1', errors }]);
    const path = '/v1/telephony/config/jobs/numbers/manageNumbers';
    expect(asked(server).slice(1)).toEqual([
      'GET /v1/organizations/o',
      `POST ${path} {"operation":"MOVE","targetLocationId":"m","numberList":[{"locationId":"l","numbers":["+12145550100"]}]}`,
      `GET ${path}/j`,
      `GET ${path}/j/errors?orgId=o&max=50`,
    ]);
  });
});

test('PSTN: a location without a connection, options, setting', async () => {
  const connection = {
    id: 'p',
    displayName: 'Premises-based PSTN',
    pstnServices: [],
    pstnConnectionType: 'LOCAL_GATEWAY',
  };
  const { pstnConnectionType: _, ...option } = connection;
  const server = await startServer([
    ciscoError(404, 'none'),
    { status: 200, json: connection },
    { status: 200, json: { items: [option] } },
    done,
    ciscoError(403, 'no'),
    ciscoError(403, 'no'),
    { status: 400, json: { errorMessage: 'PSTN for the location is not configured' } },
  ]);
  const { pstn } = clientOf(server).client;
  expect(await pstn.get('o', 'l')).toBeUndefined();
  expect(await pstn.get('o', 'l')).toEqual(connection);
  expect(await pstn.options('o', 'l')).toEqual([option]);
  await pstn.set('o', 'l', { id: 'p' });
  await failure(pstn.get('o', 'l'), WebexApiError);
  expect(await pstn.get('o', 'l')).toBeUndefined();
  expect(asked(server)[3]).toBe('PUT /v1/telephony/pstn/locations/l/connection?orgId=o {"id":"p"}');
});

describe('people', () => {
  const person = {
    id: 'p',
    emails: ['john.andersen@example.com'],
    phoneNumbers: [
      { type: 'work', value: '+1 408 526 7209', primary: true },
      { type: 'work_extension', value: '133' },
    ],
    displayName: 'John Andersen',
    roles: ['r'],
    manager: 'John Duarte',
    userName: 'john.andersen@example.com',
    invitePending: false,
    loginEnabled: 'true',
    created: '2015-10-18 14:26:16+00:00',
    status: 'active',
    type: 'person',
    futureField: { kept: [1] },
  };

  test('go back as they came, without what only answers have', async () => {
    const server = await startServer([{ status: 200, json: person }, done]);
    const { people } = clientOf(server).client;
    const update = personUpdateFrom(await people.get('p'));
    await people.update('p', { ...update, displayName: 'J. Andersen' });
    expect(asked(server)[0]).toBe('GET /v1/people/p?callingData=true');
    expect(server.seen[1]?.query.toString()).toBe('callingData=true');
    expect(JSON.parse(server.seen[1]?.body ?? '')).toEqual({
      emails: person.emails,
      phoneNumbers: [{ type: 'work', value: '+1 408 526 7209' }],
      displayName: 'J. Andersen',
      roles: ['r'],
      loginEnabled: true,
      futureField: { kept: [1] },
    });
  });

  test('without calling data are read again, with pauses; then it is an error, and nothing is sent', async () => {
    const errors = { callingData: { code: 'calling_failure', reason: 'Calling service is not reachable' } };
    const partial = { status: 200, json: { ...person, errors } };
    const whole = { status: 200, json: person };
    const server = await startServer([partial, partial, partial, whole, partial, partial, partial, partial]);
    const { client, clock } = clientOf(server);
    const before = clock.now();
    expect(await client.people.get('p')).not.toHaveProperty('errors');
    expect(clock.now() - before).toBeGreaterThanOrEqual(2000);
    const error = await failure(client.people.get('p'), IncompleteAnswerError);
    expect(error.message).toContain('calling_failure: Calling service is not reachable');
    expect(server.seen).toHaveLength(8);
    expect(() => personUpdateFrom({ id: 'p', emails: [], missingData: 'x' })).toThrow(IncompleteAnswerError);
  });

  test('of a list without calling data are read by ID; data that is missing again is marked', async () => {
    const errors = { callingData: { code: 'calling_failure' } };
    const server = await startServer(({ path }) => {
      if (path === '/v1/people/p') return { status: 200, json: { id: 'p', extension: '100' } };
      if (path === '/v1/people/q') return { status: 200, json: { id: 'q', errors } };
      return { status: 200, json: { items: [{ id: 'p', errors }, { id: 'q', errors }, { id: 'r' }] } };
    });
    expect(await clientOf(server).client.people.list({ orgId: 'o' })).toEqual([
      { id: 'p', emails: [], extension: '100' },
      { id: 'q', emails: [], missingData: 'callingData: calling_failure' },
      { id: 'r', emails: [] },
    ]);
    expect(server.seen).toHaveLength(3);
  });

  test('get another e-mail address with all else as it was', () => {
    const update = personUpdateFrom(
      { id: 'p', emails: ['a@example.com'], roles: ['r'] },
      { emails: ['b@example.com'] },
    );
    expect(update).toEqual({ emails: ['b@example.com'], displayName: 'a@example.com', roles: ['r'] });
  });

  test('always have a display name, and stay disabled', () => {
    expect(personUpdateFrom({ id: 'p', emails: ['a@example.com'], loginEnabled: 'false' })).toMatchObject({
      displayName: 'a@example.com',
      loginEnabled: false,
    });
    expect(personUpdateFrom({ id: 'p', emails: [], firstName: 'John', lastName: 'Andersen' }).displayName).toBe(
      'John Andersen',
    );
  });
});

test('numbers, booleans and times that are written as another type have the meaning all the same', async () => {
  const server = await startServer([
    {
      status: 200,
      json: {
        items: [
          { id: 'l', totalUnits: '10' },
          { id: 'm', totalUnits: '0' },
        ],
      },
    },
    { status: 200, json: { id: 'l', enforceOutsideDialDigit: 'true' } },
    { status: 200, json: { id: 'l', enforceOutsideDialDigit: 'false' } },
    { status: 200, json: { ...CUSTOMER, status: 'PROVISIONED' } },
    { status: 200, json: { ...SUBSCRIBER, created: 1764133200000 } },
    { status: 200, json: { items: [{ id: 'l', totalUnits: 'unlimited' }] } },
  ]);
  const { client } = clientOf(server);
  expect(await client.licenses.list({ orgId: 'o' })).toEqual([
    { id: 'l', totalUnits: 10 },
    { id: 'm', totalUnits: 0 },
  ]);
  expect((await client.calling.get('o', 'l'))?.enforceOutsideDialDigit).toBe(true);
  expect((await client.calling.get('o', 'l'))?.enforceOutsideDialDigit).toBe(false);
  expect((await client.customers.get('c')).status).toBe('provisioned');
  expect((await client.subscribers.get('s')).created).toBe('1764133200000');
  await expect(client.licenses.list({ orgId: 'o' })).rejects.toThrow('items.0.totalUnits');
});

test('403 of an organization says what the partner may lack there; of a customer it does not', async () => {
  const forbidden = ciscoError(403, 'no access');
  const { client } = clientOf(await startServer(() => forbidden));
  await expect(client.people.get('p')).rejects.toThrow(/no access\. .*Provisioning Administrator there only/);
  await expect(client.locations.list({ orgId: 'o' })).rejects.toThrow('Provisioning Administrator');
  await expect(client.customers.get('c')).rejects.toThrow(/no access(?!.*Provisioning Administrator)/);
});

test('roles, organizations, licenses', async () => {
  const role = { id: 'r', name: 'Full Administrator' };
  const organization = { id: 'o', displayName: 'Acme, Inc.' };
  const license = { id: 'x', totalUnits: 5 };
  const server = await startServer([
    { status: 200, json: { items: [role] } },
    { status: 200, json: { items: [organization] } },
    { status: 200, json: organization },
    done,
    { status: 200, json: { items: [license] } },
  ]);
  const { client } = clientOf(server);
  expect(await client.roles.list()).toEqual([role]);
  expect(await client.organizations.list()).toEqual([organization]);
  expect(await client.organizations.get('o')).toEqual(organization);
  await client.organizations.remove('o');
  expect(await client.licenses.list({ orgId: 'o' })).toEqual([license]);
  expect(asked(server).slice(3)).toEqual(['DELETE /v1/organizations/o', 'GET /v1/licenses?orgId=o']);
});

describe('templates', () => {
  test('without a service: the error has the remedy, and nothing is sent', async () => {
    const server = await startServer([]);
    const { templates } = clientOf(server).client;
    const error = await failure(templates.create({ name: 'x', country: 'US' }), ConfigurationError);
    expect(error.message).toContain('Partner Hub');
    expect(server.seen).toHaveLength(0);
  });

  test('with a service: the same token goes to its URL', async () => {
    const template = { provisioningId: 'id', name: 'Wholesale default', country: 'US', custom: 1 };
    const answer = { status: 200, json: template };
    const server = await startServer([{ ...answer, status: 201 }, answer, answer, done]);
    const { templates } = clientOf(server, { templateApiUrl: `${server.url}/simulator/templates/` }).client;
    expect(await templates.create({ name: 'Wholesale default', country: 'US' })).toEqual(template);
    expect(await templates.get('id')).toEqual(template);
    expect(await templates.update('id', { name: 'Other', country: 'US' })).toEqual(template);
    await templates.remove('id');
    expect(asked(server)).toEqual([
      'POST /simulator/templates {"name":"Wholesale default","country":"US"}',
      'GET /simulator/templates/id',
      'PUT /simulator/templates/id {"name":"Other","country":"US"}',
      'DELETE /simulator/templates/id',
    ]);
    expect(server.seen[0]?.headers.authorization).toBe(`Bearer ${TOKEN}`);
  });
});
