import { describe, expect, it } from 'vitest';
import { backend, callingWith, customerInputs, locationInputs, newProcess, userInputs } from './support';

// Webex chooses the location of a calling user that declares none, and its answer doesn't contain it.
describe('where a new user is', () => {
  const { state, control } = backend();
  const listsOfPeople = async () => {
    const { byOperation } = (await control('GET', '/requests')) as { byOperation: Record<string, number> };
    return byOperation['GET /people'] ?? 0;
  };
  const placeOf = async (personId: string | undefined) =>
    (await state()).people.find(({ id }) => id === personId)?.locationId;

  it('costs no request as long as this run has made the customer, with one location that has calling', async () => {
    const { customerOrg, location, user } = await newProcess();
    const customer = await customerOrg.create(customerInputs());
    await location.create(locationInputs(customer.id));
    await control('DELETE', '/requests');
    const alice = await user.create(userInputs(customer.id, '51601'));
    expect(await listsOfPeople()).toBe(0);
    expect(alice.state.locationId).toBe(await placeOf(alice.state.personId));

    await location.create(locationInputs(customer.id, callingWith([])));
    const bob = await user.create(userInputs(customer.id, '51602'));
    expect(await listsOfPeople()).toBe(1);
    expect(bob.state.locationId).toBe(await placeOf(bob.state.personId));
  });

  it('is asked for at a customer that an earlier run has made', async () => {
    const customer = await (await newProcess()).customerOrg.create(customerInputs());
    await control('DELETE', '/requests');
    const alice = await (await newProcess()).user.create(userInputs(customer.id, '51603'));
    expect(await listsOfPeople()).toBeGreaterThan(0);
    expect(alice.state.locationId).toBe(await placeOf(alice.state.personId));
  });
});
