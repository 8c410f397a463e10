import type { Evolution } from './evolution.ts';
import { hasCalling, type LocationModel, type UserModel } from './world.ts';

/** Moves a calling user to another location of the customer, with its number, without one, or with one from there. */
export function moveToLocation(evolution: Evolution): string | undefined {
  const { world, dice, history } = evolution;
  const user = dice.maybe(world.users.filter((entry) => history.mayChange(entry) && hasCalling(entry.package)));
  if (user === undefined) return undefined;
  const location = dice.maybe(evolution.callingLocations(user.customer).filter(({ key }) => key !== user.location));
  if (location?.calling === undefined || !history.toggle(`${user.key} location`)) return undefined;
  if (
    user.phoneNumber !== undefined &&
    !bringNumber(evolution, user, location) &&
    !leaveNumber(evolution, user, location)
  )
    return undefined;
  user.location = location.key;
  evolution.usesPackage(user);
  history.changed(user.key);
  return `${user.key} to ${location.key}`;
}

/** Moves the number from the list of one place to that of the other, unless it is a main number. */
function bringNumber(evolution: Evolution, user: UserModel, location: LocationModel): boolean {
  const { world, dice, history } = evolution;
  const customer = evolution.customer(user.customer);
  const from = world.locations.find(({ key }) => key === user.location);
  const owner = from ?? customer;
  const [here, there] = [from ? from.calling : customer.headquarters?.calling, location.calling];
  const number = user.phoneNumber;
  if (number === undefined || here?.phoneNumbers === undefined || there?.phoneNumbers === undefined) return false;
  const mayMove = here.mainNumber !== number && [owner, location].every((place) => history.mayChange(place));
  if (!mayMove || dice.chance(0.4) || !history.toggle(`place of ${number}`)) return false;
  here.phoneNumbers = here.phoneNumbers.filter((entry) => entry !== number);
  there.phoneNumbers = [...there.phoneNumbers, number];
  for (const { key } of [owner, location]) history.changed(key);
  return true;
}

/** Leaves the number at its place; the user gets one of the new place, or an extension. */
function leaveNumber(evolution: Evolution, user: UserModel, location: LocationModel): boolean {
  const { dice, births, history } = evolution;
  if (!history.toggle(`${user.key} number`)) return false;
  const free = dice.maybe(evolution.freeNumbers(evolution.customer(user.customer), location));
  if (free !== undefined && dice.chance(0.5)) {
    user.phoneNumber = free;
    return true;
  }
  if (!history.mayBeAnother(user)) return false;
  if (user.extension === undefined && !history.toggle(`${user.key} extension`)) return false;
  history.leavesOut(user.key);
  delete user.phoneNumber;
  user.extension ??= births.extension();
  return true;
}

/** Swaps the extensions or numbers of two users at one place. */
export function swapLines(evolution: Evolution): string | undefined {
  const { world, dice, history } = evolution;
  const part = dice.pick(['extension', 'phoneNumber'] as const);
  const having = world.users.filter((user) => user[part] !== undefined && history.mayChange(user));
  const one = dice.maybe(having);
  const isBeside = (user: UserModel) =>
    user !== one && user.customer === one?.customer && user.location === one.location;
  const other = dice.maybe(having.filter(isBeside));
  if (one === undefined || other === undefined) return undefined;
  const what = part === 'extension' ? 'extension' : 'number';
  // Both or neither: half a swap would give one line to two users.
  if ([one, other].some(({ key }) => history.isToggled(`${key} ${what}`))) return undefined;
  for (const { key } of [one, other]) {
    history.toggle(`${key} ${what}`);
    history.gives(key);
  }
  [one[part], other[part]] = [other[part], one[part]] as [string, string];
  return `${part} of ${one.key} and ${other.key}`;
}

/** Gives a new user the extension of another one at the same place, which gets a new one. */
export function handOn(evolution: Evolution): string | undefined {
  const { world, dice, births, history } = evolution;
  const giver = dice.maybe(world.users.filter((user) => user.extension !== undefined && history.mayChange(user)));
  if (giver?.extension === undefined) return undefined;
  const location = world.locations.find(({ key }) => key === giver.location);
  const made = births.user(evolution.customer(giver.customer), location, []);
  if (made.extension === undefined) return undefined;
  [made.extension, giver.extension] = [giver.extension, made.extension];
  evolution.declareUser(made);
  history.gives(giver.key);
  return `extension of ${giver.key} to ${made.key}`;
}
