import { beforeAll, describe, expect, it, vi } from 'vitest';
import { UNKNOWN } from '../../../provider/lifecycle';
import {
  backend,
  callerOf,
  callerWithUsers,
  callingWith,
  customerInputs,
  locationInputs,
  NUMBERS,
  newProcess,
  recordedAs,
  userInputs,
} from './support';

vi.mock('node:timers/promises', () => import('./quick-timers'));

// As one run of Pulumi: customer and locations first, then users, deletions last.
describe('what users must give up before it can be removed', () => {
  const { state, control } = backend();
  const [FIRST, SECOND] = NUMBERS;
  const packagesOf = async (id: string) =>
    (await state()).customers.find((customer) => customer.id === id) as unknown as { packages: string[] };
  const numbersOf = async (id: string) => (await state()).locations.find((location) => location.id === id)?.numbers;

  describe('a package of a customer', () => {
    const made = async (users: number) => {
      const plain = customerInputs();
      const packages = ['webex_calling' as const, 'webex_suite' as const];
      const inputs = { ...plain, packages };
      const { customerOrg, user } = await newProcess();
      const customer = await customerOrg.create(inputs);
      const people = [];
      for (let index = 0; index < users; index++) {
        const declared = userInputs(customer.id, `51${index}01`);
        people.push({ inputs: declared, ...(await user.create(declared)) });
      }
      return { customer, inputs, people, without: { ...inputs, packages: ['webex_suite' as const] } };
    };

    it('is removed in the same run, when the last user has another package or is removed', async () => {
      const { customer, without, people } = await made(2);
      const { customerOrg, user, warnings } = await newProcess();
      const kept = await customerOrg.update(customer.id, customer.state, without);
      expect(warnings.join()).toContain(people[0]?.inputs.email);
      expect((await packagesOf(customer.id)).packages).toContain('webex_calling');
      const [first, second] = people;
      if (first === undefined || second === undefined) throw new Error('no users');
      await user.update(first.id, first.state, { ...first.inputs, package: 'webex_suite' });
      expect((await packagesOf(customer.id)).packages).toContain('webex_calling');
      await user.delete(second.id, second.state);
      expect((await packagesOf(customer.id)).packages).toEqual(['webex_suite']);
      expect(await (await newProcess()).customerOrg.diff(customer.id, kept, without)).toEqual({ changes: false });
    });

    it('is removed while another user is created, which Webex refuses meanwhile', async () => {
      const { customer, without, people } = await made(1);
      const [first] = people;
      if (first === undefined) throw new Error('no users');
      const { customerOrg, user } = await newProcess();
      await customerOrg.update(customer.id, customer.state, without);
      const fault = (operation: string, more: object) => control('POST', '/faults', { operation, ...more });
      await fault('PUT /wholesale/customers/{customerId}', { count: 1, delayMs: 800 });
      const removal = user.update(first.id, first.state, { ...first.inputs, package: 'webex_suite' });
      // The simulator's delay is as long as it says.
      await new Promise((go) => setTimeout(go, 400));
      // Once more than it is tried when another user may have what it gets.
      await fault('POST /wholesale/subscribers', { count: 2, status: 409 });
      await user.create({ ...userInputs(customer.id, '51902'), package: 'webex_suite' });
      await removal;
      expect((await packagesOf(customer.id)).packages).toEqual(['webex_suite']);
    });

    it('stays if a user keeps it: preview names the user, and the next run tries again', async () => {
      const { customer, inputs, without, people } = await made(1);
      const preview = await newProcess();
      const caller = callerOf('pizza');
      expect((await preview.customerOrg.check({ ...without }, inputs, caller)).failures).toEqual([]);
      expect(preview.warnings.join()).toContain(`Now ${people[0]?.inputs.email}`);
      const { customerOrg } = await newProcess();
      const kept = await customerOrg.update(customer.id, customer.state, without);
      expect(kept.packages).toContain('webex_calling');
      const later = await newProcess();
      expect(await later.customerOrg.diff(customer.id, kept, without)).toEqual({ changes: true });
      for (const { id, state: recorded } of people) await later.user.delete(id, recorded);
      await later.customerOrg.update(customer.id, kept, without);
      expect((await packagesOf(customer.id)).packages).toEqual(['webex_suite']);
    });
  });

  it('a limit is lowered in the same run, when few enough users have the package', async () => {
    const inputs = { ...customerInputs(), packageLimits: { webex_calling: 3 } };
    const { customerOrg, user } = await newProcess();
    const customer = await customerOrg.create(inputs);
    const [first, second, third] = [
      await user.create(userInputs(customer.id, '51101')),
      await user.create(userInputs(customer.id, '51102')),
      await user.create(userInputs(customer.id, '51103')),
    ];
    const limitOf = async () => (await state()).customers.find(({ id }) => id === customer.id)?.limits.webex_calling;
    const lower = { ...inputs, packageLimits: { webex_calling: 1 } };
    const preview = await newProcess();
    expect((await preview.customerOrg.check({ ...lower }, inputs, callerOf('pizza'))).failures).toEqual([]);
    expect(preview.warnings.join()).toContain(
      `can be lowered to 1 only when no more users have the package. Now ${first.state.email}`,
    );
    const later = await newProcess();
    const kept = await later.customerOrg.update(customer.id, customer.state, lower);
    expect(kept.packageLimits).toEqual({ webex_calling: 3 });
    await later.user.delete(first.id, first.state);
    expect(await limitOf()).toBe(3);
    const meetings = { ...second.state, package: 'webex_meetings' as const, extension: undefined };
    await later.user.update(second.id, second.state, meetings as never);
    expect(await limitOf()).toBe(1);
    expect(await (await newProcess()).customerOrg.diff(customer.id, kept, lower)).toEqual({ changes: false });
    await later.user.delete(third.id, third.state);
  });

  it('a limit is lowered in the same run, after a new user has come and another one has gone', async () => {
    const inputs = { ...customerInputs(), packageLimits: { webex_calling: 3 } };
    const { customerOrg, user } = await newProcess();
    const customer = await customerOrg.create(inputs);
    const leaver = await user.create(userInputs(customer.id, '51111'));
    const joiner = userInputs(customer.id, '51112');
    const lower = { ...inputs, packageLimits: { webex_calling: 1 } };
    // Pulumi announces the new user when its customer isn't updated yet.
    const later = await newProcess({}, [{ urn: 'pizza', id: customer.id, state: {}, isKept: false }]);
    const { upcoming = [] } = callerWithUsers('pizza', false, [{ ...joiner, customerId: UNKNOWN } as typeof joiner]);
    const announced = upcoming.map((user) => ({ ...user, isPartial: true, references: { customerId: ['pizza'] } }));
    await later.customerOrg.check({ ...lower }, inputs, { ...callerOf('pizza'), dryRun: false, upcoming: announced });
    await later.customerOrg.update(customer.id, customer.state, lower);
    await later.user.create(joiner);
    await later.user.delete(leaver.id, leaver.state);
    expect((await state()).customers.find(({ id }) => id === customer.id)?.limits.webex_calling).toBe(1);
  });

  describe('calling of a location that stays', () => {
    it('is disabled in the same run, when the last user has moved; preview names who is there', async () => {
      const { customerOrg, location, user } = await newProcess();
      const { id: customerId, state: customer } = await customerOrg.create(customerInputs());
      const inputs = locationInputs(customerId, callingWith([]));
      const site = await location.create(inputs);
      const declared = { ...userInputs(customerId, '51104'), locationId: site.id };
      const alice = await user.create(declared);
      const { calling: _, ...without } = inputs;
      const preview = await newProcess();
      expect((await preview.location.check({ ...without }, inputs, callerOf('site'))).failures).toEqual([]);
      expect(preview.warnings.join()).toContain(`only when nobody is at it. Now ${declared.email}`);
      const later = await newProcess();
      const kept = await later.location.update(site.id, site.state, without as never);
      expect(kept.calling).toMatchObject({ enabled: true });
      await later.user.update(alice.id, alice.state, { ...declared, locationId: customer.headquartersLocationId });
      expect((await state()).locations.find(({ id }) => id === site.id)?.calling).toBe(false);
      const next = await newProcess();
      expect(await next.location.diff(site.id, kept, without as never)).toEqual({ changes: false });
      const refreshed = await next.location.read(site.id, kept);
      expect(await next.location.diff(site.id, refreshed?.state ?? kept, without as never)).toEqual({ changes: false });
    });
  });

  describe('a phone number', () => {
    let customerId = '';
    beforeAll(async () => {
      customerId = (await (await newProcess()).customerOrg.create(customerInputs())).id;
    });
    const site = async (numbers: string[]) => {
      const inputs = locationInputs(customerId, callingWith(numbers));
      return { inputs, ...(await (await newProcess()).location.create(inputs)) };
    };
    const withNumbers = (inputs: ReturnType<typeof locationInputs>, numbers: string[]) => ({
      ...inputs,
      calling: callingWith(numbers),
    });

    it('moves to another location with its user, in one run and whatever location comes first', async () => {
      for (const order of ['from', 'to'] as const) {
        const [from, to] = [await site([FIRST]), await site([])];
        const inputs = { ...userInputs(customerId, '5201'), locationId: from.id, phoneNumber: FIRST };
        const alice = await (await newProcess()).user.create(inputs);
        const { location, user } = await newProcess();
        const updates = {
          from: () => location.update(from.id, from.state, withNumbers(from.inputs, [])),
          to: () => location.update(to.id, to.state, withNumbers(to.inputs, [FIRST])),
        };
        const first = await updates[order]();
        const second = await updates[order === 'from' ? 'to' : 'from']();
        const states = order === 'from' ? { from: first, to: second } : { from: second, to: first };
        const moved = await user.update(alice.id, alice.state, { ...inputs, locationId: to.id });
        expect(await numbersOf(to.id)).toEqual([FIRST]);
        expect(await numbersOf(from.id)).toEqual([]);
        const later = await newProcess();
        expect(await later.location.diff(to.id, states.to, withNumbers(to.inputs, [FIRST]))).toEqual({
          changes: false,
        });
        expect(await later.location.diff(from.id, states.from, withNumbers(from.inputs, []))).toEqual({
          changes: false,
        });
        const last = await newProcess();
        await last.user.delete(alice.id, { ...moved, removal: 'delete' });
        await last.location.delete(to.id, states.to);
        await last.location.delete(from.id, states.from);
      }
    });

    describe('that is a main number', () => {
      const mainOf = async (id: string) => (await state()).locations.find((location) => location.id === id)?.mainNumber;
      const withMain = (inputs: ReturnType<typeof locationInputs>, [main = '', ...others]: string[]) => ({
        ...inputs,
        calling: { ...callingWith([main, ...others]), mainNumber: main },
      });
      type Recorded = Awaited<ReturnType<typeof site>>['state'];
      const gone = async (...sites: [string, Recorded][]) => {
        const { location } = await newProcess();
        for (const [id, recorded] of sites) await location.delete(id, recorded);
      };
      const siteWithMain = async (numbers: string[]) => {
        const inputs = withMain(locationInputs(customerId), numbers);
        return { inputs, ...(await (await newProcess()).location.create(inputs)) };
      };

      it('and comes from a site that closes to a new one is no difference, also after a refresh', async () => {
        const old = await siteWithMain([FIRST]);
        const wanted = withMain(locationInputs(customerId), [FIRST]);
        const { location } = await newProcess();
        const made = await location.create(wanted);
        await location.delete(old.id, old.state);
        expect(await mainOf(made.id)).toBe(FIRST);
        const refreshed = await (await newProcess()).location.read(made.id, made.state);
        expect(await (await newProcess()).location.diff(made.id, made.state, wanted)).toEqual({ changes: false });
        const after = refreshed?.state as Recorded;
        expect(await (await newProcess()).location.diff(made.id, after, wanted)).toEqual({ changes: false });
        await gone([made.id, after]);
      });

      it.each(['the one that keeps a number', 'the other one', 'both at once'])(
        'two locations swap them in one run, whichever is updated first: %s',
        async (first) => {
          const [east, west] = [await siteWithMain([FIRST, SECOND]), await siteWithMain([NUMBERS[2]])];
          const wanted = { east: withMain(east.inputs, [NUMBERS[2], SECOND]), west: withMain(west.inputs, [FIRST]) };
          const { location } = await newProcess();
          const update = {
            east: async () => ({ east: await location.update(east.id, east.state, wanted.east) }),
            west: async () => ({ west: await location.update(west.id, west.state, wanted.west) }),
          };
          const inTurn = async (one: keyof typeof update, two: keyof typeof update) => ({
            ...(await update[one]()),
            ...(await update[two]()),
          });
          const made = Object.assign(
            {},
            ...(first === 'both at once'
              ? await Promise.all([update.east(), update.west()])
              : [await (first === 'the other one' ? inTurn('west', 'east') : inTurn('east', 'west'))]),
          ) as { east: typeof east.state; west: typeof west.state };
          expect([await mainOf(east.id), await numbersOf(east.id)]).toEqual([NUMBERS[2], [SECOND, NUMBERS[2]].sort()]);
          expect([await mainOf(west.id), await numbersOf(west.id)]).toEqual([FIRST, [FIRST]]);
          const later = await newProcess();
          expect(await later.location.diff(east.id, made.east, wanted.east)).toEqual({ changes: false });
          expect(await later.location.diff(west.id, made.west, wanted.west)).toEqual({ changes: false });
          await gone([east.id, made.east], [west.id, made.west]);
        },
      );

      it("can't be swapped where both have no other: preview says what comes first", async () => {
        const [east, west] = [await siteWithMain([FIRST]), await siteWithMain([SECOND])];
        const failuresOf = async (numbers: { east: string[]; west: string[] }) => {
          const { location } = await newProcess();
          const caller = callerOf('east');
          await location.check(withMain(east.inputs, numbers.east), east.inputs, caller);
          const { failures } = await location.check(withMain(west.inputs, numbers.west), west.inputs, {
            ...caller,
            urn: 'west',
          });
          return failures.map(({ property, reason }) => `${property}: ${reason}`);
        };
        expect(await failuresOf({ east: [SECOND], west: [FIRST] })).toEqual([
          expect.stringMatching(
            /^calling\.phoneNumbers: \+12145551321 is the main number here and goes to another location/,
          ),
        ]);
        // One of them has another one in the meantime, or a new one.
        expect(await failuresOf({ east: [SECOND], west: [FIRST, NUMBERS[3]] })).toEqual([]);
        expect(await failuresOf({ east: [NUMBERS[3]], west: [FIRST] })).toEqual([]);
        await gone([east.id, east.state], [west.id, west.state]);
      });

      it('of a site that closes comes once the site is gone', async () => {
        const [closing, open] = [await siteWithMain([FIRST]), await siteWithMain([SECOND])];
        const { location } = await newProcess();
        const wanted = withMain(open.inputs, [FIRST, SECOND]);
        const updated = await location.update(open.id, open.state, wanted);
        expect(await mainOf(open.id)).toBe(SECOND);
        await location.delete(closing.id, closing.state);
        expect([await mainOf(open.id), await numbersOf(open.id)]).toEqual([FIRST, [SECOND, FIRST].sort()]);
        expect(await (await newProcess()).location.diff(open.id, updated, wanted)).toEqual({ changes: false });
        await gone([open.id, updated]);
      });

      it('goes where another number is declared, and stays where none is: preview says so', async () => {
        const east = await siteWithMain([FIRST, SECOND]);
        const { location } = await newProcess();
        const other = withNumbers(east.inputs, [SECOND]);
        const updated = await location.update(east.id, east.state, other);
        expect([await mainOf(east.id), await numbersOf(east.id)]).toEqual([SECOND, [SECOND]]);
        expect(await (await newProcess()).location.diff(east.id, updated, other)).toEqual({ changes: false });
        const none = withNumbers(east.inputs, []);
        const { failures } = await (await newProcess()).location.check({ ...none }, other as never, callerOf('east'));
        expect(failures).toMatchObject([{ property: 'calling.phoneNumbers' }]);
        await expect((await newProcess()).location.update(east.id, updated, none)).rejects.toThrow(
          `calling.phoneNumbers: ${SECOND} is the main number here, and no other number is declared`,
        );
        await gone([east.id, updated]);
      });

      it('of a site that closes can not go with its user: preview says what comes first', async () => {
        const [from, to] = [await siteWithMain([FIRST]), await site([])];
        const inputs = { ...userInputs(customerId, '5252'), locationId: from.id, phoneNumber: FIRST };
        const alice = await (await newProcess()).user.create(inputs);
        const recorded = [{ urn: 'from', id: from.id, state: { ...from.state }, isKept: false }];
        const { user, run, warnings } = await newProcess({}, recorded);
        const { failures } = await user.check({ ...inputs, locationId: to.id }, inputs, callerOf('alice'));
        expect(failures).toMatchObject([{ property: 'phoneNumber' }]);
        expect(failures[0]?.reason).toContain(
          `the main number of location "${from.inputs.name}", which this run removes`,
        );
        // Without a location the user would stay there.
        const { locationId: _, ...without } = inputs;
        expect(run.isPreview).toBe(true);
        await user.diff(alice.id, alice.state, without as never);
        expect(warnings.join()).toContain(`user ${inputs.email} declares no locationId and stays there`);
        await (await newProcess()).user.delete(alice.id, { ...alice.state, removal: 'delete' });
        await gone([from.id, from.state], [to.id, to.state]);
      });

      it('goes with its user before its location was updated, where another number is declared there', async () => {
        const [from, to] = [await siteWithMain([FIRST, SECOND]), await siteWithMain([NUMBERS[2]])];
        const inputs = { ...userInputs(customerId, '5253'), locationId: from.id, phoneNumber: FIRST };
        const alice = await (await newProcess()).user.create(inputs);
        const wanted = { from: withMain(from.inputs, [SECOND]), to: withMain(to.inputs, [FIRST, NUMBERS[2]]) };
        const recorded = [{ urn: 'from', id: from.id, state: { ...from.state }, isKept: false }];
        const { location, user } = await newProcess({}, recorded);
        const made = await location.update(to.id, to.state, wanted.to);
        await location.check({ ...wanted.from }, from.inputs, callerOf('from', { dryRun: false }));
        const moved = await user.update(alice.id, alice.state, { ...inputs, locationId: to.id });
        expect([await mainOf(to.id), await mainOf(from.id)]).toEqual([FIRST, SECOND]);
        const left = await location.update(from.id, from.state, wanted.from);
        expect([await numbersOf(to.id), await numbersOf(from.id)]).toEqual([[FIRST, NUMBERS[2]].sort(), [SECOND]]);
        expect(await (await newProcess()).location.diff(from.id, left, wanted.from)).toEqual({ changes: false });
        expect(await (await newProcess()).location.diff(to.id, made, wanted.to)).toEqual({ changes: false });
        await (await newProcess()).user.delete(alice.id, { ...moved, removal: 'delete' });
        await gone([from.id, left], [to.id, made]);
      });

      it('of a new location comes once the old one is gone', async () => {
        const closing = await siteWithMain([FIRST]);
        const { location } = await newProcess();
        const inputs = withMain(locationInputs(customerId), [FIRST]);
        const made = await location.create(inputs);
        await location.delete(closing.id, closing.state);
        expect([await mainOf(made.id), await numbersOf(made.id)]).toEqual([FIRST, [FIRST]]);
        expect(await (await newProcess()).location.diff(made.id, made.state, inputs)).toEqual({ changes: false });
        await gone([made.id, made.state]);
      });

      it('comes with its user, and is set then', async () => {
        const [from, to] = [await site([FIRST]), await siteWithMain([SECOND])];
        const inputs = { ...userInputs(customerId, '5251'), locationId: from.id, phoneNumber: FIRST };
        const alice = await (await newProcess()).user.create(inputs);
        const { location, user } = await newProcess();
        const wanted = withMain(to.inputs, [FIRST, SECOND]);
        const updated = await location.update(to.id, to.state, wanted);
        expect(await mainOf(to.id)).toBe(SECOND);
        const left = await location.update(from.id, from.state, withNumbers(from.inputs, []));
        const moved = await user.update(alice.id, alice.state, { ...inputs, locationId: to.id });
        expect(await mainOf(to.id)).toBe(FIRST);
        const later = await newProcess();
        expect(await later.location.diff(to.id, updated, wanted)).toEqual({ changes: false });
        await later.user.delete(alice.id, { ...moved, removal: 'delete' });
        await gone([from.id, left], [to.id, updated]);
      });
    });

    describe('whose user stays where it is, or leaves', () => {
      const [one, two] = ['5501', '5502'];
      type Line = { locationId: string; phoneNumber: string; extension: string };
      /** Two sites with a number each, which they exchange in the run that is tested. */
      const exchange = async () => {
        const [east, west] = [await site([FIRST]), await site([SECOND])];
        const userAt = async (line: Line) => {
          const inputs = { ...userInputs(customerId, line.extension), ...line };
          return { inputs, ...(await (await newProcess()).user.create(inputs)) };
        };
        const wanted = { east: withNumbers(east.inputs, [SECOND]), west: withNumbers(west.inputs, [FIRST]) };
        const updateSites = async ({ location }: Awaited<ReturnType<typeof newProcess>>) => ({
          east: await location.update(east.id, east.state, wanted.east),
          west: await location.update(west.id, west.state, wanted.west),
        });
        const isExchanged = async (made: Awaited<ReturnType<typeof updateSites>>) => {
          expect([await numbersOf(east.id), await numbersOf(west.id)]).toEqual([[SECOND], [FIRST]]);
          const later = await newProcess();
          expect(await later.location.diff(east.id, made.east, wanted.east)).toEqual({ changes: false });
          expect(await later.location.diff(west.id, made.west, wanted.west)).toEqual({ changes: false });
        };
        const end = async (made: Awaited<ReturnType<typeof updateSites>>, ids: Record<string, object>) => {
          const { user, location } = await newProcess();
          for (const [id, recorded] of Object.entries(ids))
            await user.delete(id, { ...recorded, removal: 'delete' } as never);
          await location.delete(east.id, made.east);
          await location.delete(west.id, made.west);
        };
        return { east, west, userAt, updateSites, isExchanged, end };
      };

      it.each([true, false])('is exchanged with that of another location; at the same time: %s', async (atOnce) => {
        const { east, west, userAt, updateSites, isExchanged, end } = await exchange();
        const alice = await userAt({ locationId: east.id, phoneNumber: FIRST, extension: one });
        const john = await userAt({ locationId: west.id, phoneNumber: SECOND, extension: two });
        const wanted = [
          { ...alice.inputs, phoneNumber: SECOND },
          { ...john.inputs, phoneNumber: FIRST },
        ] as const;
        const handlers = await newProcess();
        const sites = await updateSites(handlers);
        const update = async ({ id, inputs, state: recorded }: typeof alice, next: (typeof wanted)[number]) => {
          await handlers.user.check({ ...next }, inputs, callerWithUsers(next.email, false, [...wanted]));
          return handlers.user.update(id, recorded, next);
        };
        if (atOnce) await Promise.all([update(alice, wanted[0]), update(john, wanted[1])]);
        else
          for (const [index, each] of [alice, john].entries()) await update(each, wanted[index] as (typeof wanted)[0]);
        const numberOf = async (id: string | undefined) =>
          ((await state()).people.find((person) => person.id === id) as { phoneNumber?: string } | undefined)
            ?.phoneNumber;
        expect([await numberOf(alice.state.personId), await numberOf(john.state.personId)]).toEqual([SECOND, FIRST]);
        await isExchanged(sites);
        await end(sites, { [alice.id]: alice.state, [john.id]: john.state });
      });

      it('goes to a new user at another location, and comes where nobody gets it', async () => {
        const { east, west, userAt, updateSites, isExchanged, end } = await exchange();
        const leaver = await userAt({ locationId: east.id, phoneNumber: FIRST, extension: one });
        const other = await userAt({ locationId: west.id, phoneNumber: SECOND, extension: two });
        const recorded = [leaver, other].map(recordedAs);
        const handlers = await newProcess({}, recorded);
        const sites = await updateSites(handlers);
        const joiner = { ...userInputs(customerId, '5503'), locationId: west.id, phoneNumber: FIRST };
        await handlers.user.check({ ...joiner }, undefined, callerWithUsers(joiner.email, false, [joiner]));
        const made = await handlers.user.create(joiner);
        for (const each of [leaver, other]) await handlers.user.delete(each.id, each.state);
        await isExchanged(sites);
        await end(sites, { [made.id]: made.state });
      });
    });

    it('that is unassigned moves to another location by a job', async () => {
      const [from, to] = [await site([FIRST, SECOND]), await site([])];
      const { location } = await newProcess();
      await location.update(to.id, to.state, withNumbers(to.inputs, [FIRST]));
      expect(await numbersOf(to.id)).toEqual([FIRST]);
      const left = await location.update(from.id, from.state, withNumbers(from.inputs, [SECOND]));
      expect(left.calling?.phoneNumbers).toEqual([SECOND]);
      await location.delete(to.id, to.state);
      await location.delete(from.id, from.state);
    });

    it('is removed in the same run in which its user gives it up', async () => {
      const from = await site([FIRST, SECOND]);
      const inputs = { ...userInputs(customerId, '5301'), locationId: from.id, phoneNumber: FIRST };
      const alice = await (await newProcess()).user.create(inputs);
      const { location, user } = await newProcess();
      const wanted = withNumbers(from.inputs, [SECOND]);
      const kept = await location.update(from.id, from.state, wanted);
      expect(kept.calling?.phoneNumbers).toEqual([SECOND, FIRST]);
      await user.update(alice.id, alice.state, { ...inputs, phoneNumber: SECOND });
      expect(await numbersOf(from.id)).toEqual([SECOND]);
      expect(await (await newProcess()).location.diff(from.id, kept, wanted)).toEqual({ changes: false });
    });

    it('of a closing site moves to the headquarters with its people', async () => {
      const from = await site([NUMBERS[2]]);
      const inputs = { ...userInputs(customerId, '5401'), locationId: from.id };
      const alice = await (await newProcess()).user.create(inputs);
      const home = (await (await newProcess()).user.create(userInputs(customerId, '5402'))).state.locationId;
      const { location, user } = await newProcess();
      await expect(location.delete(from.id, from.state)).rejects.toThrow(inputs.email);
      await user.update(alice.id, alice.state, { ...inputs, locationId: home });
      await location.delete(from.id, from.state);
      expect((await state()).locations.map(({ id }) => id)).not.toContain(from.id);
    });
  });
});
