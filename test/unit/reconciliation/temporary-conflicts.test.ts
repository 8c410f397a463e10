import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { resources } from '../../../provider/resources';
import { Run } from '../../../provider/resources/run/run';
import {
  backend,
  callingWith,
  customerInputs,
  locationInputs,
  type Made,
  NUMBERS,
  newProcess,
  userInputs,
} from './support';

vi.mock('node:timers/promises', () => import('./quick-timers'));

const [FIRST, SECOND, THIRD] = NUMBERS;

// What Webex refuses for a while after another change (docs/simulator.md, Weather).
describe('a temporary conflict', () => {
  const { control, state, api } = backend();
  const customer = customerInputs();
  let made: Made<'customerOrg'>;

  beforeAll(async () => {
    made = await (await newProcess()).customerOrg.create(customer);
  });
  const created = async (more: object = {}) =>
    (await newProcess()).location.create({ ...locationInputs(made.id, callingWith([])), ...more });
  afterEach(() => control('PUT', '/weather', {}));

  it('of a location that is still referenced: the run waits, with a line that names the reason', async () => {
    const { id, state: recorded } = await created();
    const { location, warnings } = await newProcess();
    await control('PUT', '/weather', { referencedSeconds: 0.8 });
    await location.delete(id, recorded);
    expect((await state()).locations.find((each) => each.id === id)).toBeUndefined();
    expect(warnings.join()).toMatch(
      /Deleting location "Denver \d+" has to wait, at most 20 seconds: .*Location is being referenced/,
    );
  });

  it('of a location that exists and is not listed yet: it is waited for and taken over', async () => {
    await control('PUT', '/weather', { listLagSeconds: 1 });
    const inputs = locationInputs(made.id, callingWith([]));
    const { id } = await (await newProcess()).location.create(inputs);
    const { location, warnings } = await newProcess();
    expect((await location.create(inputs)).id).toBe(id);
    expect(warnings.join()).toMatch(/Finding the existing location "Denver \d+" has to wait, at most 20 seconds/);
  });

  it('of a new location with anything but its name is final: it is reported at once', async () => {
    await control('POST', '/faults', { operation: 'POST /locations', count: 1, status: 409 });
    const { location, warnings } = await newProcess();
    await expect(location.create(locationInputs(made.id, callingWith([])))).rejects.toThrow('409');
    expect(warnings).toEqual([]);
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

  it('of a location that stays referenced: the failure after the timeout names the reason', async () => {
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

  it('of a customer with an unfinished change: it is changed and removed afterwards', async () => {
    const inputs = customerInputs();
    const { id, state: recorded } = await (await newProcess()).customerOrg.create(inputs);
    const { customerOrg, warnings } = await newProcess();
    await control('PUT', '/weather', { customerBusySeconds: 2 });
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

  it('of a customer that is changing, in whatever words and without a code: nothing there stands in the way', async () => {
    const inputs = customerInputs();
    const { id, state: recorded } = await (await newProcess()).customerOrg.create(inputs);
    for (const operation of ['PUT /wholesale/customers/{customerId}', 'DELETE /wholesale/customers/{customerId}'])
      await control('POST', '/faults', { operation, count: 2, status: 409 });
    const changed = { ...inputs, packageLimits: { webex_calling: 20 } };
    const after = await (await newProcess()).customerOrg.update(id, recorded, changed);
    expect(after.packageLimits).toEqual({ webex_calling: 20 });
    await (await newProcess()).customerOrg.delete(id, after);
    expect((await state()).customers.map(({ externalId }) => externalId)).not.toContain(inputs.externalId);
  });

  it('of a customer that still has users is final: it is reported at once', async () => {
    const inputs = customerInputs();
    const { id, state: recorded } = await (await newProcess()).customerOrg.create(inputs);
    const { user, customerOrg, warnings } = await newProcess();
    const made = await user.create(userInputs(id, '51501'));
    await expect(customerOrg.delete(id, recorded)).rejects.toThrow('subscribers are mapped to it');
    expect(warnings).toEqual([]);
    await (await newProcess()).user.delete(made.id, made.state);
    await (await newProcess()).customerOrg.delete(id, { ...recorded, removal: 'unlink' });
  });

  it('of an external ID of another customer is final: it is reported at once', async () => {
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

  it('of a whole destroy: numbers, location and customer wait for what their users just left', async () => {
    const { customerOrg, location, user } = await newProcess();
    const inputs = customerInputs();
    const { id, state: recorded } = await customerOrg.create(inputs);
    const site = await location.create(locationInputs(id, callingWith(['+12145550012'])));
    const alice = await user.create({
      ...userInputs(id, '51402'),
      locationId: site.id,
      phoneNumber: '+12145550012',
      removal: 'delete' as const,
    });
    await control('PUT', '/weather', { numbersBusySeconds: 1.2, referencedSeconds: 0.8, customerBusySeconds: 0.8 });
    const destroy = await newProcess();
    await destroy.user.delete(alice.id, alice.state);
    await destroy.location.delete(site.id, site.state);
    await destroy.customerOrg.delete(id, recorded);
    const { customers, organizations, locations } = await state();
    expect(customers.map(({ externalId }) => externalId)).not.toContain(inputs.externalId);
    expect(organizations.map((each) => each.id)).not.toContain(recorded.orgId);
    expect(locations.map((each) => each.id)).not.toContain(site.id);
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
