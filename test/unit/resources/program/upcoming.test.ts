import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { KINDS, type KindName } from '../../../../provider/kinds';
import { type Recorded, UNKNOWN, type Upcoming } from '../../../../provider/lifecycle';
import { resources } from '../../../../provider/resources';
import { Run } from '../../../../provider/resources/run/run';
import { customerInputs, locationInputs, userInputs } from '../../reconciliation/support';

// Pulumi ends at the first resource that fails: its check also judges what the program has declared beyond it.

beforeEach(() => void vi.spyOn(Run.prototype, 'webex', 'get').mockReturnValue({} as never));
afterEach(() => void vi.restoreAllMocks());

const ofPizza = { customerId: ['urn::johns-pizza'] };

function declared(kind: KindName, name: string, inputs: object, references = {}): Upcoming {
  return { type: KINDS[kind].type, urn: `urn::${name}`, name, inputs: { ...inputs }, references };
}

const user = (name: string, extension: string, more: object = {}) =>
  declared('User', name, { ...userInputs(UNKNOWN, extension), ...more }, ofPizza);

/** Checks the customer, which comes first, with these resources after it. */
function program(warnings: string[] = [], recorded: readonly Recorded[] = []) {
  const run = new Run();
  run.configure(
    () => undefined,
    (text) => warnings.push(text),
    async () => recorded,
  );
  const [customerOrg, location, users] = [resources.customerOrg(run), resources.location(run), resources.user(run)];
  const callerOf = (name: string, upcoming: Upcoming[] = [], references = {}) => ({
    urn: `urn::${name}`,
    name,
    dryRun: false,
    secrets: [],
    references,
    upcoming,
  });
  return {
    customer: async (changes: object, upcoming: Upcoming[]) => {
      const inputs = { ...customerInputs(), ...changes };
      const { failures, others } = await customerOrg.check(inputs, undefined, callerOf('johns-pizza', upcoming));
      return { failures, others: shown(others) };
    },
    location: async (inputs: object) =>
      location.check({ ...locationInputs(UNKNOWN), ...inputs }, undefined, callerOf('denver', [], ofPizza)),
    user: async ({ inputs, name }: Upcoming) => {
      const { failures, others } = await users.check(inputs, undefined, callerOf(name, [], ofPizza));
      return { failures: failures.map(({ property }) => property), others: shown(others) };
    },
  };
}

const shown = (others: readonly { name: string; failures: readonly { property: string }[] }[] = []) =>
  others.map(({ name, failures }) => `${name}: ${failures.map(({ property }) => property).join(', ')}`);

describe('a check that fails', () => {
  it('reports all that is wrong with resources that come later, of each kind', async () => {
    const { failures, others } = await program().customer({ name: 'A%' }, [
      declared('Location', 'denver', { ...locationInputs(UNKNOWN), timeZone: 'Mars' }, ofPizza),
      declared(
        'Location',
        'boise',
        { ...locationInputs(UNKNOWN), calling: { phoneNumbers: ['+12145557861'] } },
        ofPizza,
      ),
      user('alice', '101', { firstName: ' ', package: 'webex_suite' }),
      user('john', '102'),
      user('mary', '102'),
      user('anna', '103', { email: UNKNOWN, roles: UNKNOWN }),
    ]);
    expect(failures.map(({ property }) => property)).toEqual(['name']);
    expect(others).toEqual(['denver: timeZone', 'boise: calling.pstn', 'alice: firstName, package', 'mary: extension']);
  });

  it('reports nothing of what passed, nor again of what was checked', async () => {
    const { customer, user: check } = program();
    const [alice, john, mary] = [user('alice', '1'), user('john', '102'), user('mary', '2')];
    expect(await customer({}, [alice, john, mary])).toEqual({ failures: [], others: [] });
    expect(await check(john)).toEqual({ failures: [], others: [] });
    expect(await check(alice)).toEqual({ failures: ['extension'], others: ['mary: extension'] });
  });

  it('judges no change of what exists: neither a location that has numbers, nor where a user is', async () => {
    const { others } = await program().customer({ name: 'A%' }, [
      declared('Location', 'denver', { ...locationInputs('id'), calling: { phoneNumbers: ['+12145557861'] } }),
      declared('User', 'alice', userInputs('id', '101')),
      declared('User', 'john', userInputs('id', '101')),
    ]);
    expect(others).toEqual([]);
  });

  it('judges a change of what the stack recorded: of an administrator, of a main number', async () => {
    const recordedAs = (name: string, state: object): Recorded => ({
      urn: `urn::${name}`,
      id: name,
      state: { ...state },
      isKept: false,
    });
    const calling = (mainNumber: string) => ({ enabled: true, phoneNumbers: [mainNumber], mainNumber });
    const [one, two] = ['+12145557861', '+12145551321'];
    const [denver, austin] = [locationInputs('c'), locationInputs('c')];
    const suite = { ...userInputs('c', '101'), package: 'webex_suite', roles: ['Full Administrator'] };
    const { others } = await program(
      [],
      [
        recordedAs('denver', { ...denver, calling: calling(one) }),
        recordedAs('austin', { ...austin, calling: calling(two) }),
        recordedAs('alice', { ...suite, status: 'provisioned' }),
      ],
    ).customer({ name: 'A%' }, [
      declared('Location', 'denver', { ...denver, customerId: UNKNOWN, calling: calling(two) }, ofPizza),
      declared('Location', 'austin', { ...austin, customerId: UNKNOWN, calling: calling(one) }, ofPizza),
      declared('User', 'alice', { ...suite, customerId: UNKNOWN, package: 'webex_calling' }, ofPizza),
    ]);
    expect(others).toEqual(['austin: calling.phoneNumbers', 'alice: package']);
  });

  it('says once what is wrong with many in the same way', async () => {
    const upcoming = ['alice', 'john', 'mary'].map((name, index) =>
      user(name, `10${index}`, { package: 'webex_suite' }),
    );
    expect((await program().customer({ name: 'A%' }, upcoming)).others).toEqual(['alice: package']);
  });

  it('says once that a limit is exceeded, with all users that are declared', async () => {
    const { customer, user: check } = program();
    const upcoming = ['alice', 'john', 'mary', 'anna'].map((name, index) => user(name, `10${index}`));
    await customer({ packageLimits: { webex_calling: 2 } }, upcoming);
    const checked = [];
    for (const each of upcoming) checked.push(await check(each));
    expect(checked.map(({ failures }) => failures)).toEqual([[], [], ['package'], []]);
  });

  it('says how many more there are where there are very many', async () => {
    const warnings: string[] = [];
    const upcoming = Array.from({ length: 23 }, (_, index) =>
      user(`user-${index}`, `1${index}`, { email: `user-${index}` }),
    );
    const { others } = await program(warnings).customer({ name: 'A%' }, upcoming);
    expect(others).toHaveLength(20);
    expect(warnings).toEqual([expect.stringContaining('3 more resources of this program have problems')]);
  });
});
