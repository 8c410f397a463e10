import { beforeAll, describe, expect, it, vi } from 'vitest';
import { changePerson } from '../../../provider/resources/moves/change-person';
import { type PersonUpdate, personUpdateFrom } from '../../../provider/webex';
import {
  backend,
  callerWithUsers,
  callingWith,
  customerInputs,
  type Handlers,
  locationInputs,
  NUMBERS,
  newProcess,
  recordedAs,
  userInputs,
} from './support';

vi.mock('node:timers/promises', () => import('./quick-timers'));

type Inputs = ReturnType<typeof userInputs> & { extension?: string; phoneNumber?: string; locationId?: string };

describe('users of one program that exchange extensions and numbers', () => {
  const { api } = backend();
  let customerId = '';
  let branch = '';
  const [FIRST, SECOND, THIRD] = NUMBERS;

  beforeAll(async () => {
    const { customerOrg, location } = await newProcess();
    customerId = (await customerOrg.create(customerInputs())).id;
    branch = (await location.create(locationInputs(customerId, callingWith([...NUMBERS])))).id;
  });

  const lineOf = async (personId: string | undefined) => {
    const person = await api('GET', `/people/${personId}?callingData=true`);
    const work = person.phoneNumbers?.find(({ type }: { type: string }) => type === 'work')?.value;
    return { extension: person.extension, phoneNumber: work?.replace(/\s/g, '') };
  };
  const newUsers = async (lines: { extension?: string; phoneNumber?: string; locationId?: string }[]) => {
    const { user } = await newProcess();
    const made = [];
    for (const line of lines) {
      const inputs: Inputs = { ...userInputs(customerId, ''), extension: undefined, ...line } as never;
      made.push({ inputs, ...(await user.create(inputs)) });
    }
    return made;
  };
  /** As one run: the program declares all of it before the first check, and Pulumi updates them so many at a time. */
  async function run(
    users: Awaited<ReturnType<typeof newUsers>>,
    wanted: Inputs[],
    atOnce: boolean,
    handlers?: Handlers,
  ) {
    const { user } = handlers ?? (await newProcess());
    const update = async ({ id, state, inputs }: (typeof users)[number], index: number) => {
      const next = wanted[index] as Inputs;
      const checked = await user.check(
        { ...next },
        inputs,
        callerWithUsers(next.email, false, index === 0 ? wanted : []),
      );
      expect(checked.failures).toEqual([]);
      return user.update(id, state, next);
    };
    if (atOnce) return Promise.all(users.map(update));
    const states = [];
    for (const [index, each] of users.entries()) states.push(await update(each, index));
    return states;
  }

  /** Each gets the line of the next one. */
  const rotated = (users: { inputs: Inputs }[], keys: ('extension' | 'phoneNumber' | 'locationId')[]) =>
    users.map(({ inputs }, index) => {
      const next = users[(index + 1) % users.length]?.inputs;
      return { ...inputs, ...Object.fromEntries(keys.map((key) => [key, next?.[key]])) } as Inputs;
    });

  for (const atOnce of [false, true]) {
    const how = atOnce ? 'at the same time' : 'one after the other';

    it(`two extensions, ${how}`, async () => {
      const [one, two] = atOnce ? ['5101', '5102'] : ['5103', '5104'];
      const users = await newUsers([{ extension: one }, { extension: two }]);
      const states = await run(users, rotated(users, ['extension']), atOnce);
      expect(await lineOf(users[0]?.state.personId)).toMatchObject({ extension: two });
      expect(await lineOf(users[1]?.state.personId)).toMatchObject({ extension: one });
      expect(states.map(({ extension }) => extension)).toEqual([two, one]);
    });

    it(`three extensions in a circle, ${how}`, async () => {
      const extensions = atOnce ? ['5201', '5202', '5203'] : ['5204', '5205', '5206'];
      const users = await newUsers(extensions.map((extension) => ({ extension })));
      await run(users, rotated(users, ['extension']), atOnce);
      const lines = await Promise.all(users.map(({ state }) => lineOf(state.personId)));
      expect(lines.map(({ extension }) => extension)).toEqual([extensions[1], extensions[2], extensions[0]]);
    });

    it(`three numbers in a circle, of which one has no extension, ${how}`, async () => {
      const [ext1, ext2] = atOnce ? ['5301', '5302'] : ['5303', '5304'];
      const users = await newUsers([
        { extension: ext1, phoneNumber: FIRST, locationId: branch },
        { extension: ext2, phoneNumber: SECOND, locationId: branch },
        { phoneNumber: THIRD, locationId: branch },
      ]);
      await run(users, rotated(users, ['phoneNumber']), atOnce);
      expect(await Promise.all(users.map(({ state }) => lineOf(state.personId)))).toEqual([
        { extension: ext1, phoneNumber: SECOND },
        { extension: ext2, phoneNumber: THIRD },
        { extension: undefined, phoneNumber: FIRST },
      ]);
      const { user } = await newProcess();
      for (const { id, state } of users) await user.delete(id, { ...state, removal: 'delete' });
    });

    it(`two sites with the same extension, ${how}`, async () => {
      const extension = atOnce ? '5401' : '5402';
      const users = await newUsers([{ extension }, { extension, locationId: branch }]);
      const home = users[0]?.state.locationId;
      const wanted = [
        { ...users[0]?.inputs, locationId: branch },
        { ...users[1]?.inputs, locationId: home },
      ] as Inputs[];
      const states = await run(users, wanted, atOnce);
      expect(states.map(({ locationId }) => locationId)).toEqual([branch, home]);
      for (const { state } of users) expect(await lineOf(state.personId)).toMatchObject({ extension });
    });
  }

  it('an exchange that was killed in the middle ends as declared in the next run', async () => {
    const users = await newUsers([{ extension: '5501' }, { extension: '5502' }]);
    const wanted = rotated(users, ['extension']);
    // The first one's update is all that the killed run did, and nothing of it is recorded.
    await run(users.slice(0, 1), wanted, false).catch(() => undefined);
    await run(users, wanted, false);
    expect(await lineOf(users[0]?.state.personId)).toMatchObject({ extension: '5502' });
    expect(await lineOf(users[1]?.state.personId)).toMatchObject({ extension: '5501' });
  });

  it.each(['at once', 'after a refresh'])(
    'an exchange that was killed when it had taken the number of a user: the extension for the meantime goes, %s',
    async (how) => {
      const users = await newUsers([
        { extension: '5511', phoneNumber: FIRST, locationId: branch },
        { phoneNumber: SECOND, locationId: branch },
      ]);
      const wanted = rotated(users, ['phoneNumber']);
      const other = users[1] as (typeof users)[number];
      const path = `/people/${other.state.personId}?callingData=true`;
      const { id: _, created: __, type: ___, ...person } = await api('GET', path);
      await api('PUT', path, { ...person, phoneNumbers: [], extension: '7999' });
      if (how === 'after a refresh') {
        const read = await (await newProcess()).user.read(other.id, other.state);
        Object.assign(other, { state: read?.state, inputs: read?.inputs });
      }
      await run(users, wanted, false);
      expect(await lineOf(other.state.personId)).toEqual({ extension: undefined, phoneNumber: FIRST });
      const { user } = await newProcess();
      for (const { id, state } of users) await user.delete(id, { ...state, removal: 'delete' });
    },
  );

  it('a new user gets the extension that another one is declared to give up: preview passes, and it does', async () => {
    const [old] = await newUsers([{ extension: '5601' }]);
    if (old === undefined) throw new Error('no user');
    const wanted = { ...old.inputs, extension: '5602' };
    const joiner: Inputs = userInputs(customerId, '5601');
    const preview = await newProcess();
    const { failures } = await preview.user.check({ ...joiner }, undefined, callerWithUsers('joiner', true, [wanted]));
    expect(failures).toEqual([]);
    expect(preview.warnings.join()).toContain(`extension 5601 is that of ${old.inputs.email}`);
    const { user } = await newProcess();
    await user.check({ ...joiner }, undefined, callerWithUsers('joiner', false, [wanted]));
    const made = await user.create(joiner);
    expect(await lineOf(made.state.personId)).toMatchObject({ extension: '5601' });
    expect(await lineOf(old.state.personId)).toMatchObject({ extension: '5602' });
  });

  it('a new user gets extension and number of a removed one, in one run; preview shows it', async () => {
    const [leaver] = await newUsers([{ extension: '5651', phoneNumber: NUMBERS[3], locationId: branch }]);
    if (leaver === undefined) throw new Error('no user');
    const joiner: Inputs = { ...userInputs(customerId, '5651'), phoneNumber: NUMBERS[3], locationId: branch };
    const preview = await newProcess({}, [recordedAs(leaver)]);
    const { failures } = await preview.user.check({ ...joiner }, undefined, callerWithUsers('joiner', true, []));
    expect(failures).toEqual([]);
    for (const what of ['extension 5651', `phone number ${NUMBERS[3]}`])
      expect(preview.warnings.join()).toContain(`${what} is that of ${leaver.inputs.email}, which this run removes`);
    const { user } = await newProcess({}, [recordedAs(leaver)]);
    await user.check({ ...joiner }, undefined, callerWithUsers('joiner', false, []));
    const made = await user.create(joiner);
    await user.delete(leaver.id, leaver.state);
    expect(await lineOf(made.state.personId)).toEqual({ extension: '5651', phoneNumber: NUMBERS[3] });
    expect(await lineOf(leaver.state.personId)).toEqual({ extension: undefined, phoneNumber: undefined });
    await user.delete(made.id, { ...made.state, removal: 'delete' });
  });

  it('an existing user gets the extension of one that leaves', async () => {
    const [leaver, stays] = await newUsers([{ extension: '5661' }, { extension: '5662' }]);
    if (leaver === undefined || stays === undefined) throw new Error('no users');
    const wanted = { ...stays.inputs, extension: '5661' };
    const { user } = await newProcess({}, [recordedAs(leaver), recordedAs(stays)]);
    await user.check({ ...wanted }, stays.inputs, callerWithUsers(stays.inputs.email, false, []));
    await user.update(stays.id, stays.state, wanted);
    await user.delete(leaver.id, leaver.state);
    expect(await lineOf(stays.state.personId)).toMatchObject({ extension: '5661' });
  });

  it.each([
    ['with a difference', '5671'],
    ['by the command line', '5672'],
  ])('a new user gets the extension of one whose resource gets another person %s', async (how, extension) => {
    const [leaver] = await newUsers([{ extension }]);
    if (leaver === undefined) throw new Error('no user');
    const { user } = await newProcess({}, [recordedAs(leaver)]);
    const another = { ...leaver.inputs, customerId: 'another', email: `another.${leaver.inputs.email}` };
    // Pulumi checks a resource that it replaces by the command line like a new one.
    const olds = how === 'with a difference' ? leaver.inputs : undefined;
    const caller = callerWithUsers(leaver.inputs.email, false, []);
    await user.check({ ...another, allowReplacement: true }, olds, { ...caller, urn: leaver.inputs.email });
    const joiner = userInputs(customerId, extension);
    await user.check({ ...joiner }, undefined, callerWithUsers('joiner', false, []));
    const made = await user.create(joiner);
    expect(await lineOf(made.state.personId)).toMatchObject({ extension });
  });

  it.each(['unknown to the stack', 'kept in Webex', 'declared under another name', 'declared with it'])(
    'of a user that is %s nothing is taken: preview says who has it',
    async (how) => {
      const extension =
        { 'unknown to the stack': '5701', 'kept in Webex': '5702', 'declared with it': '5703' }[how] ?? '5704';
      const [holder] = await newUsers([{ extension }]);
      if (holder === undefined) throw new Error('no user');
      const recorded =
        how === 'unknown to the stack' ? [] : [{ ...recordedAs(holder), isKept: how === 'kept in Webex' }];
      const declared = how === 'declared with it' ? [holder.inputs] : [];
      const joiner: Inputs = userInputs(customerId, extension);
      const { user, run } = await newProcess({}, recorded);
      // The diff of the holder was called before, under the name of an alias.
      if (how === 'declared under another name') run.claims.claim('user', holder.id);
      const { failures } = await user.check({ ...joiner }, undefined, callerWithUsers('joiner', true, declared));
      expect(failures).toMatchObject([{ property: 'extension' }]);
      expect(failures[0]?.reason).toContain(`extension ${extension} is that of ${holder.inputs.email}`);
      if (declared.length === 0) expect(failures[0]?.reason).toContain(`Remove ${holder.inputs.email} first`);
      await expect(user.create(joiner)).rejects.toThrow(`extension ${extension} is that of ${holder.inputs.email}`);
      expect(await lineOf(holder.state.personId)).toMatchObject({ extension });
    },
  );

  it('two changes of one person at the same time: the second is made from what the first has written', async () => {
    const [made] = await newUsers([{ extension: '5901' }]);
    const personId = made?.state.personId ?? '';
    const { run } = await newProcess();
    const change = (part: Partial<PersonUpdate>) =>
      changePerson(run, personId, (person) => ({ ...personUpdateFrom(person), ...part }));
    await Promise.all([change({ extension: '5902' }), change({ firstName: 'Alicia' })]);
    const person = await api('GET', `/people/${personId}?callingData=true`);
    expect(person).toMatchObject({ extension: '5902', firstName: 'Alicia' });
  });

  it('a change of a person that fails does not hold up the next one', async () => {
    const [made] = await newUsers([{ extension: '5911' }]);
    const personId = made?.state.personId ?? '';
    const { run } = await newProcess();
    const failing = changePerson(run, personId, () => {
      throw new Error('no');
    });
    const next = changePerson(run, personId, (person) => ({ ...personUpdateFrom(person), extension: '5912' }));
    await expect(failing).rejects.toThrow('no');
    await next;
    expect(await lineOf(personId)).toMatchObject({ extension: '5912' });
  });

  it('two new users with one extension: refused at preview', async () => {
    const { user } = await newProcess();
    const first: Inputs = userInputs(customerId, '5801');
    const second: Inputs = userInputs(customerId, '5801');
    await user.check({ ...first }, undefined, callerWithUsers('first', true, []));
    const { failures } = await user.check({ ...second }, undefined, callerWithUsers('second', true, []));
    expect(failures.map(({ property, reason }) => `${property}: ${reason}`).join()).toContain(
      'extension: 5801 is declared twice at this location',
    );
  });
});
