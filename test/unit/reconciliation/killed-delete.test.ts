import { beforeAll, describe, expect, it } from 'vitest';
import {
  backend,
  callingWith,
  customerInputs,
  locationInputs,
  type Made,
  NUMBERS,
  newProcess,
  userInputs,
} from './support';

describe('a delete that was killed half-way', () => {
  const { state, api, control } = backend();
  const customer = customerInputs();
  let customerId = '';
  let recorded: Made<'customerOrg'>['state'];

  beforeAll(async () => {
    const made = await (await newProcess()).customerOrg.create(customer);
    customerId = made.id;
    recorded = made.state;
  });

  const userToDelete = async (extension: string) => {
    const { user } = await newProcess();
    return user.create({ ...userInputs(customerId, extension), removal: 'delete' as const });
  };
  const deletions = async () => {
    const log = (await control('GET', '/requests/log')) as { method: string; path: string; status: number }[];
    return log
      .filter(({ method }) => method === 'DELETE')
      .map(({ path, status }) => `${path.split('/').at(-2)} ${status}`);
  };

  it('of a user: the person is deleted first, so that a refresh in between keeps the user', async () => {
    const { id, state: made } = await userToDelete('51301');
    await control('DELETE', '/requests');
    await (await newProcess()).user.delete(id, made);
    expect(await deletions()).toEqual(['people 204', 'subscribers 404']);
    expect((await state()).subscribers).toEqual([]);
  });

  it('of a user: Webex deletes the person only after the mapping', async () => {
    const { id, state: made } = await userToDelete('51302');
    await control('DELETE', '/requests');
    await control('POST', '/faults', { operation: 'DELETE /people/{personId}', count: 1, status: 409 });
    await (await newProcess()).user.delete(id, made);
    expect(await deletions()).toEqual(['people 409', 'subscribers 204', 'people 204']);
  });

  it('of a user, where Webex does not answer for the person: the mapping stays, and is found again', async () => {
    const { id, state: made } = await userToDelete('51303');
    await control('POST', '/faults', { operation: 'DELETE /people/{personId}', count: 6, status: 501 });
    await expect((await newProcess()).user.delete(id, made)).rejects.toThrow('501');
    await control('DELETE', '/faults');
    expect((await (await newProcess()).user.read(id, made))?.id).toBe(id);
    await (await newProcess()).user.delete(id, made);
    expect((await state()).subscribers).toEqual([]);
  });

  it('of a customer: the next one deletes the organization; a refresh in between names what stays', async () => {
    await api('DELETE', `/wholesale/customers/${customerId}`);
    const { customerOrg, warnings } = await newProcess();
    expect(await customerOrg.read(customerId, recorded)).toBeUndefined();
    expect(warnings.join()).toContain(`(orgId ${recorded.orgId}) is still there`);
    await (await newProcess()).customerOrg.delete(customerId, recorded);
    expect((await state()).organizations.map(({ id }) => id)).not.toContain(recorded.orgId);
    const later = await newProcess();
    expect(await later.customerOrg.read(customerId, recorded)).toBeUndefined();
    expect(later.warnings).toEqual([]);
  });

  it('of a customer that is replaced, with its locations: each is replaced, too, with other numbers as well', async () => {
    const { customerOrg, location } = await newProcess();
    const old = await customerOrg.create(customerInputs());
    const inputs = { ...locationInputs(old.id, callingWith([NUMBERS[0]])), allowReplacement: true };
    const made = await location.create(inputs);
    await (await newProcess()).customerOrg.delete(old.id, old.state);
    const other = await (await newProcess()).customerOrg.create(customerInputs());
    const wanted = { ...inputs, customerId: other.id, calling: callingWith([NUMBERS[1]]) };
    const found = await (await newProcess()).location.diff(made.id, made.state, wanted);
    expect(found).toEqual({ changes: true, replaces: ['customerId'] });
  });
});
