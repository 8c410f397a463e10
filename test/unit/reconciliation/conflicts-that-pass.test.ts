import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { resources } from '../../../provider/resources';
import { Run } from '../../../provider/resources/run/run';
import { backend, callingWith, customerInputs, locationInputs, NUMBERS, newProcess, userInputs } from './support';

const [FIRST, SECOND, THIRD] = NUMBERS;

// What Webex refuses for a while after another change (docs/simulator.md, Weather).
describe('a conflict that time mends', () => {
  const { control, state, api } = backend();
  const customer = customerInputs();
  let made: Awaited<ReturnType<Awaited<ReturnType<typeof newProcess>>['customerOrg']['create']>>;

  beforeAll(async () => {
    made = await (await newProcess()).customerOrg.create(customer);
  });
  const created = async (more: object = {}) =>
    (await newProcess()).location.create({ ...locationInputs(made.id, callingWith([])), ...more });
  afterEach(() => control('PUT', '/weather', {}));

  it('of a location that is still referenced: it is waited for, with a line that says for what', async () => {
    const { id, state: recorded } = await created();
    const { location, warnings } = await newProcess();
    await control('PUT', '/weather', { referencedSeconds: 0.8 });
    await location.delete(id, recorded);
    expect((await state()).locations.find((each) => each.id === id)).toBeUndefined();
    expect(warnings.join()).toMatch(
      /Deleting location "Denver \d+" has to wait, at most 20 seconds: .*Location is being referenced/,
    );
  });

  it('of a headquarters that is not listed yet: it is waited for', async () => {
    const plain = customerInputs();
    const inputs = { ...plain, headquarters: { ...plain.headquarters, calling: callingWith([THIRD]) } };
    await control('PUT', '/weather', { listLagSeconds: 1 });
    const { customerOrg } = await newProcess();
    const { id, state: recorded } = await customerOrg.create(inputs);
    expect(recorded.headquarters?.calling?.phoneNumbers).toEqual([THIRD]);
    await customerOrg.delete(id, recorded);
  });

  it('of a location that stays referenced: the failure says so when the time is over', async () => {
    const { id, state: recorded } = await created({ timeouts: { delete: 1 } });
    const { location } = await newProcess();
    await control('PUT', '/weather', { referencedSeconds: 1000 });
    await expect(location.delete(id, recorded)).rejects.toThrow(
      /Deleting location .* wasn't finished within 1 seconds\. .*Location is being referenced/,
    );
    await control('PUT', '/weather', {});
    await location.delete(id, recorded);
  });

  it('of a location that Webex takes only half, and that is still referenced: nothing is left behind', async () => {
    await control('PUT', '/weather', { referencedSeconds: 0.8 });
    const { location } = await newProcess();
    const calling = { ...callingWith([]), pstn: { displayName: 'No such connection' } };
    const inputs = locationInputs(made.id, calling);
    await expect(location.create(inputs)).rejects.toThrow('nothing is left behind');
    expect((await state()).locations.map(({ name }) => name)).not.toContain(inputs.name);
  });

  it('of a customer whose last change is not over for Webex: changed and removed all the same', async () => {
    const inputs = customerInputs();
    const { id, state: recorded } = await (await newProcess()).customerOrg.create(inputs);
    const { customerOrg, warnings } = await newProcess();
    await control('PUT', '/weather', { customerBusySeconds: 0.8 });
    const changed = { ...inputs, packages: ['webex_calling' as const] };
    const after = await customerOrg.update(id, recorded, changed);
    const next = await newProcess();
    await next.customerOrg.delete(id, after);
    expect((await state()).customers.map(({ externalId }) => externalId)).not.toContain(inputs.externalId);
    const text = [...warnings, ...next.warnings].join();
    expect(text).toMatch(
      /Changing customer "external-\d+" has to wait, at most 20 seconds: .*another change of it is in progress/,
    );
    expect(text).toMatch(/Removing customer "external-\d+" has to wait, at most 20 seconds/);
  });

  it('of an external ID that another customer has is none: it is said at once', async () => {
    const inputs = customerInputs();
    const { id, state: recorded } = await (await newProcess()).customerOrg.create(inputs);
    const { customerOrg, warnings } = await newProcess();
    const taken = { ...inputs, externalId: customer.externalId };
    await expect(customerOrg.update(id, recorded, taken)).rejects.toThrow('already exists');
    expect(warnings).toEqual([]);
  });

  it('of a number that its user has just lost: it is removed, also when the client has given up', async () => {
    const { user } = await newProcess();
    const run = new Run();
    run.configure(
      (key) => (key === 'retryTimeoutSeconds' ? '0.3' : undefined),
      () => undefined,
    );
    const location = resources.location(run);
    const inputs = locationInputs(made.id, callingWith([FIRST, SECOND]));
    const { id, state: recorded } = await location.create(inputs);
    const alice = await user.create({ ...userInputs(made.id, '51401'), locationId: id, phoneNumber: FIRST });
    await control('PUT', '/weather', { numbersBusySeconds: 1.2 });
    await (await newProcess()).user.delete(alice.id, alice.state);
    await location.update(id, recorded, { ...inputs, calling: callingWith([SECOND]) });
    expect((await state()).locations.find((each) => each.id === id)?.numbers).toEqual([SECOND]);
  });

  it('of calling that a killed run disabled: Webex has another status for it, and nothing is waited for', async () => {
    const { id, state: recorded } = await created();
    const { calling: _, ...inputs } = recorded;
    await (await newProcess()).location.update(id, recorded, inputs);
    await control('PUT', '/weather', { noCallingIs400: true });
    const again = await (await newProcess()).location.update(id, recorded, inputs);
    expect(again.calling).toBeUndefined();
    await expect(api('GET', `/telephony/config/locations/${id}?orgId=${made.state.orgId}`)).rejects.toThrow('400');
  });
});
