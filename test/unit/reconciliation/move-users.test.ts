import { beforeAll, describe, expect, it, vi } from 'vitest';
import {
  backend,
  callerWithUsers,
  callingWith,
  customerInputs,
  locationInputs,
  type Made,
  NUMBERS,
  newProcess,
  recordedAs,
  userInputs,
} from './support';

vi.mock('node:timers/promises', () => import('./quick-timers'));

describe('a user that is declared at another location', () => {
  const { api, control } = backend();
  let customerId = '';
  let headquarters = '';
  let branch = '';

  beforeAll(async () => {
    const { customerOrg, location } = await newProcess();
    const plain = customerInputs();
    const calling = { enabled: true, pstn: { displayName: 'Non-integrated CCP' } };
    const withPstn = { ...plain, headquarters: { ...plain.headquarters, calling } };
    const customer = await customerOrg.create(withPstn);
    customerId = customer.id;
    headquarters = customer.state.headquartersLocationId ?? '';
    branch = (await location.create(locationInputs(customerId, callingWith([...NUMBERS])))).id;
  });

  const person = async ({ state }: Made<'user'>) => api('GET', `/people/${state.personId}?callingData=true`);
  const jobs = async () => {
    const log = (await control('GET', '/requests/log')) as { method: string; path: string; status: number }[];
    return log.filter(({ method, path }) => method === 'POST' && path.endsWith('/moveLocation')).length;
  };
  const newUser = async (extension: string, more: object = {}) => {
    const inputs = { ...userInputs(customerId, extension), ...more };
    return { inputs, ...(await (await newProcess()).user.create(inputs)) };
  };

  it('moves by a job, with extension and number, there and back', async () => {
    const made = await newUser('5100', { locationId: branch, phoneNumber: NUMBERS[0] });
    const home = { ...made.inputs, locationId: headquarters };
    const moved = await (await newProcess()).user.update(made.id, made.state, home);
    const [number] = (await person(made)).phoneNumbers;
    expect(await person(made)).toMatchObject({ locationId: headquarters, extension: '5100' });
    expect(number.value.replace(/\s/g, '')).toBe(NUMBERS[0]);
    expect(moved).toMatchObject({ locationId: headquarters, phoneNumber: NUMBERS[0] });
    await (await newProcess()).user.update(made.id, moved, made.inputs);
    expect(await person(made)).toMatchObject({ locationId: branch, extension: '5100' });
  });

  it('gets what is declared there: another extension, and no number', async () => {
    const made = await newUser('5101', { locationId: branch, phoneNumber: NUMBERS[1] });
    const wanted = { ...made.inputs, phoneNumber: undefined, locationId: headquarters, extension: '6101' };
    const { user } = await newProcess();
    const moved = await user.update(made.id, made.state, wanted);
    expect(await person(made)).toMatchObject({ locationId: headquarters, extension: '6101' });
    expect((await person(made)).phoneNumbers).not.toContainEqual(expect.objectContaining({ type: 'work' }));
    expect(await user.diff(made.id, moved, wanted)).toEqual({ changes: false });
  });

  it('together with others of the run: one job', async () => {
    const users = await Promise.all(['5201', '5202', '5203', '5204', '5205'].map((extension) => newUser(extension)));
    await control('DELETE', '/requests');
    const { user } = await newProcess();
    await Promise.all(users.map(({ id, state, inputs }) => user.update(id, state, { ...inputs, locationId: branch })));
    expect(await jobs()).toBe(1);
    for (const made of users) expect((await person(made)).locationId).toBe(branch);
  });

  /** So many users of one run, with extensions from the first one on. */
  const newUsers = async (first: number, count: number) => {
    const { user } = await newProcess();
    const all = Array.from({ length: count }, (_, index) => userInputs(customerId, String(first + index)));
    return Promise.all(all.map(async (inputs) => ({ inputs, ...(await user.create(inputs)) })));
  };

  /** Updates users with changed declarations, as one run of Pulumi with `--parallel 1`. @returns the result of each */
  const oneByOne = async (users: Awaited<ReturnType<typeof newUser>>[], wanted: typeof change) => {
    const next = users.map((made) => wanted(made));
    const { user } = await newProcess({}, users.map(recordedAs));
    const results = [];
    for (const [index, made] of users.entries()) {
      const inputs = next[index] as (typeof next)[number];
      const caller = callerWithUsers(inputs.email, false, index === 0 ? next : []);
      expect((await user.check({ ...inputs }, made.inputs, caller)).failures).toEqual([]);
      results.push(await user.update(made.id, made.state, inputs).catch((error: Error) => error));
    }
    return results;
  };
  const change = ({ inputs }: Awaited<ReturnType<typeof newUser>>): Made<'user'>['state'] =>
    ({ ...inputs, locationId: branch }) as never;

  it('250 of them, one at a time: three jobs, and hardly another request', async () => {
    const users = await newUsers(70_000, 250);
    await control('DELETE', '/requests');
    for (const result of await oneByOne(users, change)) expect(result).toMatchObject({ locationId: branch });
    expect(await jobs()).toBe(3);
    const log = (await control('GET', '/requests/log')) as unknown[];
    expect(log.length).toBeLessThan(40);
    const { people } = (await control('GET', '/state')) as { people: { id: string; locationId: string }[] };
    const at = new Map(people.map(({ id, locationId }) => [id, locationId]));
    for (const { state } of users) expect(at.get(state.personId ?? '')).toBe(branch);
  }, 60_000);

  it('one at a time: a job that fails for one of 40 moves the others, and that one has its reason', async () => {
    const holder = await newUser('71900', { locationId: branch });
    const users = await newUsers(71_000, 40);
    const unlucky = users[7];
    await control('DELETE', '/requests');
    const results = await oneByOne(users, (made) => ({
      ...change(made),
      ...(made === unlucky && { extension: '71900' }),
    }));
    const failed = results.filter((result) => result instanceof Error);
    expect(failed.map(String).join()).toContain(`extension 71900 is that of ${holder.inputs.email}`);
    expect(failed).toHaveLength(1);
    // One job with all users, and one that tried the failed user again.
    expect(await jobs()).toBe(2);
    expect((await person(unlucky as Made<'user'>)).locationId).toBe(headquarters);
  }, 30_000);

  it('no user is moved that is not in the stack or excluded from this run', async () => {
    const [moved, unknown, later] = [await newUser('5221'), await newUser('5222'), await newUser('5223')];
    const { user } = await newProcess({}, [recordedAs(moved), recordedAs(later)]);
    // The declaration of a new resource for a person that exists: whether it is taken over, its create decides.
    const upcoming = [change(moved), change(unknown)] as { email: string }[];
    await user.check({ ...change(moved) }, moved.inputs, callerWithUsers(moved.inputs.email, false, upcoming));
    await user.update(moved.id, moved.state, change(moved));
    expect((await person(moved)).locationId).toBe(branch);
    for (const each of [unknown, later]) expect((await person(each)).locationId).toBe(headquarters);
  });

  it('fails alone if the job fails for it, with the reason', async () => {
    const [first, second] = [await newUser('5301'), await newUser('5302')];
    const holder = await newUser('5303', { locationId: branch });
    const { user } = await newProcess();
    const outcomes = await Promise.allSettled([
      user.update(first.id, first.state, { ...first.inputs, locationId: branch }),
      user.update(second.id, second.state, { ...second.inputs, locationId: branch, extension: '5303' }),
    ]);
    expect(outcomes[0]).toMatchObject({ status: 'fulfilled', value: { locationId: branch } });
    expect(outcomes[1]).toMatchObject({ status: 'rejected' });
    expect(String((outcomes[1] as PromiseRejectedResult).reason)).toContain(
      `extension 5303 is that of ${holder.inputs.email}`,
    );
    expect((await person(second)).locationId).toBe(headquarters);
  });

  it('was moved by a run that was killed: nothing is written', async () => {
    const made = await newUser('5401');
    const wanted = { ...made.inputs, locationId: branch };
    await (await newProcess()).user.update(made.id, made.state, wanted);
    await control('DELETE', '/requests');
    const again = await (await newProcess()).user.update(made.id, made.state, wanted);
    expect(again.locationId).toBe(branch);
    expect(await jobs()).toBe(0);
  });

  it('is being moved by a job of a run that was killed: it is waited for', async () => {
    const made = await newUser('5402');
    const { orgId } = await person(made);
    const body = { usersList: [{ locationId: branch, validate: false, users: [{ userId: made.state.personId }] }] };
    await api('POST', `/telephony/config/jobs/person/moveLocation?orgId=${orgId}`, body);
    await (await newProcess()).user.update(made.id, made.state, { ...made.inputs, locationId: branch });
    expect((await person(made)).locationId).toBe(branch);
  });

  it('where it is already, or with the location left out, is no change', async () => {
    const made = await newUser('5501');
    const { user } = await newProcess();
    expect(made.state.locationId).toBe(headquarters);
    expect(await user.diff(made.id, made.state, { ...made.inputs, locationId: headquarters })).toEqual({
      changes: false,
    });
    const moved = await user.update(made.id, made.state, { ...made.inputs, locationId: branch });
    expect(await user.diff(made.id, moved, made.inputs)).toEqual({ changes: false });
    const read = await user.read(made.id, made.state);
    expect(read?.state.locationId).toBe(branch);
    expect(read?.inputs.locationId).toBeUndefined();
  });
});
