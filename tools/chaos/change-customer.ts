import { needsNothingElse } from './births.ts';
import { changeCalling } from './change-calling.ts';
import { givePackage, isAdministrator } from './change-user.ts';
import type { Evolution } from './evolution.ts';
import { type CustomerModel, hasCalling, hasLimit, type UserModel } from './world.ts';

/** Changes one property of a customer that Webex can change: key, address, packages, limits. */
export function changeCustomer(evolution: Evolution): string | undefined {
  const { world, dice, births, history } = evolution;
  const customer = dice.maybe(world.customers.filter((entry) => history.mayChange(entry)));
  if (customer === undefined) return undefined;
  const what = dice.pick([
    'externalId',
    'address',
    'addPackage',
    'removePackage',
    'retirePackage',
    'limits',
    'limits',
  ] as const);
  if (what === 'externalId') {
    if (!history.mayBeAnother(customer)) return undefined;
    customer.externalId = `external-${births.next()}`;
    history.rekeyed(customer.key);
  }
  if (what === 'address') customer.address = births.address();
  if (what === 'limits') changeLimits(evolution, customer);
  if (what === 'addPackage' && !addPackage(evolution, customer)) return undefined;
  if (what === 'removePackage' && !removePackage(evolution, customer)) return undefined;
  if (what === 'retirePackage' && !retirePackage(evolution, customer)) return undefined;
  history.changed(customer.key);
  return `${what} of ${customer.key}`;
}

/** Changes a limit to a higher one, so that it is never below the current use. */
function changeLimits({ dice, births }: Evolution, customer: CustomerModel): void {
  const name = dice.pick(customer.packages.filter(hasLimit));
  customer.packageLimits[name] = 50 + births.next();
}

function addPackage({ dice, history }: Evolution, customer: CustomerModel): boolean {
  // A customer without headquarters has no calling package, and one with headquarters already has one.
  const possible = customer.headquarters
    ? ['webex_meetings', 'webex_suite', 'webex_voice', 'webex_calling', 'cx_premium_agent']
    : ['cx_premium_agent', 'cx_standard_agent'];
  const name = dice.maybe(possible.filter((entry) => !customer.packages.includes(entry)));
  if (name === undefined || !history.toggle(`${customer.key} ${name}`)) return false;
  customer.packages = [...customer.packages, name];
  return true;
}

/** Packages that a customer can lose. A headquarters needs a calling package, and an add-on needs its package. */
function dispensable(customer: CustomerModel): string[] {
  return customer.packages.filter((name) => {
    const left = without(customer, name);
    const callingLeft = customer.headquarters === undefined || left.some(hasCalling);
    const addOnLeft = !left.includes('attendant_console') || needsNothingElse(left);
    return left.length > 0 && callingLeft && addOnLeft;
  });
}

function without({ packages }: CustomerModel, name: string): string[] {
  return packages.filter((entry) => entry !== name);
}

/** A package that no user has had. */
function removePackage({ dice, history }: Evolution, customer: CustomerModel): boolean {
  const unused = dispensable(customer).filter((name) => !history.was(`${customer.key} package ${name}`));
  const name = dice.maybe(unused);
  if (name === undefined || !history.toggle(`${customer.key} ${name}`)) return false;
  customer.packages = without(customer, name);
  delete customer.packageLimits[name];
  return true;
}

/** A package of users that all get another one. */
function retirePackage(evolution: Evolution, customer: CustomerModel): boolean {
  const { dice, history } = evolution;
  const usersOf = (name: string) => evolution.usersOf(customer.key).filter((user) => user.package === name);
  const mayLose = (user: UserModel) =>
    history.mayChange(user) && !isAdministrator(user) && !history.isToggled(`${user.key} package`);
  const possible = dispensable(customer).filter((name) => {
    const users = usersOf(name);
    const other = without(customer, name).some(hasCalling);
    return hasCalling(name) && other && users.length > 0 && users.every(mayLose);
  });
  const name = dice.maybe(possible);
  if (name === undefined || !history.toggle(`${customer.key} ${name}`)) return false;
  customer.packages = without(customer, name);
  delete customer.packageLimits[name];
  for (const user of usersOf(name)) givePackage(evolution, user, dice.pick(customer.packages.filter(hasCalling)));
  return true;
}

/** Changes properties or calling of a headquarters. */
export function changeHeadquarters(evolution: Evolution): string | undefined {
  const { world, dice, births, history } = evolution;
  const customer = dice.maybe(world.customers.filter((entry) => entry.headquarters && history.mayChange(entry)));
  const headquarters = customer?.headquarters;
  if (customer === undefined || headquarters === undefined) return undefined;
  const what = dice.pick(['name', 'address', 'timeZone', 'language', 'calling', 'calling'] as const);
  if (what === 'name') {
    // A headquarters without a recorded ID is found by its name.
    if (!history.mayBeAnother(customer)) return undefined;
    headquarters.name = `Head Office ${births.next()}`;
    history.rekeyed(customer.key);
  }
  if (what === 'address') headquarters.address = births.address();
  if (what === 'timeZone' && history.toggle(`${customer.key} time zone`)) headquarters.timeZone = births.timeZone();
  if (what === 'language' && history.toggle(`${customer.key} language`))
    headquarters.language = dice.pick(['en_us', 'fr_fr']);
  if (what === 'calling') {
    if (headquarters.calling) changeCalling(evolution, customer.key, headquarters.calling);
    else if (history.toggle(`${customer.key} calling`)) headquarters.calling = births.calling();
  }
  history.changed(customer.key);
  return `${what} of ${customer.key}`;
}

/** Changes the company name, which replaces the organization with everything in it. */
export function replaceCustomer(evolution: Evolution): string | undefined {
  const { world, dice, births, history } = evolution;
  const partsOf = ({ key }: CustomerModel) => [
    ...world.locations.filter((location) => location.customer === key),
    ...evolution.usersOf(key),
  ];
  const customer = dice.maybe(
    world.customers.filter(
      (entry) =>
        entry.allowReplacement &&
        entry.removal === 'delete' &&
        [entry, ...partsOf(entry)].every((one) => one.allowReplacement && history.mayBeAnother(one)),
    ),
  );
  if (customer === undefined) return undefined;
  customer.name = `John's Pizza ${births.next()}`;
  history.removesCustomer();
  for (const one of [customer, ...partsOf(customer)]) history.replaced(one.key);
  return customer.key;
}
