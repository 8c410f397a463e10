import { ADMINISTRATOR_ROLES, needsNothingElse } from './births.ts';
import type { Evolution } from './evolution.ts';
import { hasCalling, type UserModel } from './world.ts';

/** Changes the names of a user. */
export function changeNames({ world, dice, births, history }: Evolution): string | undefined {
  const user = dice.maybe(world.users.filter((entry) => history.mayChange(entry)));
  if (user === undefined) return undefined;
  user.lastName = `Anderson ${births.next()}`;
  history.changed(user.key);
  return user.key;
}

/** An administrator's package isn't lowered, so administrators keep theirs. */
export function changePackage(evolution: Evolution): string | undefined {
  const { world, dice, history } = evolution;
  const user = dice.maybe(world.users.filter((entry) => history.mayChange(entry) && !isAdministrator(entry)));
  if (user === undefined) return undefined;
  const { packages } = evolution.customer(user.customer);
  const other = packages.filter((name) => name !== user.package && name !== 'attendant_console');
  const name = dice.maybe(user.location === undefined ? other : other.filter(hasCalling));
  return name !== undefined && givePackage(evolution, user, name) ? user.key : undefined;
}

/** Gives a user another package, if this span allows it. */
export function givePackage(evolution: Evolution, user: UserModel, name: string): boolean {
  const { births, history } = evolution;
  if (!history.toggle(`${user.key} package`)) return false;
  const [had, gets] = [hasCalling(user.package), hasCalling(name)];
  // Package and line change together.
  if (had !== gets && !(history.toggle(`${user.key} extension`) && history.toggle(`${user.key} number`))) return false;
  user.package = name;
  if (!needsNothingElse([name])) delete user.attendantConsole;
  if (had && !gets) for (const key of ['extension', 'phoneNumber', 'location'] as const) delete user[key];
  if (gets && !had) user.extension = births.extension();
  evolution.usesPackage(user);
  history.changed(user.key);
  return true;
}

/** Changes, adds or removes an extension or phone number. */
export function changeLine(evolution: Evolution): string | undefined {
  const { world, dice, births, history } = evolution;
  const user = dice.maybe(world.users.filter((entry) => history.mayChange(entry) && hasCalling(entry.package)));
  if (user === undefined) return undefined;
  const hasBoth = user.extension !== undefined && user.phoneNumber !== undefined;
  const leaves = hasBoth && history.mayBeAnother(user) && dice.chance(0.3);
  if (dice.chance(0.5)) {
    if ((leaves || user.extension === undefined) && !history.toggle(`${user.key} extension`)) return undefined;
    if (leaves) delete user.extension;
    else user.extension = births.extension();
  } else {
    const location = world.locations.find(({ key }) => key === user.location);
    const number = dice.maybe(evolution.freeNumbers(evolution.customer(user.customer), location));
    if (!leaves && number === undefined) return undefined;
    if ((leaves || user.phoneNumber === undefined) && !history.toggle(`${user.key} number`)) return undefined;
    if (leaves) delete user.phoneNumber;
    else if (number !== undefined) user.phoneNumber = number;
  }
  evolution.usesPackage(user);
  if (leaves) history.leavesOut(user.key);
  else history.changed(user.key);
  return user.key;
}

/** Changes the e-mail address of the person. */
export function changeEmail({ world, dice, births, history, unlinked }: Evolution): string | undefined {
  const user = dice.maybe(world.users.filter((entry) => history.mayBeAnother(entry)));
  if (user === undefined) return undefined;
  // If the change is never applied, the unlinked person has the old address.
  if (user.removal === 'unlink') unlinked.people.push(user.email);
  user.email = `user${births.next()}@example.com`;
  history.rekeyed(user.key);
  return user.key;
}

/** Changes roles: an administrator gets another administrator role, other users none or another role. */
export function changeRoles({ world, dice, history }: Evolution): string | undefined {
  const user = dice.maybe(world.users.filter((entry) => entry.roles !== undefined && history.mayChange(entry)));
  if (user === undefined || !history.toggle(`${user.key} roles`)) return undefined;
  user.roles = isAdministrator(user)
    ? dice.some(ADMINISTRATOR_ROLES, dice.int(1, 3))
    : dice.pick([[], ['Compliance Officer']]);
  history.changed(user.key);
  return user.key;
}

/** Moves the user to another customer: the person is deleted and created there, so it must not be unlinked. */
export function moveToCustomer(evolution: Evolution): string | undefined {
  const { world, dice, history } = evolution;
  const user = dice.maybe(
    world.users.filter(
      (entry) =>
        entry.allowReplacement && entry.removal === 'delete' && history.mayBeAnother(entry) && !isAdministrator(entry),
    ),
  );
  const fits = world.customers.filter(
    (entry) => entry.key !== user?.customer && user !== undefined && entry.packages.includes(user.package),
  );
  const customer = dice.maybe(fits);
  if (user === undefined || customer === undefined) return undefined;
  user.customer = customer.key;
  if (!customer.packages.includes('attendant_console')) delete user.attendantConsole;
  delete user.location;
  delete user.phoneNumber;
  if (hasCalling(user.package)) user.extension = evolution.births.extension();
  evolution.usesPackage(user);
  history.replaced(user.key);
  return `${user.key} to ${customer.key}`;
}

export function isAdministrator({ roles = [] }: UserModel): boolean {
  return roles.some((role) => ADMINISTRATOR_ROLES.includes(role));
}
