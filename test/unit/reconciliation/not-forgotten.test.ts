import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  backend,
  callingWith,
  customerInputs,
  type Handlers,
  locationInputs,
  type Made,
  NUMBERS,
  newProcess,
  userInputs,
} from './support';

describe('a doubtful answer removes nothing from the state', () => {
  const { api, control } = backend();
  let customer: Made<'customerOrg'>;
  let location: Made<'location'>;
  let user: Made<'user'>;

  beforeAll(async () => {
    const made = await newProcess();
    customer = await made.customerOrg.create(customerInputs());
    location = await made.location.create(locationInputs(customer.id, callingWith([NUMBERS[0]])));
    user = await made.user.create({ ...userInputs(customer.id, '51301'), roles: ['Read-only Administrator'] });
  });
  afterEach(async () => {
    await control('PUT', '/weather', { weather: 'documented' });
  });

  const readAll = async (process: Handlers) => [
    await process.customerOrg.read(customer.id, customer.state),
    await process.location.read(location.id, location.state),
    await process.user.read(user.id, user.state),
  ];
  const ids = () => [customer.id, location.id, user.id];

  it('a list that lacks an object: it is asked for by its ID', async () => {
    await control('PUT', '/weather', { listLagSeconds: 3600 });
    const read = await readAll(await newProcess());
    expect(read.map((found) => found?.id)).toEqual(ids());
    expect(read[1]?.state).toMatchObject({ name: location.state.name, calling: { phoneNumbers: [NUMBERS[0]] } });
  });

  it('with refresh: basic, too', async () => {
    await control('PUT', '/weather', { listLagSeconds: 3600 });
    const read = await readAll(await newProcess({ 'webex-wholesale:refresh': 'basic' }));
    expect(read.map((found) => found?.id)).toEqual(ids());
    expect(read[1]?.state).toMatchObject({ calling: { enabled: true, phoneNumbers: [NUMBERS[0]] } });
  });

  it('lists of numbers that lack even the main number of the location', async () => {
    const [, number] = NUMBERS;
    const inputs = locationInputs(customer.id, { ...callingWith([number]), mainNumber: number } as never);
    const { id, state } = await (await newProcess()).location.create(inputs);
    for (const refresh of ['full', 'basic']) {
      const { location, run } = await newProcess({ 'webex-wholesale:refresh': refresh });
      vi.spyOn(run.webex.numbers, 'list').mockResolvedValue([]);
      expect((await location.read(id, state))?.state.calling).toMatchObject({ phoneNumbers: [number] });
    }
  });

  it('a person without calling data for now is read again', async () => {
    await control('PUT', '/weather', { callingMissingAnswers: 3 });
    const read = await (await newProcess()).user.read(user.id, user.state);
    expect(read?.state).toEqual(user.state);
  });

  it('a person without calling data for now gets its roles', async () => {
    await control('PUT', '/weather', { callingMissingAnswers: 3 });
    const roles = ['Compliance Officer'];
    const process = await newProcess();
    const changed = await process.user.update(user.id, user.state, { ...user.state, roles } as never);
    expect(changed.roles).toEqual(roles);
    await (await newProcess()).user.update(user.id, changed, { ...changed, roles: [] } as never);
  });

  it('a person without calling data is not read, and not changed', async () => {
    await control('PUT', '/weather', { callingMissingAnswers: 1000 });
    await expect((await newProcess()).user.read(user.id, user.state)).rejects.toThrow('calling data');
    const renamed = { ...user.state, firstName: 'Alicia' };
    await expect((await newProcess()).user.update(user.id, user.state, renamed as never)).rejects.toThrow(
      'calling data',
    );
    await control('PUT', '/weather', { weather: 'documented' });
    const person = (await api('GET', `/people/${user.state.personId}?callingData=true`)) as Record<string, unknown>;
    expect(person).toMatchObject({ firstName: 'Alice', extension: '51301' });
  });

  it('a person who has consented to the migration since gets what was declared, without a refresh', async () => {
    const declared = { ...userInputs(customer.id, '51309'), roles: ['Compliance Officer'] };
    const { email } = declared;
    await control('POST', '/outcomes', { kind: 'subscriber', email, status: 'pending_user_migration' });
    const { id, state: recorded } = await (await newProcess()).user.create(declared);
    const renamed = { ...declared, lastName: 'Andersen' };
    expect(await (await newProcess()).user.diff(id, recorded, renamed)).toEqual({ changes: false });
    await control('POST', '/consents', { email });
    expect(await (await newProcess()).user.diff(id, recorded, renamed)).toEqual({ changes: true });
    const done = await (await newProcess()).user.update(id, recorded, renamed);
    expect(done).toMatchObject({ status: 'provisioned', lastName: 'Andersen', roles: declared.roles });
    const { people } = (await control('GET', '/state')) as { people: { email: string }[] };
    expect(people).toContainEqual(expect.objectContaining({ email, lastName: 'Andersen', roles: declared.roles }));
  });

  it('a token of another partner: refresh and destroy forget nothing, and the error names the remedy', async () => {
    const other = (await control('POST', '/partners', { displayName: 'Another provider' })) as { id: string };
    const { token } = (await control('POST', '/tokens', { partnerOrgId: other.id })) as { token: string };
    const before = await newProcess();
    const gone = await before.customerOrg.create({ ...customerInputs(), removal: 'unlink' });
    await (await newProcess()).customerOrg.delete(gone.id, gone.state);
    vi.stubEnv('WEBEX_ACCESS_TOKEN', token);
    const process = await newProcess();
    const refusal = new RegExp(`partner organization ${customer.state.partnerOrgId}.*WEBEX_PARTNER_ORG_ID=${other.id}`);
    await expect(process.customerOrg.read(customer.id, customer.state)).rejects.toThrow(refusal);
    await expect(process.user.read(user.id, user.state)).rejects.toThrow(refusal);
    await expect(process.user.delete(user.id, user.state)).rejects.toThrow(refusal);
    await expect(process.customerOrg.delete(customer.id, customer.state)).rejects.toThrow(refusal);
    await expect(process.customerOrg.read(gone.id, gone.state)).rejects.toThrow(refusal);
    vi.stubEnv('WEBEX_PARTNER_ORG_ID', other.id);
    expect(await process.customerOrg.read(gone.id, gone.state)).toBeUndefined();
  });
});
