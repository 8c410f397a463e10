import { beforeAll, describe, expect, it } from 'vitest';
import { UNKNOWN } from '../../../provider/lifecycle';
import {
  backend,
  callerOf,
  callingWith,
  customerInputs,
  locationInputs,
  type Made,
  NUMBERS,
  newProcess,
  recordedAs,
  userInputs,
} from './support';

// Preview asks Cisco's precheck about a new user before the run has changed what the user needs.
describe('a new user in the preview of a run that first updates', () => {
  const { control } = backend();
  const caller = callerOf('alice');
  let customerId = '';
  const customer = customerInputs();
  let recorded: Made<'customerOrg'>['state'];

  beforeAll(async () => {
    const made = await (await newProcess()).customerOrg.create(customer);
    customerId = made.id;
    recorded = made.state;
  });

  it('the customer, which gets the package: passes, and Cisco is quoted in a warning', async () => {
    const inputs = { ...userInputs(customerId, '51301'), package: 'webex_suite' };
    const { customerOrg, user, warnings } = await newProcess();
    const packages = [...customer.packages, 'webex_suite' as const];
    await customerOrg.diff(customerId, recorded, { ...customer, packages });
    expect((await user.check(inputs, undefined, caller)).failures).toEqual([]);
    expect(warnings.join()).toContain('The customer has no provisioned package webex_suite');
  });

  it("nothing: fails with Cisco's message", async () => {
    const inputs = { ...userInputs(customerId, '51301'), package: 'webex_suite' };
    const { customerOrg, user } = await newProcess();
    await customerOrg.diff(customerId, recorded, customer);
    const { failures } = await user.check(inputs, undefined, caller);
    expect(failures).toMatchObject([{ property: 'package' }]);
  });

  it('another user, which is removed after it and has the last license: fails, and says who goes first', async () => {
    const limited = { ...customerInputs(), packageLimits: { webex_calling: 1 } };
    const first = await newProcess();
    const { id } = await first.customerOrg.create(limited);
    const inputs = userInputs(id, '51300');
    const leaver = { inputs, ...(await first.user.create(inputs)) };
    const { user, location } = await newProcess({}, [recordedAs(leaver)]);
    // An update of the location changes nothing about it.
    const site = await location.create(locationInputs(id));
    await location.diff(site.id, site.state, locationInputs(id));
    const joiner = { ...userInputs(id, '51305'), locationId: site.id };
    const { failures } = await user.check(joiner, undefined, caller);
    expect(failures).toMatchObject([{ property: 'package' }]);
    const hint = `This run removes user ${inputs.email} only after it creates others`;
    expect(failures[0]?.reason).toContain(hint);
    await expect(user.create(joiner)).rejects.toThrow(hint);
  });

  it('a user that is removed after it, with whom the limit would be exceeded: a warning', async () => {
    const limited = { ...customerInputs(), packageLimits: { webex_calling: 3 } };
    const first = await newProcess();
    const made = await first.customerOrg.create(limited);
    const inputs = userInputs(made.id, '51300');
    const leaver = recordedAs({ inputs, ...(await first.user.create(inputs)) });
    const { user, customerOrg, warnings } = await newProcess({}, [
      { urn: 'pizza', id: made.id, state: { ...made.state }, isKept: false },
      leaver,
    ]);
    await customerOrg.check({ ...limited }, limited, callerOf('pizza'));
    for (const extension of ['51311', '51312', '51313']) {
      expect(warnings).toEqual([]);
      const { failures } = await user.check(userInputs(made.id, extension), undefined, callerOf(extension));
      expect(failures).toEqual([]);
    }
    expect(warnings).toEqual([
      'webex-wholesale: packageLimits.webex_calling is 3, and 3 users are declared with webex_calling. Webex may refuse the last of them, because this ' +
        `run removes user ${inputs.email} only after it creates and changes others: remove that user first, in a run of its own, or ` +
        'raise the limit',
    ]);
  });

  it('the location, which gets the number: passes', async () => {
    const { location } = await newProcess();
    const declared = locationInputs(customerId, callingWith([]));
    const made = await location.create(declared);
    const later = await newProcess();
    const wanted = { ...declared, calling: callingWith([NUMBERS[0]]) };
    const inputs = { ...userInputs(customerId, '51302'), locationId: made.id, phoneNumber: NUMBERS[0] };
    expect((await later.user.check(inputs, undefined, caller)).failures).toHaveLength(1);
    await later.location.diff(made.id, made.state, wanted);
    expect((await later.user.check(inputs, undefined, caller)).failures).toEqual([]);
  });

  it('a customer that is taken over with a headquarters without numbers, from a killed run: passes', async () => {
    const plain = customerInputs();
    const calling = callingWith([NUMBERS[1]]);
    await (await newProcess()).customerOrg.create(plain);
    const inputs = { ...plain, headquarters: { ...plain.headquarters, calling } };
    const { customerOrg, user, warnings } = await newProcess();
    const pizza = callerOf('pizza');
    expect((await customerOrg.check(inputs, undefined, pizza)).failures).toEqual([]);
    const references = { customerId: ['pizza'] };
    const branch = { ...userInputs(UNKNOWN, '51304'), phoneNumber: NUMBERS[1] };
    expect((await user.check(branch, undefined, { ...caller, references })).failures).toEqual([]);
    expect(warnings.join()).toContain('is not a number of the location');
  });

  it('a customer that ended in error: passes, else no run could ever repair it', async () => {
    const inputs = customerInputs();
    const { externalId } = inputs;
    await control('POST', '/outcomes', { kind: 'customer', externalId, status: 'error' });
    const { customerOrg, user } = await newProcess();
    const failure = await customerOrg.create(inputs).then(
      () => undefined,
      (error: { id: string; state: typeof recorded }) => error,
    );
    if (failure === undefined) throw new Error('the customer did not end in error');
    await customerOrg.diff(failure.id, failure.state, inputs);
    expect((await user.check(userInputs(failure.id, '51303'), undefined, caller)).failures).toEqual([]);
  });
});
