import { beforeAll, describe, expect, it } from 'vitest';
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

const caller = callerOf('alice');

describe('preview of a user that exists', () => {
  const { api, state } = backend();
  let customerId = '';
  let branch = '';
  let plain = '';

  beforeAll(async () => {
    const { customerOrg, location } = await newProcess();
    customerId = (await customerOrg.create(customerInputs())).id;
    branch = (await location.create(locationInputs(customerId, callingWith([NUMBERS[0]])))).id;
    plain = (await location.create(locationInputs(customerId))).id;
  });

  const newUser = async (extension: string, more: object = {}) => {
    const inputs = { ...userInputs(customerId, extension), ...more };
    return { inputs, ...(await (await newProcess()).user.create(inputs)) };
  };
  const previewOf = async (olds: object, changes: object) => {
    const { user, warnings } = await newProcess();
    const { failures } = await user.check({ ...olds, ...changes }, olds as never, caller);
    return { failures, warnings: warnings.join('\n') };
  };

  it('a move is validated: what else Webex changes is a warning', async () => {
    const { inputs } = await newUser('5101');
    const before = await state();
    const { failures, warnings } = await previewOf(inputs, { locationId: branch });
    expect(failures).toEqual([]);
    expect(warnings).toMatch(/moves to another location: \[Informational \d+\]/);
    expect((await state()).people).toEqual(before.people);
  });

  it('a move to the headquarters of a customer that this run updates shows where it goes', async () => {
    const { customerOrg, location, user } = await newProcess();
    const declared = customerInputs();
    const { id, state: recorded } = await customerOrg.create(declared);
    const site = await location.create(locationInputs(id, callingWith([])));
    const alice = { ...userInputs(id, '5110'), locationId: site.id };
    await user.create(alice);
    const next = await newProcess();
    const limits = { ...declared, packageLimits: { webex_calling: 5 } };
    expect(await next.customerOrg.diff(id, recorded, limits)).toEqual({ changes: true });
    const references = { customerId: ['pizza'], locationId: ['pizza'] };
    const moved = await next.user.check({ ...alice, locationId: UNKNOWN }, alice, callerOf('alice', { references }));
    expect(moved).toMatchObject({ failures: [], inputs: { locationId: recorded.headquartersLocationId } });
    expect(next.warnings.join()).toContain('moves to another location');
    const elsewhere = callerOf('alice', { references: { customerId: ['pizza'], locationId: ['site'] } });
    const { inputs } = await next.user.check({ ...alice, locationId: UNKNOWN }, alice, elsewhere);
    expect(inputs.locationId).toBe(UNKNOWN);
  });

  it('a move that Webex would refuse is an error: no calling there, an extension that is taken', async () => {
    const { inputs } = await newUser('5102');
    const other = await newUser('5103', { locationId: branch });
    expect((await previewOf(inputs, { locationId: plain })).failures).toMatchObject([{ property: 'locationId' }]);
    const { failures } = await previewOf(inputs, { locationId: branch, extension: '5103' });
    expect(failures).toMatchObject([{ property: 'extension' }]);
    expect(failures[0]?.reason).toContain(other.inputs.email);
  });

  it('a move with another number of the old location is an error', async () => {
    const { inputs } = await newUser('5108', { locationId: branch });
    const headquarters = (await newUser('5109')).state.locationId;
    const { failures } = await previewOf(inputs, { locationId: headquarters, phoneNumber: NUMBERS[0] });
    expect(failures).toMatchObject([{ property: 'phoneNumber' }]);
    expect(failures[0]?.reason).toContain('is not available in the new group');
  });

  it('a number that the customer lacks, and one that a person outside the stack has, are errors without a move', async () => {
    const { inputs } = await newUser('5111', { locationId: branch });
    const none = await previewOf(inputs, { phoneNumber: '+12145550199' });
    expect(none.failures).toMatchObject([{ property: 'phoneNumber' }]);
    expect(none.failures[0]?.reason).toContain('+12145550199 is not a number of this customer');
    const holder = await newUser('5112', { locationId: branch });
    const taken = await previewOf(inputs, { extension: '5112' });
    expect(taken.failures).toMatchObject([{ property: 'extension' }]);
    expect(taken.failures[0]?.reason).toContain(
      `is that of ${holder.inputs.email}, which this run neither changes nor removes`,
    );
    const { user, location } = await newProcess();
    const site = locationInputs(customerId, callingWith(['+12145550199']));
    await location.check(site, undefined, callerOf('site'));
    expect((await user.check({ ...inputs, phoneNumber: '+12145550199' }, inputs, caller)).failures).toEqual([]);
    // That of another customer doesn't count.
    const pizza = { urn: 'pizza', id: customerId, state: {}, isKept: false };
    const next = await newProcess({}, [pizza]);
    const calling = callingWith(['+12145550199']);
    const other = { ...customerInputs(), headquarters: { ...customerInputs().headquarters, calling } };
    await next.customerOrg.check(other, undefined, callerOf('other'));
    const { failures } = await next.user.check({ ...inputs, phoneNumber: '+12145550199' }, inputs, caller);
    expect(failures).toMatchObject([{ property: 'phoneNumber' }]);
  });

  it('a move with a number that is not declared any more is no move of the number', async () => {
    const { inputs } = await newUser('5104', { locationId: branch, phoneNumber: NUMBERS[0] });
    const {
      locationId: _,
      phoneNumber,
      ...rest
    } = inputs as typeof inputs & { locationId: string; phoneNumber: string };
    const headquarters = (await newUser('5105')).state.locationId;
    const refused = await previewOf(inputs, { locationId: headquarters });
    expect(refused.failures.map(({ reason }) => reason).join()).toContain('must have a carrier');
    const { user } = await newProcess();
    const { failures } = await user.check({ ...rest, locationId: headquarters }, inputs, caller);
    expect(failures).toEqual([]);
    expect(phoneNumber).toBe(NUMBERS[0]);
  });

  it('another e-mail address: in place, with what the person must do; one that is taken is an error', async () => {
    const made = await newUser('5106');
    const other = await newUser('5107');
    const email = made.inputs.email.replace('alice', 'alicia');
    const { failures, warnings } = await previewOf(made.inputs, { email });
    expect(failures).toEqual([]);
    expect(warnings).toContain('must confirm the new one within 15 days');
    const taken = await previewOf(made.inputs, { email: other.inputs.email });
    expect(taken.failures).toMatchObject([{ property: 'email' }]);

    const { user } = await newProcess();
    const wanted = { ...made.inputs, email };
    const changed = await user.update(made.id, made.state, wanted);
    expect((await api('GET', `/people/${made.state.personId}`)).emails).toEqual([email]);
    expect((await user.read(made.id, changed))?.inputs.email).toBe(email);
    expect(await user.diff(made.id, changed, wanted)).toEqual({ changes: false });
    // A run that was killed after it: the next one has nothing to do.
    expect((await (await newProcess()).user.update(made.id, made.state, wanted)).email).toBe(email);
  });

  it('another extension that a person keeps is an error; one that the same run gives up is none', async () => {
    const made = await newUser('5111');
    const other = await newUser('5112');
    const { failures } = await previewOf(made.inputs, { extension: '5112', locationId: other.state.locationId });
    expect(failures).toMatchObject([{ property: 'extension' }]);
    expect(failures[0]?.reason).toContain(
      `is that of ${other.inputs.email}, which this run neither changes nor removes`,
    );
    const { user } = await newProcess();
    const wanted = { ...made.inputs, extension: '5112' };
    const both = callerWithUsers('alice', true, [wanted, { ...other.inputs, extension: '5111' }]);
    expect((await user.check({ ...wanted, locationId: other.state.locationId }, made.inputs, both)).failures).toEqual(
      [],
    );
  });

  it('an address that Webex has already given the user, by hand or in a killed run, is no error', async () => {
    const made = await newUser('5113');
    const wanted = { ...made.inputs, email: made.inputs.email.replace('alice', 'alicia') };
    await (await newProcess()).user.update(made.id, made.state, wanted);
    const { user } = await newProcess({}, [recordedAs(made)]);
    const { failures } = await user.check({ ...wanted }, made.inputs, callerOf(made.inputs.email));
    expect(failures).toEqual([]);
  });

  it('a move to a location that this run creates is a change, although preview knows no ID', async () => {
    const made = await newUser('5114');
    const { location, user } = await newProcess();
    await location.check(locationInputs(customerId, callingWith([])), undefined, callerOf('new'));
    const wanted = { ...made.inputs, locationId: UNKNOWN };
    const references = { locationId: ['new'] };
    const { inputs } = await user.check(wanted, made.inputs, callerOf('alice', { references }));
    expect(await user.diff(made.id, made.state, inputs)).toEqual({ changes: true });
    const unknown = await newProcess();
    await unknown.user.check(wanted, made.inputs, callerOf('alice', { references }));
    expect(await unknown.user.diff(made.id, made.state, inputs)).toEqual({ changes: false });
  });

  it('a lower package and another address: the rule about administrators looks at the same person', async () => {
    const made = await newUser('5108', { roles: ['Full Administrator'] });
    const email = made.inputs.email.replace('alice', 'alicia');
    const lower = { ...made.inputs, email, package: 'webex_meetings', extension: undefined };
    const { failures } = await (await newProcess()).user.check(lower, made.inputs, caller);
    expect(failures).toMatchObject([{ property: 'package' }]);
  });
});
