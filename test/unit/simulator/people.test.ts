import { describe, expect, it } from 'vitest';
import { type Person, simulator } from './support';

async function withAlice() {
  const sim = await simulator();
  const customer = await sim.onboard();
  const locationId = await sim.branch(customer, '+12145551001', '+12145551002');
  const parameters = {
    firstName: 'Alice',
    lastName: 'Example',
    extension: '5221',
    primaryPhoneNumber: '+12145551001',
    locationId,
  };
  const { body } = await sim.subscribe(customer, { provisioningParameters: parameters });
  const id = body.personId ?? '';
  const put = (change: Record<string, unknown>) => sim.call<Person>('PUT', `/people/${id}?callingData=true`, change);
  const whole = async () => ({ ...(await sim.person(id)), loginEnabled: undefined });
  return { sim, customer, locationId, id, put, whole };
}

describe('an email address', () => {
  const DAYS = 86_400;

  it('changes at once, for person and subscriber; both addresses get a mail, and the old one stays reserved', async () => {
    const { sim, customer, id, put, whole } = await withAlice();
    expect((await put({ ...(await whole()), emails: ['alice.anderson@acme.com'] })).status).toBe(200);
    expect((await sim.person(id)).emails).toEqual(['alice.anderson@acme.com']);
    expect((await sim.state()).subscribers.map(({ email }) => email)).toEqual(['alice.anderson@acme.com']);
    const { items } = (await sim.get<{ items: { kind: string; to: string }[] }>('/simulator/mails')).body;
    expect(items.map(({ kind, to }) => [kind, to])).toEqual([
      ['emailChange', 'alice@example.com'],
      ['emailChange', 'alice.anderson@acme.com'],
    ]);
    const again = await sim.subscribe(customer, { email: 'alice@example.com' });
    expect(again).toMatchObject({ status: 409, body: { errors: [{ errorCode: 10022 }] } });
  });

  it('is restored after 15 days, unless the user confirms the new one', async () => {
    const { sim, id, put, whole } = await withAlice();
    await put({ ...(await whole()), emails: ['first@acme.com'] });
    await put({ ...(await whole()), emails: ['second@acme.com'] });
    await sim.advance(16 * DAYS);
    expect((await sim.person(id)).emails).toEqual(['alice@example.com']);
    await put({ ...(await whole()), emails: ['third@acme.com'] });
    const confirm = () => sim.call('POST', '/simulator/emailConfirmations', { email: 'third@acme.com' });
    expect((await confirm()).status).toBe(204);
    expect((await confirm()).status).toBe(404);
    await sim.advance(16 * DAYS);
    expect((await sim.person(id)).emails).toEqual(['third@acme.com']);
  });

  it('of another user is refused', async () => {
    const { put, whole } = await withAlice();
    const answer = await put({ ...(await whole()), emails: ['JOHN.Anderson@acme.com'] });
    expect(answer).toMatchObject({ status: 409, body: { errors: [{ errorCode: 10022 }] } });
  });
});

describe('the person of a token', () => {
  it('is an administrator of the partner organization', async () => {
    const sim = await simulator();
    const { body } = await sim.get<Person & { orgId: string }>('/people/me');
    const [partner] = (await sim.state()).organizations;
    expect(body.orgId).toBe(partner?.id);
    expect((await sim.get<Person>(`/people/${body.id}`)).body).toEqual(body);
  });
});

describe('people', () => {
  it('show calling details with callingData=true only', async () => {
    const { sim, id } = await withAlice();
    const plain = (await sim.get<Person>(`/people/${id}`)).body;
    expect(plain).not.toHaveProperty('extension');
    expect(plain).not.toHaveProperty('locationId');
    expect(plain).not.toHaveProperty('phoneNumbers');
    expect((await sim.person(id)).phoneNumbers).toEqual([
      { type: 'work', value: '+12145551001', primary: true },
      { type: 'work_extension', value: '5221', primary: false },
    ]);
  });

  it('are replaced by PUT: what GET gave can be put back, and nothing changes', async () => {
    const { sim, id, put, whole } = await withAlice();
    const before = await sim.person(id);
    expect((await put(await whole())).status).toBe(200);
    expect({ ...(await sim.person(id)), lastModified: '' }).toEqual({ ...before, lastModified: '' });
  });

  it('change names, extension and number', async () => {
    const { sim, locationId, put, whole } = await withAlice();
    const answer = await put({
      ...(await whole()),
      displayName: 'Alice E.',
      lastName: 'E.',
      extension: '5300',
      phoneNumbers: [{ type: 'work', value: '+12145551002' }],
    });
    expect(answer.body).toMatchObject({ displayName: 'Alice E.', lastName: 'E.', extension: '5300' });
    expect((await sim.numbers('DELETE', locationId, '+12145551001')).status).toBe(204);
    expect((await sim.numbers('DELETE', locationId, '+12145551002')).status).toBe(409);
  });

  it('lose what PUT leaves out, but names, roles, licenses and, where both are left out, number and extension', async () => {
    const { sim, id, put } = await withAlice();
    const before = await sim.person(id);
    await put({ emails: before.emails, displayName: 'Alice', department: 'Sales' });
    const answer = await put({ emails: before.emails, displayName: 'Alice' });
    expect(answer.body).not.toHaveProperty('department');
    expect(answer.body).toMatchObject({
      firstName: 'Alice',
      lastName: 'Example',
      licenses: before.licenses,
      extension: '5221',
      phoneNumbers: before.phoneNumbers,
    });
    const extensionOnly = await put({ emails: before.emails, displayName: 'Alice', extension: '5221' });
    expect(extensionOnly.body.phoneNumbers).toEqual([{ type: 'work_extension', value: '5221', primary: false }]);
  });

  it('need a display name, an extension or number, and stay at their location', async () => {
    const { customer, sim, put, whole } = await withAlice();
    const person = await whole();
    expect((await put({ ...person, displayName: undefined })).status).toBe(400);
    expect((await put({ ...person, extension: '', phoneNumbers: [] })).status).toBe(400);
    expect((await put({ ...person, locationId: await sim.headquarters(customer) })).status).toBe(400);
    expect((await put({ ...person, orgId: undefined, licenses: [] })).status).toBe(400);
  });

  it('get roles by ID, of those that exist', async () => {
    const { sim, id, put, whole } = await withAlice();
    const roles = await sim.roles();
    const reader = roles['Read-only Administrator'];
    expect((await put({ ...(await whole()), roles: [reader] })).body.roles).toEqual([reader]);
    expect((await put({ ...(await whole()), roles: ['bm8'] })).status).toBe(400);
    expect((await sim.person(id)).roles).toEqual([reader]);
    expect((await sim.state()).people.find((person) => person.id === id)?.roles).toEqual(['Read-only Administrator']);
  });

  it('and subscribers are one: a new email shows in both, deletion removes both', async () => {
    const { sim, id, put, whole } = await withAlice();
    await put({ ...(await whole()), emails: ['alice.new@example.com'] });
    expect((await sim.state()).subscribers.map(({ email }) => email)).toEqual(['alice.new@example.com']);
    expect((await sim.call('DELETE', `/people/${id}`)).status).toBe(204);
    expect((await sim.get(`/people/${id}`)).status).toBe(404);
    expect((await sim.state()).subscribers).toEqual([]);
  });

  it('are listed by organization, email, name, ID, role and location', async () => {
    const { sim, customer, id, locationId } = await withAlice();
    const roles = await sim.roles();
    const emails = async (query: string) =>
      (await sim.get<{ items: Person[] }>(`/people?${query}`)).body.items.map((person) => person.emails[0]);
    expect(await emails('')).toEqual([]);
    expect(await emails(`orgId=${customer.orgId}`)).toEqual(['john.anderson@acme.com', 'alice@example.com']);
    expect(await emails('email=Alice@example.com')).toEqual(['alice@example.com']);
    expect(await emails(`orgId=${customer.orgId}&displayName=ali`)).toEqual(['alice@example.com']);
    expect(await emails(`orgId=${customer.orgId}&roles=${roles['Full Administrator']}`)).toEqual([
      'john.anderson@acme.com',
    ]);
    expect(await emails(`orgId=${customer.orgId}&locationId=${locationId}`)).toEqual(['alice@example.com']);
    expect((await sim.get(`/people?id=${id},bm8`)).body).toMatchObject({ items: [{ id }], notFoundIds: ['bm8'] });
    const page = await sim.get(`/people?orgId=${customer.orgId}&max=1`);
    expect(page.headers.get('link')).toContain('rel="next"');
    const next = /<(.*)>/.exec(page.headers.get('link') ?? '')?.[1]?.slice(sim.baseUrl.length) ?? '';
    expect((await sim.get<{ items: Person[] }>(next)).body.items.map((person) => person.id)).toEqual([id]);
  });

  it('can be created with a calling license, which needs a line', async () => {
    const { sim, customer } = await withAlice();
    const { items } = (await sim.get<{ items: { id: string; name: string }[] }>(`/licenses?orgId=${customer.orgId}`))
      .body;
    const licenses = items.filter(({ name }) => name === 'Webex Calling - Professional').map(({ id }) => id);
    const create = (more: Record<string, unknown>) =>
      sim.call<Person>('POST', '/people?callingData=true', {
        orgId: customer.orgId,
        emails: ['bob@example.com'],
        displayName: 'Bob',
        licenses,
        ...more,
      });
    expect((await create({})).status).toBe(400);
    expect((await create({ extension: '77', licenses: ['bm8'] })).status).toBe(400);
    expect((await sim.state()).people).toHaveLength(2);
    expect(await create({ extension: '77' })).toMatchObject({ status: 200, body: { extension: '77', licenses } });
    expect((await create({ extension: '78' })).status).toBe(409);
  });
});

describe('numbers and extensions of users', () => {
  it('are swapped by releasing and assigning: what another one has is refused', async () => {
    const { sim, customer, locationId, id, whole, put } = await withAlice();
    const parameters = { extension: '5222', primaryPhoneNumber: '+12145551002', locationId };
    const bob = (await sim.subscribe(customer, { email: 'bob@acme.com', provisioningParameters: parameters })).body;
    const line = (extension: string, number?: string) => ({
      displayName: 'A user',
      extension,
      phoneNumbers: number === undefined ? [] : [{ type: 'work', value: number }],
    });
    const putBob = (body: unknown) => sim.call<Person>('PUT', `/people/${bob.personId}?callingData=true`, body);
    expect((await put({ ...(await whole()), ...line('5222', '+12145551001') })).status).toBe(409);
    expect((await put({ ...(await whole()), ...line('5221', '+12145551002') })).status).toBe(409);
    expect((await putBob(line('5999'))).status).toBe(200);
    expect((await put({ ...(await whole()), ...line('5222', '+12145551002') })).status).toBe(200);
    expect((await putBob(line('5221', '+12145551001'))).body).toMatchObject({ extension: '5221' });
    expect(await sim.person(id)).toMatchObject({ extension: '5222', phoneNumbers: [{ value: '+12145551002' }, {}] });
  });
});
