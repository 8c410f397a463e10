import { beforeAll, describe, expect, it } from 'vitest';
import { backend, callingWith, customerInputs, locationInputs, NUMBERS, newProcess, userInputs } from './support';

type Handlers = Awaited<ReturnType<typeof newProcess>>;
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
  const callerOf = (name: string, dryRun: boolean, upcoming: Inputs[]) => ({
    urn: name,
    name,
    dryRun,
    secrets: [],
    upcoming: upcoming.map((inputs) => ({
      urn: inputs.email,
      name: inputs.email,
      type: 'webex-wholesale:User',
      inputs: { ...inputs },
    })),
  });

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
      const checked = await user.check({ ...next }, inputs, callerOf(next.email, false, index === 0 ? wanted : []));
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

  it('a new user gets the extension that another one is declared to give up: preview passes, and it does', async () => {
    const [old] = await newUsers([{ extension: '5601' }]);
    if (old === undefined) throw new Error('no user');
    const wanted = { ...old.inputs, extension: '5602' };
    const joiner: Inputs = userInputs(customerId, '5601');
    const preview = await newProcess();
    const { failures } = await preview.user.check({ ...joiner }, undefined, callerOf('joiner', true, [wanted]));
    expect(failures).toEqual([]);
    expect(preview.warnings.join()).toContain(`extension 5601 is that of ${old.inputs.email}`);
    const { user } = await newProcess();
    await user.check({ ...joiner }, undefined, callerOf('joiner', false, [wanted]));
    const made = await user.create(joiner);
    expect(await lineOf(made.state.personId)).toMatchObject({ extension: '5601' });
    expect(await lineOf(old.state.personId)).toMatchObject({ extension: '5602' });
  });

  it('of a user that the program does not declare is not taken: preview says which two runs it takes', async () => {
    const [leaver] = await newUsers([{ extension: '5701' }]);
    const joiner: Inputs = userInputs(customerId, '5701');
    const { user } = await newProcess();
    const { failures } = await user.check({ ...joiner }, undefined, callerOf('joiner', true, []));
    expect(failures).toMatchObject([{ property: 'extension' }]);
    expect(failures[0]?.reason).toContain(`is that of ${leaver?.inputs.email}`);
    expect(failures[0]?.reason).toContain('two runs');
    await expect(user.create(joiner)).rejects.toThrow('two runs');
    expect(await lineOf(leaver?.state.personId)).toMatchObject({ extension: '5701' });
  });

  it('two new users with one extension: refused at preview', async () => {
    const { user } = await newProcess();
    const first: Inputs = userInputs(customerId, '5801');
    const second: Inputs = userInputs(customerId, '5801');
    await user.check({ ...first }, undefined, callerOf('first', true, []));
    const { failures } = await user.check({ ...second }, undefined, callerOf('second', true, []));
    expect(failures.map(({ property, reason }) => `${property}: ${reason}`).join()).toContain(
      'extension: 5801 is declared twice at this location',
    );
  });
});
