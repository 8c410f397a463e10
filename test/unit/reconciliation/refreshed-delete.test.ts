import { expect, it } from 'vitest';
import { backend, customerInputs, locationInputs, newProcess, userInputs } from './support';

const simulator = backend();

it('deletes what a refresh of the same run has compared: a refresh declares nothing', async () => {
  const made = await newProcess();
  const customer = customerInputs();
  const { id, state } = await made.customerOrg.create(customer);
  const location = await made.location.create(locationInputs(id));
  const user = await made.user.create({ ...userInputs(id, '51301'), removal: 'delete' as const });

  // `pulumi destroy --refresh`: Pulumi asks for the differences of each resource, and then deletes it.
  const { customerOrg, location: locations, user: users, warnings } = await newProcess();
  expect(await users.diff(user.id, user.state, { ...userInputs(id, '51301'), email: user.state.email })).toBeDefined();
  await locations.diff(location.id, location.state, { ...locationInputs(id), name: location.state.name });
  await customerOrg.diff(id, state, customer);
  await users.delete(user.id, user.state);
  await locations.delete(location.id, location.state);
  await customerOrg.delete(id, state);
  expect(warnings.filter((warning) => warning.includes('is kept'))).toEqual([]);
  const { subscribers, customers } = await simulator.state();
  expect(subscribers).toEqual([]);
  expect(customers).toEqual([]);
});
