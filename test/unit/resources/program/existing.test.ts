import { describe, expect, it, vi } from 'vitest';
import { UNKNOWN } from '../../../../provider/lifecycle';
import {
  backend,
  callerOf,
  callingWith,
  customerInputs,
  locationInputs,
  NUMBERS,
  newProcess,
  userInputs,
} from '../../reconciliation/support';

// Preview of new resources whose objects exist, below a customer that will be taken over: Pulumi knows no ID of it.

const { state } = backend();

const caller = (name: string, references = {}) => callerOf(name, { urn: `urn::${name}`, references });
const ofPizza = { customerId: ['urn::johns-pizza'] };

async function inWebex() {
  const { customerOrg, location, user } = await newProcess();
  const declared = customerInputs();
  const customer = await customerOrg.create(declared);
  const [branch, person] = [
    locationInputs(customer.id),
    { ...userInputs(customer.id, '101'), removal: 'delete' as const },
  ];
  await location.create(branch);
  await user.create(person);
  return { declared, branch: { ...branch, customerId: UNKNOWN }, person: { ...person, customerId: UNKNOWN } };
}

describe('preview below a customer that will be taken over', () => {
  it('reports that location and user exist, too, and how they differ', async () => {
    const { declared, branch, person } = await inWebex();
    const { customerOrg, location, user, warnings } = await newProcess();
    const checked = await customerOrg.check(declared, undefined, caller('johns-pizza'));
    expect(checked.failures).toEqual([]);

    const same = await location.check(branch, undefined, caller('denver', ofPizza));
    expect(same.failures).toEqual([]);
    expect(same.inputs.customerId).toBe(UNKNOWN);
    expect((await user.check(person, undefined, caller('alice', ofPizza))).failures).toEqual([]);
    expect(warnings).toEqual([
      expect.stringContaining(`customer "${declared.externalId}" exists already`),
      expect.stringContaining(`location "${branch.name}" exists already`),
      expect.stringContaining(`user ${person.email} exists already`),
    ]);

    const moved = { ...branch, timeZone: 'America/Boise' };
    expect((await location.check(moved, undefined, caller('denver', ofPizza))).failures).toEqual([
      {
        property: 'name',
        reason: expect.stringMatching(/exists and differs .*timeZone is "America\/Denver", declared is/),
      },
    ]);
    const renamed = { ...person, lastName: 'Baker' };
    expect((await user.check(renamed, undefined, caller('alice', ofPizza))).failures).toEqual([
      {
        property: 'email',
        reason: expect.stringMatching(/exists and differs .*lastName is "Anderson", declared is "Baker"/),
      },
    ]);
    expect((await state()).locations.filter(({ name }) => name === branch.name)).toHaveLength(1);
  });
});

describe('preview of a new location', () => {
  it('wants a PSTN connection for phone numbers', async () => {
    const { location } = await newProcess();
    const { pstn: _, ...calling } = callingWith([NUMBERS[0]]);
    const { failures } = await location.check({ ...locationInputs(UNKNOWN), calling }, undefined, caller('denver'));
    expect(failures).toEqual([{ property: 'calling.pstn', reason: expect.stringContaining('is required') }]);
  });

  it('wants none where the location exists and nothing is declared of its connection', async () => {
    const first = await newProcess();
    const customer = await first.customerOrg.create(customerInputs());
    const inputs = { ...locationInputs(customer.id), calling: callingWith([NUMBERS[0]]) };
    await first.location.create(inputs);
    const { pstn: _, ...calling } = inputs.calling;
    const { location } = await newProcess();
    expect((await location.check({ ...inputs, calling }, undefined, caller('denver'))).failures).toEqual([]);
  });
});

describe('preview of a user with calling at a new location', () => {
  const failuresOf = async (changes: object, olds?: object) => {
    const { customerOrg, location, user } = await newProcess();
    const customer = await customerOrg.create(customerInputs());
    const declared = { ...locationInputs(customer.id), ...changes };
    if (olds !== undefined) await (await newProcess()).location.create({ ...declared, ...olds } as never);
    await location.check(declared, undefined, caller('denver'));
    const inputs = { ...userInputs(customer.id, '101'), locationId: UNKNOWN };
    const references = { locationId: [caller('denver').urn] };
    const { failures } = await user.check(inputs, undefined, { ...caller('alice'), references });
    return failures.map(({ property, reason }) => `${property}: ${reason}`);
  };

  it('wants calling there', async () => {
    expect(await failuresOf({})).toEqual([
      'locationId: location "denver" will have no Webex Calling, because it declares no calling, and the user\'s package needs it. ' +
        'Set calling: {} there, or choose another location',
    ]);
    expect(await failuresOf({ calling: {} })).toEqual([]);
  });

  it('wants none where the location exists and may have it', async () => {
    expect(await failuresOf({}, { calling: { enabled: true } })).toEqual([]);
  });

  it('wants calling to stay where it was declared', async () => {
    const { location, user } = await newProcess();
    const declared = locationInputs('customer');
    await location.check(declared, { ...declared, calling: { enabled: true } }, caller('denver'));
    const olds = { ...userInputs('customer', '101'), locationId: 'location' };
    const references = { locationId: [caller('denver').urn] };
    const { failures } = await user.check({ ...olds, firstName: 'Alicia' }, olds, { ...caller('alice'), references });
    expect(failures).toEqual([{ property: 'locationId', reason: expect.stringContaining('declares no calling') }]);
  });
});

describe('preview of calling at a location that exists, and at the headquarters', () => {
  const failuresOf = async (changes: { calling: object }, olds: object) => {
    const { location } = await newProcess();
    const inputs = { ...olds, ...changes };
    return (await location.check(inputs, olds as never, caller('denver'))).failures;
  };

  it('says that a PSTN connection is not offered there, and which are', async () => {
    const { customerOrg, location } = await newProcess();
    const declared = customerInputs();
    const customer = await customerOrg.create(declared);
    const olds = locationInputs(customer.id, callingWith([]));
    await location.create(olds);
    const pstn = { displayName: 'Another CCP' };
    expect(await failuresOf({ calling: { ...olds.calling, pstn } }, olds)).toEqual([
      {
        property: 'calling.pstn.displayName',
        reason: expect.stringMatching(
          /^"Another CCP" is no PSTN connection of this location; it offers .*"Non-integrated/,
        ),
      },
    ]);
    expect(await failuresOf({ calling: { ...olds.calling, pstn: { id: 'other' } } }, olds)).toMatchObject([
      { property: 'calling.pstn.id' },
    ]);
    const headquarters = { ...declared.headquarters, calling: { enabled: true, pstn } };
    const checked = await (await newProcess()).customerOrg.check(
      { ...declared, headquarters },
      declared as never,
      caller('johns-pizza'),
    );
    expect(checked.failures).toMatchObject([{ property: 'headquarters.calling.pstn.displayName' }]);
  });

  it('wants a connection for numbers that are added, unless the location has one', async () => {
    const { customerOrg, location } = await newProcess();
    const declared = customerInputs();
    const customer = await customerOrg.create(declared);
    const olds = { ...locationInputs(customer.id), calling: { enabled: true } };
    await location.create(olds);
    const calling = { enabled: true, phoneNumbers: ['+12145550099'] };
    const reason = 'is required, because phoneNumbers need a PSTN connection, and the location has none';
    expect(await failuresOf({ calling }, olds)).toEqual([{ property: 'calling.pstn', reason }]);
    const withNumbers = { ...declared, headquarters: { ...declared.headquarters, calling } };
    const check = async (inputs: object, before?: object) =>
      (await (await newProcess()).customerOrg.check({ ...inputs }, before as never, caller('johns-pizza'))).failures;
    expect(await check(withNumbers, declared)).toEqual([{ property: 'headquarters.calling.pstn', reason }]);
    const { headquarters } = withNumbers;
    expect(await check({ ...customerInputs(), headquarters })).toMatchObject([
      { property: 'headquarters.calling.pstn' },
    ]);
  });

  it('says which numbers another customer has; those of another location of this one can come', async () => {
    const { customerOrg, location } = await newProcess();
    const [one, other] = [await customerOrg.create(customerInputs()), await customerOrg.create(customerInputs())];
    await location.create(locationInputs(other.id, callingWith([NUMBERS[1]])));
    await location.create(locationInputs(one.id, callingWith([NUMBERS[2]])));
    const olds = locationInputs(one.id, callingWith([]));
    await location.create(olds);
    const calling = callingWith([NUMBERS[3], NUMBERS[1], NUMBERS[2]]);
    const reason = expect.stringMatching(
      /^\+12145551321 can't be added: Webex says that it is unavailable \(\[Error 8361/,
    );
    expect(await failuresOf({ calling }, olds)).toEqual([{ property: 'calling.phoneNumbers[1]', reason }]);
    // A new location of an existing customer.
    const { failures } = await (await newProcess()).location.check(
      { ...locationInputs(one.id), calling },
      undefined,
      caller('boise'),
    );
    expect(failures).toEqual([{ property: 'calling.phoneNumbers[1]', reason }]);
  });

  it('asks nothing where neither changes', async () => {
    const { location, run } = await newProcess();
    const olds = locationInputs('none', callingWith([NUMBERS[0]]));
    const inputs = { ...olds, calling: { ...olds.calling, outsideDialDigit: '9' } };
    vi.spyOn(run.webex.numbers, 'validate').mockRejectedValue(new Error('asked'));
    expect((await location.check(inputs, olds as never, caller('denver'))).failures).toEqual([]);
  });
});
