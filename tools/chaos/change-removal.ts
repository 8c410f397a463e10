import { isAdministrator } from './change-user.ts';
import type { Evolution } from './evolution.ts';
import type { CustomerModel, LocationModel, UserModel } from './world.ts';

/** Removes a user from the program. */
export function removeUser(evolution: Evolution): string | undefined {
  const { world, dice, history } = evolution;
  const user = dice.maybe(world.users.filter((entry) => history.mayRemove(entry)));
  if (user === undefined) return undefined;
  forgetUser(evolution, user);
  return user.key;
}

/** Removes a location with its users. */
export function removeLocation(evolution: Evolution): string | undefined {
  const { world, dice, history } = evolution;
  const usersAt = (location: LocationModel) => world.users.filter((user) => user.location === location.key);
  const removable = world.locations.filter((entry) =>
    [entry, ...usersAt(entry)].every((one) => history.mayRemove(one)),
  );
  const location = dice.maybe(removable);
  if (location === undefined) return undefined;
  for (const user of usersAt(location)) forgetUser(evolution, user);
  world.locations = world.locations.filter((entry) => entry !== location);
  return location.key;
}

/** Removes a customer with its locations and users; never the last customer. */
export function removeCustomer(evolution: Evolution): string | undefined {
  const { world, dice, history, unlinked } = evolution;
  if (world.customers.length < 2) return undefined;
  const locationsOf = ({ key }: CustomerModel) => world.locations.filter((location) => location.customer === key);
  const all = (customer: CustomerModel) => [customer, ...locationsOf(customer), ...evolution.usersOf(customer.key)];
  const removable = world.customers.filter((customer) => all(customer).every((one) => history.mayRemove(one)));
  const customer = dice.maybe(removable);
  if (customer === undefined) return undefined;
  for (const user of evolution.usersOf(customer.key)) forgetUser(evolution, user);
  world.locations = world.locations.filter((location) => location.customer !== customer.key);
  world.customers = world.customers.filter((entry) => entry !== customer);
  history.removesCustomer();
  if (customer.removal === 'unlink') {
    unlinked.organizations.push(customer.name);
    unlinked.people.push(customer.primaryEmail);
  }
  return customer.key;
}

/** Removes a template that no customer uses. */
export function removeTemplate({ world, dice, history }: Evolution): string | undefined {
  const used = (key: string) => world.customers.some((customer) => customer.template === key);
  const template = dice.maybe(world.templates.filter((entry) => history.mayRemove(entry) && !used(entry.key)));
  if (template === undefined) return undefined;
  world.templates = world.templates.filter((entry) => entry !== template);
  return template.key;
}

function forgetUser({ world, unlinked, history }: Evolution, user: UserModel): void {
  world.users = world.users.filter((entry) => entry !== user);
  if (user.removal === 'unlink') unlinked.people.push(user.email);
  if (isAdministrator(user)) history.losesAdministrator(user.customer);
}
