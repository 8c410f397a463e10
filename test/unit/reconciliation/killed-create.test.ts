import { describe, expect, it } from 'vitest';
import {
  backend,
  callerOf,
  callingWith,
  customerInputs,
  locationInputs,
  NUMBERS,
  newProcess,
  userInputs,
} from './support';

describe('a create that was killed before it was recorded', () => {
  const { state, control } = backend();
  const customers = async (externalId: string) =>
    (await state()).customers.filter((customer) => customer.externalId === externalId);

  it('of a template: its name is its key, so that the next one finds it', async () => {
    const inputs = { name: 'Europe', country: 'DE', authentication: { type: 'webex' as const } };
    const first = await (await newProcess()).onboardingTemplate.create(inputs);
    const { onboardingTemplate, warnings } = await newProcess();
    expect((await onboardingTemplate.create(inputs)).id).toBe(first.id);
    expect(warnings).toEqual(['webex-wholesale: onboarding template "Europe" exists already; it was taken over']);
    expect((await state()).templates.filter(({ name }) => name === 'Europe')).toHaveLength(1);
  });

  it('of a customer that Webex could only provision without calling: it is taken over and completed', async () => {
    const calling = callingWith([NUMBERS[0]]);
    const plain = customerInputs();
    const inputs = { ...plain, headquarters: { ...plain.headquarters, calling } };
    const { externalId } = inputs;
    const outcome = { kind: 'customer', externalId, status: 'provisioned_with_errors', package: 'webex_calling' };
    await control('POST', '/outcomes', outcome);
    await expect((await newProcess()).customerOrg.create(inputs)).rejects.toThrow('package webex_calling is in error');
    const { id, state: taken } = await (await newProcess()).customerOrg.create(inputs);
    expect(await customers(externalId)).toMatchObject([{ id, status: 'provisioned' }]);
    expect(taken.headquarters?.calling?.phoneNumbers).toEqual([NUMBERS[0]]);
    const { locations } = await state();
    expect(locations.map(({ numbers }) => numbers)).toContainEqual([NUMBERS[0]]);
  });

  it('of a customer with a limit of a package that Webex could not provision: it is taken over and completed', async () => {
    const inputs = { ...customerInputs(), packageLimits: { webex_meetings: 20 } };
    const { externalId } = inputs;
    const outcome = { kind: 'customer', externalId, status: 'provisioned_with_errors', package: 'webex_meetings' };
    await control('POST', '/outcomes', outcome);
    await expect((await newProcess()).customerOrg.create(inputs)).rejects.toThrow('package webex_meetings is in error');
    await (await newProcess()).customerOrg.create(inputs);
    expect(await customers(externalId)).toMatchObject([{ status: 'provisioned', limits: { webex_meetings: 20 } }]);
  });

  it('of a customer in export control review: its headquarters is configured once that is passed', async () => {
    const calling = callingWith([NUMBERS[1]]);
    const plain = customerInputs();
    const inputs = { ...plain, headquarters: { ...plain.headquarters, calling } };
    const { externalId } = inputs;
    await control('POST', '/outcomes', { kind: 'customer', externalId, status: 'pending_rpl_review' });
    await (await newProcess()).customerOrg.create(inputs);
    const { id, state: waiting } = await (await newProcess()).customerOrg.create(inputs);
    expect(waiting.status).toBe('pending_rpl_review');
    await control('POST', '/rplReviews', { externalId });
    const { customerOrg } = await newProcess();
    const done = await customerOrg.update(id, waiting, inputs);
    expect(done.status).toBe('provisioned');
    const { locations } = await state();
    expect(locations.find((location) => location.id === done.headquartersLocationId)?.numbers).toEqual([NUMBERS[1]]);
  });

  it('of a customer with other declared limits since: refused, or set with adopt', async () => {
    const inputs = { ...customerInputs(), packageLimits: { webex_calling: 50 } };
    await (await newProcess()).customerOrg.create(inputs);
    const other = { ...inputs, packageLimits: { webex_calling: 51, webex_meetings: 20 } };
    await expect((await newProcess()).customerOrg.create(other)).rejects.toThrow(
      'packageLimits.webex_calling is 50, declared is 51',
    );
    const { state: taken } = await (await newProcess()).customerOrg.create({ ...other, adopt: true });
    expect(taken.packageLimits).toEqual({ webex_calling: 51, webex_meetings: 20 });
    expect((await customers(inputs.externalId)).map(({ limits }) => limits)).toEqual([other.packageLimits]);
  });

  it('of a customer with a limit that Webex does not return: refused, or set with adopt', async () => {
    const inputs = customerInputs();
    await (await newProcess()).customerOrg.create(inputs);
    const limited = { ...inputs, packageLimits: { webex_meetings: 20 } };
    const refusal = 'packageLimits.webex_meetings is not set, declared is 20';
    await expect((await newProcess()).customerOrg.create(limited)).rejects.toThrow(refusal);
    expect((await customers(inputs.externalId)).map(({ limits }) => limits)).toEqual([{}]);
    await (await newProcess()).customerOrg.create({ ...limited, adopt: true });
    expect((await customers(inputs.externalId)).map(({ limits }) => limits)).toEqual([{ webex_meetings: 20 }]);
  });

  it('of a user without roles: they are not given without adopt; preview lists them with adopt', async () => {
    const { customerOrg, user } = await newProcess();
    const { id: customerId } = await customerOrg.create(customerInputs());
    const inputs = userInputs(customerId, '51302');
    await user.create(inputs);
    const administrator = { ...inputs, roles: ['Full Administrator'] };
    const caller = callerOf('alice');
    const difference = 'roles is [], declared is ["Full Administrator"]';
    const { failures } = await (await newProcess()).user.check(administrator, undefined, caller);
    expect(failures[0]?.reason).toContain(difference);
    await expect((await newProcess()).user.create(administrator)).rejects.toThrow(difference);
    const rolesOf = async () => (await state()).people.find(({ email }) => email === inputs.email)?.roles;
    expect(await rolesOf()).toEqual([]);

    const asked = { ...administrator, adopt: true };
    const preview = await newProcess();
    expect((await preview.user.check(asked, undefined, caller)).failures).toEqual([]);
    expect(preview.warnings.join()).toContain(`will take it over and change what differs: ${difference}`);
    await (await newProcess()).user.create(asked);
    expect(await rolesOf()).toEqual(['Full Administrator']);
  });

  it('of an administrator with a lost answer in this run: it gets the roles', async () => {
    const { customerOrg, user } = await newProcess();
    const { id: customerId } = await customerOrg.create(customerInputs());
    const inputs = { ...userInputs(customerId, '51303'), roles: ['Full Administrator'] };
    await control('POST', '/faults', {
      operation: 'POST /wholesale/subscribers',
      count: 1,
      status: 502,
      applied: true,
    });
    await user.create(inputs);
    expect((await state()).people.find(({ email }) => email === inputs.email)?.roles).toEqual(['Full Administrator']);
  });

  it('of an object that is declared with another immutable input since: refused also with adopt', async () => {
    const { customerOrg } = await newProcess();
    const customer = customerInputs();
    await customerOrg.create(customer);
    const later = await newProcess();
    const renamed = { ...customer, name: "John's Pizza and Pasta", adopt: true };
    await expect(later.customerOrg.create(renamed)).rejects.toThrow(/no operation to change: name is "John's Pizza \d/);
    const { failures } = await later.customerOrg.check(renamed, undefined, callerOf('pizza'));
    expect(failures[0]?.reason).toContain('no operation to change');
  });

  it('of a user that is declared at another location since: refused, or moved with adopt', async () => {
    const { customerOrg, location, user } = await newProcess();
    const { id: customerId } = await customerOrg.create(customerInputs());
    const { id: locationId } = await location.create(locationInputs(customerId, callingWith([])));
    const { id: other } = await location.create(locationInputs(customerId, callingWith([])));
    const inputs = { ...userInputs(customerId, '51301'), locationId };
    await user.create(inputs);
    const moved = { ...inputs, locationId: other };
    await expect((await newProcess()).user.create(moved)).rejects.toThrow(`declared is "${other}"`);
    const { state: taken } = await (await newProcess()).user.create({ ...moved, adopt: true });
    expect(taken.locationId).toBe(other);
    expect((await state()).people.find(({ email }) => email === inputs.email)?.locationId).toBe(other);
  });
});
