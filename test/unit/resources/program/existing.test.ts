import { describe, expect, it } from 'vitest';
import { UNKNOWN } from '../../../../provider/lifecycle';
import {
  backend,
  callingWith,
  customerInputs,
  locationInputs,
  NUMBERS,
  newProcess,
  userInputs,
} from '../../reconciliation/support';

// Preview of new resources whose objects exist, below a customer that will be taken over: Pulumi knows no ID of it.

const { state } = backend();

const caller = (name: string, references = {}) => ({
  urn: `urn::${name}`,
  name,
  dryRun: true,
  secrets: [],
  references,
});
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
