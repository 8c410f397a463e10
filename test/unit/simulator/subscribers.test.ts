import { describe, expect, it } from 'vitest';
import { customerBody, type Subscriber, simulator } from './support';

const PATH = '/wholesale/subscribers';

describe('provisioning a subscriber', () => {
  it('makes a person at the headquarters where no location is named', async () => {
    const sim = await simulator();
    const customer = await sim.onboard();
    const answer = await sim.subscribe(customer);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      email: 'alice@example.com',
      package: 'webex_calling',
      packages: ['webex_calling'],
      customerId: customer.id,
      externalCustomerId: customerBody().externalId,
      status: 'provisioned',
    });
    expect(answer.headers.get('location')).toBe(`${sim.baseUrl}${PATH}/${answer.body.id}`);
    expect(await sim.person(answer.body.personId)).toMatchObject({
      displayName: 'Alice Example',
      extension: '5221',
      locationId: await sim.headquarters(customer),
    });
  });

  it('assigns a number of the location, which is then taken', async () => {
    const sim = await simulator();
    const customer = await sim.onboard();
    const locationId = await sim.branch(customer, '+12145551001', '+12145551002');
    const line = { locationId, primaryPhoneNumber: '+12145551001' };
    const first = await sim.subscribe(customer, { provisioningParameters: line });
    expect((await sim.person(first.body.personId)).phoneNumbers).toContainEqual({
      type: 'work',
      value: '+12145551001',
      primary: true,
    });
    const second = await sim.subscribe(customer, { email: 'bob@example.com', provisioningParameters: line });
    expect(second.status).toBe(409);
    expect((await sim.numbers('DELETE', locationId, '+12145551001')).status).toBe(409);
  });

  const refused: [what: string, changes: Record<string, unknown>, status: number, says: string][] = [
    ['two packages', { packages: ['webex_calling', 'webex_suite'] }, 400, 'exactly one package'],
    ['attendant_console alone', { packages: ['attendant_console'] }, 400, 'exactly one package'],
    ['attendant_console beside meetings', { packages: ['webex_meetings', 'attendant_console'] }, 400, 'dependent'],
    ['package and packages', { package: 'webex_calling' }, 400, 'either packages or package'],
    ['a package that the customer has not', { packages: ['webex_voice'] }, 400, 'no provisioned package'],
    ['neither extension nor number', { provisioningParameters: {} }, 400, 'extension'],
    ['an extension that is none', { provisioningParameters: { extension: '12a' } }, 400, '4910'],
    ['an emergency number as extension', { provisioningParameters: { extension: '911' } }, 400, '4911'],
    ['an unknown location', { provisioningParameters: { extension: '123', locationId: 'bm8' } }, 400, 'locationId'],
    [
      "a number that is not the location's",
      { provisioningParameters: { primaryPhoneNumber: '+12145559999' } },
      400,
      'not a number of',
    ],
    ['a number that is none', { provisioningParameters: { primaryPhoneNumber: '12345' } }, 400, 'E.164'],
    ['an extension without calling', { packages: ['webex_meetings'] }, 400, 'need a calling package'],
    ['an unknown customer', { customerId: 'bm8' }, 404, 'customer'],
    ['no email', { email: 'nobody' }, 400, 'email'],
  ];
  it.each(refused)('refuses %s, also in the precheck', async (_what, changes, status, says) => {
    const sim = await simulator();
    const customer = await sim.onboard();
    const answer = await sim.subscribe(customer, changes);
    expect(answer.status).toBe(status);
    expect(answer.body.errors[0]?.description).toContain(says);
    const precheck = await sim.call('POST', `${PATH}/validate`, {
      customerId: customer.id,
      email: 'alice@example.com',
      packages: ['webex_calling'],
      provisioningParameters: { firstName: 'Alice', lastName: 'Example', extension: '5221' },
      ...changes,
    });
    expect(precheck.body.message).toBe(answer.body.message);
    expect((await sim.state()).subscribers).toEqual([]);
  });

  it('refuses an email that is a subscriber, whatever its case, with the documented code', async () => {
    const sim = await simulator();
    const customer = await sim.onboard();
    await sim.subscribe(customer);
    const again = await sim.subscribe(customer, {
      email: 'ALICE@example.com',
      provisioningParameters: { extension: '5222' },
    });
    expect(again).toMatchObject({ status: 409, body: { errors: [{ errorCode: 10022 }] } });
  });

  it('refuses an extension that is taken at the location, and takes it at another', async () => {
    const sim = await simulator();
    const customer = await sim.onboard();
    await sim.subscribe(customer);
    const bob = { email: 'bob@example.com' };
    expect((await sim.subscribe(customer, bob)).status).toBe(409);
    const locationId = await sim.callingLocation(customer);
    expect(
      (await sim.subscribe(customer, { ...bob, provisioningParameters: { extension: '5221', locationId } })).status,
    ).toBe(200);
  });

  it('refuses a location that is not enabled for calling', async () => {
    const sim = await simulator();
    const customer = await sim.onboard();
    const locationId = await sim.location(customer);
    expect((await sim.subscribe(customer, { provisioningParameters: { extension: '5221', locationId } })).status).toBe(
      400,
    );
  });

  it('is refused until the customer is provisioned', async () => {
    const sim = await simulator();
    const accepted = await sim.call<{ url: string }>('POST', '/wholesale/customers', customerBody());
    const id = accepted.body.url.split('/').pop() ?? '';
    const customer = { id, orgId: '', status: '', packages: [], resourceDetails: { packages: [] } };
    expect((await sim.subscribe(customer)).status).toBe(409);
    await sim.advance();
    expect((await sim.subscribe(customer)).status).toBe(200);
  });

  it('keeps to the limit of the package', async () => {
    const sim = await simulator();
    const parameters = { ...customerBody().provisioningParameters, packages: { limits: { webex_calling: 1 } } };
    const customer = await sim.onboard({ provisioningParameters: parameters });
    expect((await sim.subscribe(customer)).status).toBe(200);
    const second = await sim.subscribe(customer, {
      email: 'bob@example.com',
      provisioningParameters: { extension: '5222' },
    });
    expect(second).toMatchObject({ status: 409 });
    expect(second.body.message).toContain('limit of 1');
  });

  it('makes the first administrator a subscriber, and keeps the role', async () => {
    const sim = await simulator();
    const customer = await sim.onboard();
    const answer = await sim.subscribe(customer, { email: 'john.anderson@acme.com' });
    const roles = await sim.roles();
    expect(await sim.person(answer.body.personId)).toMatchObject({
      displayName: 'Alice Example',
      roles: [roles['Full Administrator']],
    });
    expect((await sim.state()).people).toHaveLength(1);
  });

  it('accepts attendant_console beside a package that it depends on', async () => {
    const sim = await simulator();
    const customer = await sim.onboard({ packages: ['webex_suite', 'attendant_console'] });
    const answer = await sim.subscribe(customer, { packages: ['webex_suite', 'attendant_console'] });
    expect(answer).toMatchObject({
      status: 200,
      body: { package: 'webex_suite', packages: ['webex_suite', 'attendant_console'] },
    });
    expect((await sim.person(answer.body.personId)).licenses).toHaveLength(2);
  });

  it('verifies a provisioning ID in the precheck', async () => {
    const sim = await simulator();
    const check = (provisioningId: string) =>
      sim.call('POST', `${PATH}/validate`, { provisioningId, email: 'alice@example.com' });
    expect((await check(customerBody().provisioningId)).status).toBe(200);
    expect(await check('bm8')).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('provisioningId') },
    });
  });
});

describe('a user of another organization', () => {
  it('is pending without personId until it consents, then moves', async () => {
    const sim = await simulator();
    const customer = await sim.onboard();
    await sim.call('POST', '/people', { emails: ['alice@example.com'], displayName: 'Alice' });
    const pending = await sim.subscribe(customer);
    expect(pending).toMatchObject({ status: 202, body: { status: 'pending_user_migration' } });
    expect(pending.body).not.toHaveProperty('personId');
    const mail = () => sim.call('POST', `/subscribers/${pending.body.id}/emails/consentMove`);
    expect((await mail()).status).toBe(204);
    expect((await sim.call('POST', '/simulator/consents', { email: 'alice@example.com' })).status).toBe(204);
    const after = (await sim.get<Subscriber>(`${PATH}/${pending.body.id}`)).body;
    expect(after.status).toBe('provisioned');
    expect(await sim.person(after.personId)).toMatchObject({ orgId: customer.orgId, extension: '5221' });
    expect((await mail()).status).toBe(409);
  });

  it('can be asked for through the control plane, for a free account', async () => {
    const sim = await simulator();
    const customer = await sim.onboard();
    await sim.call('POST', '/simulator/outcomes', {
      kind: 'subscriber',
      email: 'alice@example.com',
      status: 'pending_user_migration',
    });
    const pending = await sim.subscribe(customer);
    expect(pending.status).toBe(202);
    expect((await sim.call('PUT', `${PATH}/${pending.body.id}`, { packages: ['webex_suite'] })).status).toBe(409);
    await sim.call('POST', '/simulator/consents', { email: 'alice@example.com' });
    expect((await sim.get<Subscriber>(`${PATH}/${pending.body.id}`)).body.personId).toBeDefined();
  });

  it('stays pending where its extension was taken in the meantime', async () => {
    const sim = await simulator();
    const customer = await sim.onboard();
    await sim.call('POST', '/simulator/outcomes', {
      kind: 'subscriber',
      email: 'alice@example.com',
      status: 'pending_user_migration',
    });
    await sim.subscribe(customer);
    await sim.subscribe(customer, { email: 'bob@example.com' });
    expect((await sim.call('POST', '/simulator/consents', { email: 'alice@example.com' })).status).toBe(409);
    expect((await sim.state()).subscribers.map(({ status }) => status)).toEqual([
      'pending_user_migration',
      'provisioned',
    ]);
  });
});

describe('changing a subscriber', () => {
  it('from meetings to calling gives a line, back takes it', async () => {
    const sim = await simulator();
    const customer = await sim.onboard();
    const { body } = await sim.subscribe(customer, {
      packages: ['webex_meetings'],
      provisioningParameters: { firstName: 'Alice' },
    });
    const put = (change: unknown) => sim.call<Subscriber>('PUT', `${PATH}/${body.id}`, change);
    expect((await put({ packages: ['webex_calling'] })).status).toBe(400);
    const up = await put({ packages: ['webex_calling'], provisioningParameters: { extension: '5221' } });
    expect(up).toMatchObject({ status: 200, body: { package: 'webex_calling' } });
    expect((await sim.person(body.personId)).extension).toBe('5221');
    expect((await put({ packages: ['webex_suite'], provisioningParameters: { extension: '5222' } })).status).toBe(400);
    expect((await put({ packages: ['webex_suite'] })).status).toBe(200);
    expect((await sim.person(body.personId)).extension).toBe('5221');
    expect((await put({ package: 'webex_meetings' })).status).toBe(200);
    expect(await sim.person(body.personId)).not.toHaveProperty('extension');
  });

  it("never lowers a full administrator's package", async () => {
    const sim = await simulator();
    const customer = await sim.onboard();
    const { body } = await sim.subscribe(customer, { email: 'john.anderson@acme.com', packages: ['webex_suite'] });
    const put = (name: string) => sim.call('PUT', `${PATH}/${body.id}`, { packages: [name] });
    expect(await put('webex_calling')).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('full administrator') },
    });
    const person = await sim.person(body.personId);
    await sim.call('PUT', `/people/${person.id}`, { ...person, loginEnabled: true, roles: [] });
    expect((await put('webex_calling')).status).toBe(200);
  });
});

describe('removing a subscriber', () => {
  it('keeps the person and frees extension, number and license', async () => {
    const sim = await simulator();
    const customer = await sim.onboard();
    const { body } = await sim.subscribe(customer);
    expect((await sim.call('DELETE', `${PATH}/${body.id}`)).status).toBe(204);
    expect((await sim.get(`${PATH}/${body.id}`)).status).toBe(404);
    const person = await sim.person(body.personId);
    expect(person.licenses).toEqual([]);
    expect(person).not.toHaveProperty('extension');
    const again = await sim.subscribe(customer);
    expect(again).toMatchObject({ status: 200, body: { personId: body.personId } });
    expect(again.body.id).not.toBe(body.id);
  });
});

describe('listing subscribers', () => {
  it('filters, sorts and pages', async () => {
    const sim = await simulator();
    const customer = await sim.onboard();
    for (const [index, name] of ['a', 'b', 'c'].entries()) {
      await sim.subscribe(customer, {
        email: `${name}@example.com`,
        provisioningParameters: { extension: `52${index}` },
      });
      await sim.advance(10);
    }
    const emails = async (query: string) =>
      (await sim.get<{ items: { email: string }[] }>(`${PATH}?${query}`)).body.items.map(({ email }) => email[0]);
    expect(await emails('')).toEqual(['a', 'b', 'c']);
    expect(await emails('sortOrder=DESC')).toEqual(['c', 'b', 'a']);
    expect(await emails('max=2')).toEqual(['a', 'b']);
    expect(await emails('max=2&offset=2')).toEqual(['c']);
    expect(await emails(`customerId=${customer.id}`)).toHaveLength(3);
    expect(await emails(`externalCustomerId=${customerBody().externalId}&email=B@example.com`)).toEqual(['b']);
    expect(await emails('status=pending_user_migration')).toEqual([]);
    const all = (await sim.get<{ items: { created: string; personId: string }[] }>(PATH)).body.items;
    expect(await emails(`after=${Date.parse(all[1]?.created ?? '')}`)).toEqual(['c']);
    expect(await emails(`after=${all[1]?.created}`)).toEqual(['c']);
    expect(await emails(`personId=${all[0]?.personId}`)).toEqual(['a']);
    expect((await sim.get(`${PATH}?sortBy=name`)).status).toBe(400);
  });
});
