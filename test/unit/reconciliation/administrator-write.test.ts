import { describe, expect, it, vi } from 'vitest';
import {
  administratorIn,
  customerInWebex,
  extension,
  FULL,
  falsified,
  HIGH,
  LOSES,
  LOW,
  refused,
} from './administrators';
import { callerOf, type Handlers, newProcess, userInputs } from './support';

// The rule about administrators at the write, after a check that was wrong or was not called.

const { api, control, hub, customer } = customerInWebex();

describe('an update', () => {
  const lowered = async (
    { inputs, id, state }: Awaited<ReturnType<typeof administratorIn>>,
    handlers: Handlers | undefined = undefined,
    more: object = {},
  ) => (handlers ?? (await newProcess())).user.update(id, state, { ...inputs, ...LOW, ...more } as never);

  it("does not lower an administrator's package, with or without the role in the program", async () => {
    const admin = await administratorIn(customer().id);
    for (const roles of [[FULL], [], undefined]) {
      expect(await refused(lowered(admin, undefined, { roles }))).toMatch(LOSES);
    }
    expect(await hub.packages(admin.inputs.email)).toEqual(['webex_suite']);
  });

  it('does not take back a raise that a failed run wrote', async () => {
    const admin = await administratorIn(customer().id, LOW);
    await api('PUT', `/wholesale/subscribers/${admin.id}`, { packages: ['webex_suite'] });
    const state = { ...admin.state, ...HIGH };
    expect(await refused(lowered({ ...admin, state }))).toMatch(LOSES);
  });

  it('does not remove an add-on of a failed run', async () => {
    const admin = await administratorIn(customer().id);
    await api('PUT', `/wholesale/subscribers/${admin.id}`, { packages: ['webex_suite', 'attendant_console'] });
    const state = { ...admin.state, attendantConsole: true };
    const message = await refused(lowered({ ...admin, state }, undefined, HIGH));
    expect(message).toMatch(/^attendantConsole: .*is an administrator.*loses attendant console/);
  });

  it('finds a user that got a role and another e-mail address in Control Hub', async () => {
    const user = await administratorIn(customer().id, { roles: undefined });
    const id = user.state.personId as string;
    await hub.giveRole(id);
    await hub.change(id, { emails: [`changed.${user.inputs.email}`] });
    expect(await refused(lowered(user))).toMatch(LOSES);
  });

  it('refuses if Webex omits roles or packages', async () => {
    const admin = await administratorIn(customer().id);
    const personId = admin.state.personId as string;
    const message = async (change: Parameters<typeof falsified>[0], more: object = { roles: undefined }) =>
      refused(lowered(admin, await falsified(change), more));

    const noRoles = await message(({ roles }) => void vi.spyOn(roles, 'list').mockResolvedValue([]));
    expect(noRoles).toMatch(/can't be determined.*GET \/roles does not list the role/);
    const { items } = (await api('GET', '/roles')) as { items: { id: string; name: string }[] };
    const unnamed = items.map(({ id }) => ({ id, name: '' }));
    const nameless = await message(({ roles }) => void vi.spyOn(roles, 'list').mockResolvedValue(unnamed));
    expect(nameless).toContain('GET /roles does not list the role');
    const others = items.filter(({ name }) => name !== FULL);
    const lacking = await message(({ roles }) => void vi.spyOn(roles, 'list').mockResolvedValue(others));
    expect(lacking).toContain('GET /roles does not list the role');

    const person = (await hub.person(personId)) as { roles?: string[]; id: string; emails: string[] };
    const { roles: _, ...withoutRoles } = person;
    const silent = await message(({ people }) => void vi.spyOn(people, 'get').mockResolvedValue(withoutRoles));
    expect(silent).toMatch(/can't be determined.*Webex does not give the roles/);

    const subscriber = { id: admin.id, email: admin.inputs.email, status: 'provisioned', errors: [] };
    const nobody = await falsified(
      ({ subscribers }) =>
        void vi.spyOn(subscribers, 'get').mockResolvedValue({ ...subscriber, packages: ['webex_suite'] }),
    );
    // The person that was recorded is asked instead.
    expect(await refused(lowered(admin, nobody, { roles: undefined }))).toMatch(LOSES);
    const unrecorded = { ...admin, state: { ...admin.state, personId: undefined as unknown as string } };
    expect(await refused(lowered(unrecorded, nobody, { roles: undefined }))).toContain('names no person');
    const pending = { ...subscriber, customerId: customer().id, status: 'pending_user_migration' };
    const elsewhere = await falsified(
      ({ subscribers }) =>
        void vi.spyOn(subscribers, 'get').mockResolvedValue({ ...pending, packages: ['webex_suite'] }),
    );
    // The person is in the organization.
    expect(await refused(lowered(unrecorded, elsewhere, { roles: undefined }))).toMatch(LOSES);
    const unknown = await message(
      ({ subscribers }) =>
        void vi.spyOn(subscribers, 'get').mockResolvedValue({ ...subscriber, personId, packages: [] }),
    );
    expect(unknown).toContain('names no package');
    expect(await hub.packages(admin.inputs.email)).toEqual(['webex_suite']);
  });

  it.each([
    ['a user who is no administrator', { roles: [] }, LOW],
    ['a raise', LOW, HIGH],
    ['an add-on given', {}, { ...HIGH, attendantConsole: true }],
  ])('passes %s', async (_, before, after) => {
    const user = await administratorIn(customer().id, before);
    await lowered(user, undefined, { roles: user.inputs.roles, ...after });
    expect((await hub.packages(user.inputs.email))?.[0]).toBe(after.package);
  });

  it('leaves a user to Webex who is pending migration, and whose person is in another organization', async () => {
    const email = 'john.anderson.pending@acme.com';
    await control('POST', '/outcomes', { kind: 'subscriber', email, status: 'pending_user_migration' });
    const user = await administratorIn(customer().id, { email, roles: undefined });
    expect(user.state.personId).toBeUndefined();
    expect(await refused(lowered(user))).toMatch(/Webex answered 409: The subscriber is in the pending_user_migration/);
  });

  it('asks for subscriber and person where something is taken away, and for nothing where no package changes', async () => {
    const user = await administratorIn(customer().id, { roles: [] });
    const handlers = await newProcess();
    const { subscribers, people } = handlers.run.webex;
    const [subscriber, person] = [vi.spyOn(subscribers, 'get'), vi.spyOn(people, 'get')];
    await handlers.user.update(user.id, user.state, { ...user.inputs, removal: 'delete' } as never);
    expect([subscriber, person].map(({ mock }) => mock.calls.length)).toEqual([0, 0]);
    await lowered(user, handlers);
    expect([subscriber, person].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
  });
});

describe('a create', () => {
  const create = async (inputs: object, handlers?: Handlers) =>
    (handlers ?? (await newProcess())).user.create(inputs as never);

  it('takes an administrator over only with what the person has', async () => {
    const { inputs } = await administratorIn(customer().id);
    expect(await refused(create({ ...inputs, ...LOW, roles: [], adopt: true }))).toMatch(LOSES);
    await create({ ...inputs, firstName: 'Alicia', adopt: true });
    expect(await hub.packages(inputs.email)).toEqual(['webex_suite']);
  });

  it('does not lower a user that was removed in an earlier run', async () => {
    const { inputs, id, state } = await administratorIn(customer().id);
    await (await newProcess()).user.delete(id, state);
    const message = await refused(create({ ...inputs, ...LOW, roles: undefined }));
    expect(message).toMatch(/is an administrator.*below the level of the organization; set package to webex_suite/);
    expect(await refused(create({ ...inputs, ...LOW, roles: [] }))).toMatch(/below the level/);
    expect(await hub.packages(inputs.email)).toBeUndefined();
    await create({ ...inputs, roles: [] });
    expect(await hub.packages(inputs.email)).toEqual(['webex_suite']);
  });

  it('does not lower a person that was licensed in Control Hub', async () => {
    const { inputs, id, state } = await administratorIn(customer().id, {
      package: 'webex_meetings',
      extension: undefined,
    });
    const { licenses } = await hub.person(state.personId as string);
    await (await newProcess()).user.delete(id, state);
    await hub.change(state.personId as string, { licenses });
    const message = await refused(create({ ...inputs, ...LOW, extension: extension(), roles: undefined }));
    expect(message).toMatch(/from webex_meetings to webex_calling.*is an administrator.*loses meetings/);
    await create({ ...inputs, ...HIGH, extension: extension(), roles: undefined });
  });

  it('does not lower the people of an organization that is attached again', async () => {
    const { id, inputs, state, orgId } = await hub.customer();
    const admin = await administratorIn(id);
    const first = await newProcess();
    await first.user.delete(admin.id, admin.state);
    await first.customerOrg.delete(id, state);
    const again = await newProcess();
    const attached = await again.customerOrg.create({ ...inputs, orgId } as never);
    const user = { ...admin.inputs, customerId: attached.id };
    expect(await refused(create({ ...user, ...LOW, roles: [] }, again))).toMatch(/below the level/);
    await create(user, again);
  });

  it('refuses if Webex omits roles or packages of a person in the organization', async () => {
    const { inputs, id, state } = await administratorIn(customer().id);
    await (await newProcess()).user.delete(id, state);
    const { roles: _, ...silent } = await hub.person(state.personId as string);
    const handlers = await falsified(({ people }) => void vi.spyOn(people, 'list').mockResolvedValue([silent]));
    expect(await refused(create({ ...inputs, ...LOW, roles: undefined }, handlers))).toContain(
      'does not give the roles',
    );
  });

  it('does not believe that there is no such person where Webex lists too few people', async () => {
    const { inputs, id, state } = await administratorIn(customer().id);
    await (await newProcess()).user.delete(id, state);
    const low = { ...inputs, ...LOW, roles: undefined };
    const listing = (answer: (filter: { email?: string }) => unknown, done = true) =>
      falsified(({ people }) => {
        const { list } = people;
        const listed = async (filter: Parameters<typeof list>[0]) => (answer(filter) as never) ?? list(filter);
        vi.spyOn(people, 'list').mockImplementation(listed);
        const pages = (filter: Parameters<typeof list>[0]) => ({
          next: async () => ({ done, value: await listed(filter) }),
        });
        vi.spyOn(people, 'pages').mockImplementation(pages as never);
      });
    const nobody = await listing(() => []);
    expect(await refused(create(low, nobody))).toMatch(/GET \/people lists nobody in the organization/);
    const notByAddress = await listing(({ email }) => (email === undefined ? undefined : []));
    expect(await refused(create(low, notByAddress))).toMatch(/below the level/);
    const person = await hub.person(state.personId as string);
    const unnamed = await listing(() => [{ ...person, emails: [] }]);
    expect(await refused(create(low, unnamed))).toMatch(/below the level/);
    // More people than a page: the person can be on any of the others.
    const others = [{ id: 'first', emails: [customer().inputs.primaryEmail] }];
    const ofMany = await listing(({ email }) => (email === undefined ? others : []), false);
    expect(await refused(create(low, ofMany))).toMatch(/GET \/people lists nobody by address/);
    expect(await hub.packages(inputs.email)).toBeUndefined();
  });

  it("knows the package of a user that the same run has removed, also if the level doesn't show it", async () => {
    const meetings = { package: 'webex_meetings', extension: undefined };
    const { id } = await hub.customer(['webex_calling', 'webex_meetings']);
    const admin = await administratorIn(id, meetings);
    const run = await newProcess();
    await run.user.delete(admin.id, admin.state);
    const calling = { ...admin.inputs, ...LOW, extension: extension(), roles: undefined };
    expect(await refused(create(calling, run))).toMatch(/from webex_meetings to webex_calling.*loses meetings/);
    const again = await create({ ...admin.inputs, roles: undefined }, run);
    expect(await hub.packages(admin.inputs.email)).toEqual(['webex_meetings']);
    expect(run.warnings.join()).not.toContain('Control Hub');
    // Another run doesn't know it: both packages are at the level.
    await (await newProcess()).user.delete(again.id, again.state);
    const next = await newProcess();
    const { failures } = await next.user.check(calling as never, undefined, callerOf('user'));
    expect(failures).toEqual([]);
    expect(next.warnings.join()).toMatch(/can't be determined.*if it was webex_meetings, meetings is taken away/);
  });

  it.each([
    ['a person whom nobody knows', LOW],
    ['a new administrator', { ...LOW, roles: [FULL] }],
  ])('passes %s', async (_, more) => {
    const inputs = { ...userInputs(customer().id, extension()), ...more };
    await create(inputs);
    expect(await hub.packages(inputs.email)).toEqual([more.package]);
  });

  it('asks nothing about the users of a customer that this run has made', async () => {
    const handlers = await newProcess();
    const { inputs } = await hub.customer();
    const made = await handlers.customerOrg.create({
      ...inputs,
      externalId: `${inputs.externalId}-2`,
      primaryEmail: `x.${inputs.primaryEmail}`,
    } as never);
    const listed = vi.spyOn(handlers.run.webex.people, 'list');
    await create({ ...userInputs(made.id, extension()), ...LOW, roles: [FULL] }, handlers);
    // The new user's location is read, but not the other users of the address.
    const byAddress = expect.objectContaining({ email: expect.anything() });
    for (const [filter] of listed.mock.calls) expect(filter).not.toEqual(byAddress);
  });
});
