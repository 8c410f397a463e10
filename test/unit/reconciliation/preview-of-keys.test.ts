import { beforeAll, describe, expect, it } from 'vitest';
import { backend, callerOf, customerInputs, locationInputs, type Made, newProcess } from './support';

const caller = callerOf('changed');

describe('a natural key that changes in place to one that another object has', () => {
  backend();
  const inputs = customerInputs();
  const other = customerInputs();
  let customer: Made<'customerOrg'>;

  beforeAll(async () => {
    const { customerOrg } = await newProcess();
    customer = await customerOrg.create(inputs);
    await customerOrg.create(other);
  });

  it('externalId of a customer: preview refuses it', async () => {
    const { customerOrg } = await newProcess();
    const { failures } = await customerOrg.check({ ...inputs, externalId: other.externalId }, inputs, caller);
    expect(failures).toEqual([
      {
        property: 'externalId',
        reason:
          `can't be changed from "${inputs.externalId}" to "${other.externalId}": a customer with externalId "${other.externalId}" ` +
          'exists already. Give that one another externalId, or remove it, in a run of its own before this one; or choose ' +
          'another externalId',
      },
    ]);
  });

  it('name of a location or headquarters: preview refuses it, and takes one that is free', async () => {
    const { location } = await newProcess();
    const [one, two] = [locationInputs(customer.id), locationInputs(customer.id)];
    await location.create(one);
    const { id } = await location.create(two);
    const checked = async (name: string) =>
      (await (await newProcess()).location.check({ ...two, name }, two, caller)).failures;
    expect(await checked(one.name)).toMatchObject([{ property: 'name' }]);
    expect(await checked(`${one.name} West`)).toEqual([]);

    const headquarters = { ...inputs.headquarters, name: one.name };
    const { customerOrg } = await newProcess();
    const { failures } = await customerOrg.check({ ...inputs, headquarters }, inputs, caller);
    expect(failures).toMatchObject([{ property: 'headquarters.name' }]);

    // It has the name already: from Control Hub, or from a run that was killed.
    const own = await newProcess({}, [{ urn: caller.urn, id, state: {}, isKept: false }]);
    expect((await own.location.check(two, { ...two, name: 'Denver' }, caller)).failures).toEqual([]);
  });
});
