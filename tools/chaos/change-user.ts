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
  const { world, dice, births, history } = evolution;
  const user = dice.maybe(world.users.filter((entry) => history.mayChange(entry) && !isAdministrator(entry)));
  if (user === undefined) return undefined;
  const { packages } = evolution.customer(user.customer);
  const other = packages.filter((name) => name !== user.package && name !== 'attendant_console');
  const name = dice.maybe(user.location === undefined ? other : other.filter(hasCalling));
  if (name === undefined || !history.toggle(`${user.key} package`)) return undefined;
  const [had, gets] = [hasCalling(user.package), hasCalling(name)];
  // The line comes and goes with the package, so both toggle together.
  if (had !== gets && !(history.toggle(`${user.key} extension`) && history.toggle(`${user.key} number`)))
    return undefined;
  user.package = name;
  if (!needsNothingElse([name])) delete user.attendantConsole;
  if (had && !gets) for (const key of ['extension', 'phoneNumber', 'location'] as const) delete user[key];
  if (gets && !had) user.extension = births.extension();
  evolution.usesPackage(user);
  history.changed(user.key);
  return user.key;
}

/** Another extension or phone number, or one less, or one more. */
export function changeLine(evolution: Evolution): string | undefined {
  const { world, dice, births, history } = evolution;
  const user = dice.maybe(world.users.filter((entry) => history.mayChange(entry) && hasCalling(entry.package)));
  if (user === undefined) return undefined;
  if (dice.chance(0.5)) {
    const leaves = user.extension !== undefined && user.phoneNumber !== undefined && dice.chance(0.3);
    if ((leaves || user.extension === undefined) && !history.toggle(`${user.key} extension`)) return undefined;
    if (leaves) delete user.extension;
    else user.extension = births.extension();
  } else {
    const location = world.locations.find(({ key }) => key === user.location);
    const number = dice.maybe(evolution.freeNumbers(evolution.customer(user.customer), location));
    const leaves = user.extension !== undefined && user.phoneNumber !== undefined && dice.chance(0.3);
    if (!leaves && number === undefined) return undefined;
    if ((leaves || user.phoneNumber === undefined) && !history.toggle(`${user.key} number`)) return undefined;
    if (leaves) delete user.phoneNumber;
    else if (number !== undefined) user.phoneNumber = number;
  }
  evolution.usesPackage(user);
  history.changed(user.key);
  return user.key;
}

/** Other roles: of an administrator others that make one, of anybody else none or one that doesn't. */
export function changeRoles({ world, dice, history }: Evolution): string | undefined {
  const user = dice.maybe(world.users.filter((entry) => entry.roles !== undefined && history.mayChange(entry)));
  if (user === undefined || !history.toggle(`${user.key} roles`)) return undefined;
  user.roles = isAdministrator(user)
    ? dice.some(ADMINISTRATOR_ROLES, dice.int(1, 3))
    : dice.pick([[], ['Compliance Officer']]);
  history.changed(user.key);
  return user.key;
}

/** Another location of the customer: a calling user can't move, so it is created anew there. */
export function moveToLocation(evolution: Evolution): string | undefined {
  const { world, dice, history } = evolution;
  const user = dice.maybe(
    world.users.filter(
      (entry) => entry.allowReplacement && history.mayBeAnother(entry) && entry.location !== undefined,
    ),
  );
  if (user === undefined) return undefined;
  const others = evolution.callingLocations(user.customer).filter(({ key }) => key !== user.location);
  const location = dice.maybe(others);
  if (location === undefined) return undefined;
  settleAt(evolution, user, location.key);
  return `${user.key} to ${location.key}`;
}

/** Another customer: the person is deleted and created anew there, so it must not stay behind. */
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
  settleAt(evolution, user, undefined);
  return `${user.key} to ${customer.key}`;
}

function settleAt(evolution: Evolution, user: UserModel, location: string | undefined): void {
  if (location === undefined) delete user.location;
  else user.location = location;
  delete user.phoneNumber;
  if (hasCalling(user.package)) user.extension = evolution.births.extension();
  evolution.usesPackage(user);
  evolution.history.replaced(user.key);
}

function isAdministrator({ roles = [] }: UserModel): boolean {
  return roles.some((role) => ADMINISTRATOR_ROLES.includes(role));
}
